package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.ToneLevel;
import io.allo.conformance.sound.ToneWav;
import io.allo.conformance.sound.WavSound;
import io.allo.server.secret.SealCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** What keys do in a conference, measured at real phones; MeetMe; a recorded and sealed room in which somebody declines. */
@Tag("phones")
class ConferenceMenuTest {
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final int ALICE_HZ = 500;
    private static final int BOB_HZ = 700;
    private static final int PROMPT_HZ = 880;

    /** What is listened to, and how long after a change. */
    private static final long LISTENED_MS = 1_500;

    private static final long SETTLED_MS = 800;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private void start(String dialplan, String... filesAndTexts) {
        lab.aliceAndBob().config().dialplan(dialplan);
        var directory = lab.config().write();
        try {
            for (var i = 0; i < filesAndTexts.length; i += 2) {
                Files.writeString(directory.resolve(filesAndTexts[i]), filesAndTexts[i + 1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lab.start();
    }

    private String tone(int hertz, int seconds) {
        var directory = lab.host("allo").directory();
        new ToneWav(hertz, seconds).write(directory.resolve("tone" + hertz + ".wav"), 8_000);
        return directory.resolve("tone" + hertz).toString();
    }

    private Phone phone(String user, int toneHz) {
        return lab.phone(Kind.BARESIP, user, account -> account.withTone(toneHz).withCodecs("PCMU"));
    }

    private static void dials(Phone phone, String number) {
        phone.dial(number);
        phone.awaitEstablished();
    }

    private static void leaves(Phone phone) {
        phone.hangup();
        phone.awaitEnded(Phone.PATIENCE);
    }

    private void logged(int times, String pattern) {
        lab.allo().process().awaitLines(Pattern.compile(pattern), times, 0, PATIENCE);
    }

    private void logged(String pattern) {
        logged(1, pattern);
    }

    private static void awaitMore(Phone phone, long ms) {
        phone.awaitHeard(Duration.ofMillis(phone.sound().durationMs() + ms));
    }

    /** How loud a tone is at a phone from now on. */
    private static double level(Phone phone, int hertz) {
        awaitMore(phone, SETTLED_MS + LISTENED_MS);
        return ToneLevel.of(phone.sound(), hertz, LISTENED_MS);
    }

    private static void assertTimes(double factor, double before, double after, String what) {
        var times = after / before;
        assertTrue(
                times > 0.85 * factor && times < 1.15 * factor,
                "%s: %.2f times as loud, not %.2f (%.0f to %.0f)".formatted(what, times, factor, before, after));
    }

    /** For how long a tone is heard in whole windows of 250 ms. */
    private static long heardMs(WavSound sound, int hertz) {
        long heard = 0;
        var size = sound.rateHz() / 4;
        for (var from = 0; from + size <= sound.samples().length; from += size) {
            var part = new WavSound(sound.rateHz(), java.util.Arrays.copyOfRange(sound.samples(), from, from + size));
            heard += ToneLevel.of(part, hertz, 250) > 1_000 ? 250 : 0;
        }
        return heard;
    }

    @Test
    void keysChangeVolumesLeadToTheDialplanAndPassThrough() {
        start("""
                [phones]
                exten => 800,1,ConfBridge(800,,talker,keys)
                exten => 801,1,ConfBridge(800,,talker)
                [away]
                exten => s,1,Playback(%s)
                 same => n,Set(came=back)
                """.formatted(tone(PROMPT_HZ, 3)), "confbridge.conf", """
                [talker]
                type=user
                quiet=yes
                dtmf_passthrough=yes
                [keys]
                type=menu
                1=decrease_talking_volume,decrease_talking_volume
                12=reset_talking_volume,decrease_listening_volume,decrease_listening_volume
                3=increase_talking_volume,increase_talking_volume,reset_listening_volume
                4=dialplan_exec(away,s,1)
                """);
        Phone alice = phone("alice", ALICE_HZ);
        Phone bob = phone("bob", BOB_HZ);
        dials(alice, "800");
        dials(bob, "801");
        logged(2, "joined the conference 800");
        alice.awaitHeard(Duration.ofMillis(500));
        bob.awaitHeard(Duration.ofMillis(500));
        var aliceAtBob = level(bob, ALICE_HZ);
        var bobAtAlice = ToneLevel.of(alice.sound(), BOB_HZ, LISTENED_MS);

        alice.sendDigits("1"); // acts when no key has followed for 2 s
        awaitMore(alice, 2_000);
        assertTimes(0.5, aliceAtBob, level(bob, ALICE_HZ), "alice at bob, two steps down");
        alice.sendDigits("12");
        assertTimes(1, aliceAtBob, level(bob, ALICE_HZ), "alice at bob, reset");
        assertTimes(0.5, bobAtAlice, ToneLevel.of(alice.sound(), BOB_HZ, LISTENED_MS), "bob at alice, two steps down");
        alice.sendDigits("3");
        assertTimes(2, aliceAtBob, level(bob, ALICE_HZ), "alice at bob, two steps up");
        assertTimes(1, bobAtAlice, ToneLevel.of(alice.sound(), BOB_HZ, LISTENED_MS), "bob at alice, reset");

        bob.listen();
        alice.sendDigits("9"); // of no menu: it goes on to bob
        bob.awaitDigit('9');
        alice.sendDigits("4");
        assertTrue(level(bob, ALICE_HZ) < 0.02 * aliceAtBob, "alice is away");
        assertTrue(ToneLevel.of(alice.sound(), BOB_HZ, LISTENED_MS) < 0.02 * bobAtAlice, "and hears nobody");
        assertTrue(ToneLevel.of(alice.sound(), PROMPT_HZ, LISTENED_MS) > 1_000, "but what the dialplan plays");
        awaitMore(bob, 1_000);
        assertTimes(2, aliceAtBob, level(bob, ALICE_HZ), "alice is back as she was");
        leaves(bob);
        leaves(alice);
    }

    @Test
    void meetMeWaitsForTheMarkedObeysItsMenuAndEndsWithHim() {
        start("""
                [phones]
                exten => 600,1,MeetMe(600,swxvq,1234)
                 same => n,Log(NOTICE,bob ended by ${CONFBRIDGE_RESULT})
                exten => 601,1,MeetMe(600,sAp1q)
                 same => n,Log(NOTICE,alice ended by ${CONFBRIDGE_RESULT})
                exten => 602,1,MeetMe(600,q,1234)
                """, "meetme.conf", "[rooms]\nconf => 600,1234,9999\n");
        Phone alice = phone("alice", ALICE_HZ);
        Phone bob = phone("bob", BOB_HZ);
        dials(bob, "600");
        logged("MeetMe's option v is not done here");
        logged("joined the conference 600 \\(1 in it\\)");
        bob.awaitHeard(Duration.ofMillis(500));
        dials(alice, "601");
        alice.sendDigits("9999");
        logged("joined the conference 600 \\(2 in it\\)");
        awaitMore(bob, 2_500);
        assertTrue(heardMs(bob.sound(), ALICE_HZ) >= 1_250, "bob hears alice once she is there");
        alice.sendDigits("*1"); // the admin's menu: she is told that she is muted
        logged("is muted in the conference 600");
        alice.sendDigits("*1"); // and cuts that short
        logged("is no longer muted in the conference 600");
        alice.sendDigits("*2");
        logged("locked the conference 600");
        bob.listen();
        alice.sendDigits("#");
        logged("alice ended by DTMF");
        logged("bob ended by ENDMARKED");
        bob.awaitEnded(PATIENCE);
        alice.awaitEnded(PATIENCE);
        assertTrue(heardMs(alice.sound(), BOB_HZ) >= 1_250, "alice heard bob");
    }

    @Test
    void aNameIsReviewedAndWhoDeclinesIsNotInTheSealedRecording() throws IOException {
        start(
                """
                [phones]
                exten => _80X,1,ConfBridge(800,,user${EXTEN:2})
                """,
                "confbridge.conf",
                """
                [default_bridge]
                type=bridge
                record_conference=yes
                record_file=board.wav
                record_file_timestamp=no
                sound_has_joined=%s
                [user0]
                type=user
                quiet=yes
                announce_join_leave_review=yes
                [user1]
                type=user
                announce_join_leave_review=yes
                """.formatted(tone(1_000, 1)),
                "recording.conf",
                "[general]\nseal = yes\nannounce = %s\ndecline_key = 9\n".formatted(tone(PROMPT_HZ, 3)));
        Phone alice = phone("alice", ALICE_HZ);
        Phone bob = phone("bob", BOB_HZ);
        dials(bob, "800");
        bob.awaitHeard(Duration.ofMillis(600));
        bob.sendDigits("9"); // declines, and is not asked for his name
        logged("has declined: his sound is left out of recordings of the conference 800");
        dials(alice, "801");
        logged("is recorded: .*confbridge-name");
        awaitMore(bob, 1_500); // alice hears nothing while she speaks
        alice.sendDigits("#"); // said
        logged("no longer recorded: .*confbridge-name");
        var before = heardMs(alice.sound(), ALICE_HZ);
        alice.sendDigits("2"); // hears it
        awaitMore(alice, 2_500);
        var reviewed = heardMs(alice.sound(), ALICE_HZ) - before;
        assertTrue(reviewed >= 500, "alice hears her own name: " + reviewed + " ms");
        alice.sendDigits("1"); // keeps it
        logged(2, "joined the conference 800");
        Awaitility.await("bob hears that alice has joined")
                .atMost(PATIENCE)
                .until(() -> heardMs(bob.sound(), 1_000) >= 500);
        awaitMore(alice, 2_000);
        var board = lab.allo().state().resolve("spool/monitor/board.wav");
        leaves(alice);
        leaves(bob);
        logged("no longer recorded: .*board.wav, [0-9]+ ms");
        assertTrue(heardMs(alice.sound(), BOB_HZ) >= 3_000, "alice hears bob, who has declined");
        assertFalse(
                new String(Files.readAllBytes(board), StandardCharsets.ISO_8859_1).contains("RIFF"), "it is sealed");
        var sound = opened(board);
        assertTrue(heardMs(sound, ALICE_HZ) >= 3_000, "alice is in it: " + heardMs(sound, ALICE_HZ) + " ms");
        assertEquals(0, heardMs(sound, BOB_HZ), "bob is not");
    }

    /** What the command of an administrator makes of it. */
    private WavSound opened(Path sealed) {
        var open = lab.host("allo").directory().resolve("opened.wav");
        var keys = lab.allo().state().resolve("seal.keys").toString();
        var status =
                new CommandLine(new SealCommand()).execute("open", sealed.toString(), open.toString(), "--keys", keys);
        assertEquals(0, status);
        return WavSound.read(open);
    }
}
