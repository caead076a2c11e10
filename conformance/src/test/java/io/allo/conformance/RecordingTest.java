package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.ToneCheck;
import io.allo.conformance.sound.ToneReport;
import io.allo.conformance.sound.ToneWav;
import io.allo.conformance.sound.WavSound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real phones say is in the recording of their call, each side at its frequency; who is held hears music. */
@Tag("phones")
class RecordingTest {
    private static final Duration TALK = Duration.ofSeconds(5);

    /** A phone that was held up has fallen behind the clock; a recording puts up to so much right in a pause (docs/parts/recording.md). */
    private static final long MOST_PUT_RIGHT_MS = 150;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private Path monitor(String file) {
        return lab.allo().state().resolve("spool/monitor").resolve(file);
    }

    private void recorded() {
        lab.aliceAndBob().config().dialplan("""
                [phones]
                exten => bob,1,Answer()
                 same => n,MixMonitor(call.wav,r(in.wav)t(out.wav))
                 same => n,Dial(PJSIP/bob,30)
                """);
        lab.start();
    }

    private static void assertSays(Path file, int toneHz) {
        ToneReport report = ToneCheck.listen(WavSound.read(file), toneHz);
        assertEquals(toneHz, report.dominantHz(), report.toString());
        assertTrue(report.heardMs() >= TALK.toMillis() - 1_000, report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
        assertTrue(report.keepsTime(), report.toString());
    }

    @ParameterizedTest
    @CsvSource({"BARESIP,PCMU,BARESIP,PCMU", "LINPHONE,PCMA,BARESIP,G722"})
    void eachSideOfACallIsInItsFileAndBothAreInTheMix(Kind caller, String oneCodec, Kind called, String otherCodec) {
        recorded();
        Phone alice =
                lab.phone(caller, "alice", account -> account.withTone(440).withCodecs(oneCodec));
        Phone bob = lab.phone(called, "bob", account -> account.withTone(620).withCodecs(otherCodec));
        talk(alice, bob);
        AlloLab.end(alice, bob);
        lab.allo().awaitLog("no longer recorded: .*call.wav, [0-9]+ ms", Phone.PATIENCE);
        assertSays(monitor("in.wav"), 440);
        assertSays(monitor("out.wav"), 620);
        var sides = WavSound.read(monitor("in.wav")).durationMs();
        var mix = WavSound.read(monitor("call.wav")).durationMs();
        assertTrue(Math.abs(mix - sides) <= 100, mix + " and " + sides + " ms");
        assertTrue(Files.exists(monitor("call.wav.json")));
        assertFalse(Files.exists(monitor("call.wav.part")));
    }

    private static void talk(Phone alice, Phone bob) {
        bob.listen();
        alice.dial("bob");
        bob.awaitIncoming();
        bob.answer();
        alice.awaitEstablished();
        bob.awaitEstablished();
        AlloLab.talk(alice, bob, TALK);
    }

    /** MixMonitor's B: who is recorded hears a beep every two seconds, the other side and the recording of what is said do not. */
    @Test
    void beepsAreHeardByTheRecordedSideAloneAtTheirInterval() {
        lab.aliceAndBob().config().dialplan("""
                [phones]
                exten => bob,1,Answer()
                 same => n,MixMonitor(call.wav,B(2)r(in.wav))
                 same => n,Dial(PJSIP/bob,30)
                """);
        lab.start();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.BARESIP);
        talk(alice, bob);
        AlloLab.end(alice, bob);
        Awaitility.await().atMost(Phone.PATIENCE).until(() -> Files.exists(monitor("in.wav")));
        int beeps = alice.heard(620).gapsOver60Ms();
        assertTrue(beeps >= 2 && beeps <= 4, beeps + " beeps in " + alice.heard(620));
        assertEquals(0, bob.heard(440).gapsOver60Ms(), bob.heard(440).toString());
        ToneReport said = ToneCheck.listen(WavSound.read(monitor("in.wav")), 440);
        assertEquals(0, said.gapsOver60Ms(), said.toString());
        assertEquals(440, said.dominantHz(), said.toString());
        assertTrue(said.keepsTime(), said.toString());
    }

    /**
     * The called side presses the pause key, and again: what both say meanwhile is not in the caller's recording, in its place is silence, and what
     * comes after it is where it belongs. It presses the key of one-touch recording too.
     */
    @Test
    void aKeyLeavesWhatIsSaidOutOfTheRecordingAndAnotherBeginsOne() {
        lab.aliceAndBob().config().dialplan("""
                [phones]
                exten => bob,1,Answer()
                 same => n,MixMonitor(,r(in.wav)t(out.wav))
                 same => n,Set(__TOUCH_MIXMONITOR=touch)
                 same => n,Dial(PJSIP/bob,30,x)
                """);
        var files = lab.config().write();
        write(files.resolve("recording.conf"), "[general]\npause_key = *5\n");
        write(files.resolve("features.conf"), "[featuremap]\nautomixmon => *3\n");
        lab.start();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.BARESIP);
        bob.listen();
        alice.dial("bob");
        bob.awaitIncoming();
        bob.answer();
        alice.awaitEstablished();
        bob.awaitEstablished();
        AlloLab.talk(alice, bob, Duration.ofMillis(1_700));
        bob.sendDigits("*5");
        AlloLab.talk(alice, bob, Duration.ofMillis(3_700));
        bob.sendDigits("*5");
        bob.sendDigits("*3");
        AlloLab.talk(alice, bob, Duration.ofMillis(6_500));
        AlloLab.end(alice, bob);
        Awaitility.await().atMost(Phone.PATIENCE).until(() -> Files.exists(monitor("auto-touch.wav")));
        assertPaused(monitor("in.wav"), 440);
        assertPaused(monitor("out.wav"), 620);
        assertEquals(0, alice.heard(620).gapsOver60Ms(), "the talk goes on: " + alice.heard(620));
        assertEquals(2, bob.heard(440).gapsOver60Ms(), "one beep, then two: " + bob.heard(440));
        var touched = WavSound.read(monitor("auto-touch.wav")).durationMs();
        assertTrue(touched >= 1_000 && touched <= 3_500, "one-touch recording: " + touched + " ms");
    }

    private static void assertPaused(Path file, int toneHz) {
        ToneReport report = ToneCheck.listen(WavSound.read(file), toneHz);
        assertEquals(1, report.gapsOver60Ms(), report.toString());
        assertTrue(report.longestGapMs() >= 1_000 && report.longestGapMs() <= 3_500, report.toString());
        assertTrue(report.heardMs() >= 5_500, report.toString());
        assertTrue(
                report.markerIntervalsMs().stream()
                        .allMatch(ms -> Math.abs((ms + 500) % 1000 - 500) <= (ms > 1_500 ? MOST_PUT_RIGHT_MS : 40)),
                report.toString());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (java.io.IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    @Test
    void whatWasSaidBeforeACrashIsKept() {
        recorded();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.BARESIP);
        talk(alice, bob);
        assertTrue(Files.exists(monitor("in.wav.part")));
        lab.allo().crashAndRestart();
        lab.allo().awaitLog("in.wav was being recorded when allo ended", Phone.PATIENCE);
        assertSays(monitor("in.wav"), 440);
        assertSays(monitor("out.wav"), 620);
        assertFalse(Files.exists(monitor("in.wav.part")));
    }

    @Test
    void musicOnHoldIsHeardByTwoListenersAtOnce() {
        music();
        Phone alice = lab.phone(Kind.BARESIP, "alice", account -> account.withCodecs("PCMU"));
        Phone bob = lab.phone(Kind.BARESIP, "bob", account -> account.withCodecs("PCMA"));
        alice.dial("600");
        alice.awaitEstablished();
        bob.dial("600");
        bob.awaitEstablished();
        AlloLab.talk(alice, bob, Duration.ofSeconds(4));
        alice.hangup();
        bob.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        bob.awaitEnded(Phone.PATIENCE);
        assertMusic(alice);
        assertMusic(bob);
    }

    private void music() {
        var directory = lab.host("allo").directory().resolve("state/moh");
        try {
            Files.createDirectories(directory);
        } catch (java.io.IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
        new ToneWav(880, 60).write(directory.resolve("piece.wav"), 8_000);
        lab.aliceAndBob().config().dialplan("""
                [phones]
                exten => 600,1,Answer()
                 same => n,MusicOnHold()
                """);
        lab.start();
    }

    private static void assertMusic(Phone phone) {
        ToneReport report = phone.heard(880);
        assertEquals(880, report.dominantHz(), report.toString());
        assertTrue(report.heardMs() >= 3_000, report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
    }
}
