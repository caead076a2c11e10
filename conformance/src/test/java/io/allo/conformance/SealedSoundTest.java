package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.ToneCheck;
import io.allo.conformance.sound.ToneReport;
import io.allo.conformance.sound.WavSound;
import io.allo.server.secret.SealCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/**
 * With {@code seal=yes} what real phones say is never on the disk in the clear, not while it is being said, not after a kill; and it sounds
 * as it did, by telephone and through {@code allo seal open}.
 */
@Tag("phones")
class SealedSoundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private void start() {
        lab.aliceAndBob().config().dialplan("""
                [phones]
                exten => bob,1,Answer()
                 same => n,MixMonitor(call.wav,r(in.wav))
                 same => n,Dial(PJSIP/bob,30)
                exten => _10X,1,VoiceMail(${EXTEN},u)
                exten => 97,1,VoiceMailMain(101)
                """);
        Path directory = lab.config().write();
        write(directory.resolve("recording.conf"), "[general]\nseal = yes\n");
        write(directory.resolve("voicemail.conf"), """
                [general]
                format = wav|gsm
                minsecs = 1
                envelope = no
                seal = yes
                [default]
                101 => 4242,Alice
                """);
        lab.start();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path state() {
        return lab.host("allo").directory().resolve("state");
    }

    private Path spool(String file) {
        return state().resolve("spool").resolve(file);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    /** How many sounds lie below the spool; all of them, and everything else there, unreadable. */
    private int unreadableSounds(int toneHz) {
        try (var files = Files.walk(state().resolve("spool"))) {
            var sounds = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().matches(".*\\.(txt|json|new)(\\.part)?")) {
                    assertUnreadable(file, toneHz);
                    sounds++;
                }
            }
            return sounds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertUnreadable(Path file, int toneHz) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException renamedMeanwhile) {
            return;
        }
        assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("RIFF"), file + " has a header");
        if (bytes.length >= 8) {
            assertArrayEquals("ALLOSEAL".getBytes(StandardCharsets.US_ASCII), java.util.Arrays.copyOf(bytes, 8));
        }
        if (bytes.length > 16_000) {
            short[] samples = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            assertNotEquals(
                    toneHz,
                    ToneCheck.listen(new WavSound(8_000, samples), toneHz).dominantHz(),
                    file + "");
        }
    }

    /** What the command of an administrator makes of it. */
    private ToneReport opened(Path sealed, int toneHz) {
        Path open = lab.host("allo").directory().resolve("opened-" + System.nanoTime() + ".wav");
        var command = new CommandLine(new SealCommand());
        int status = command.execute(
                "open",
                sealed.toString(),
                open.toString(),
                "--keys",
                state().resolve("seal.keys").toString());
        assertEquals(0, status);
        return ToneCheck.listen(WavSound.read(open), toneHz);
    }

    private static void assertSays(ToneReport report, int toneHz, int seconds) {
        assertEquals(toneHz, report.dominantHz(), report.toString());
        assertTrue(report.heardMs() >= seconds * 1_000 - 1_000, report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
    }

    @Test
    void aRecordingIsNeverReadableAndOutlivesAKill() throws IOException {
        start();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.BARESIP);
        call(alice, bob);
        AlloLab.talk(alice, bob, Duration.ofSeconds(2));
        assertEquals(2, unreadableSounds(440));
        AlloLab.talk(alice, bob, Duration.ofSeconds(5));
        assertTrue(Files.exists(spool("monitor/in.wav.part")));
        assertEquals(2, unreadableSounds(440));
        lab.allo().crashAndRestart();
        lab.allo().awaitLog("in.wav was being recorded when allo ended", Phone.PATIENCE);
        assertEquals(2, unreadableSounds(440));
        assertSays(opened(spool("monitor/in.wav"), 440), 440, 5);
        assertNames(false, spool("monitor/call.wav.json"));
    }

    /** Whether the text beside a sound says that alice or bob was there; sealed it does not, opened it does. */
    private void assertNames(boolean readable, Path text) throws IOException {
        var names = java.util.regex.Pattern.compile("alice|bob");
        await(text + " is there", () -> Files.exists(text));
        String written = Files.readString(text);
        assertEquals(readable, names.matcher(written).find(), written);
        var said = new java.io.StringWriter();
        var command = new CommandLine(new SealCommand()).setOut(new java.io.PrintWriter(said));
        assertEquals(
                0,
                command.execute(
                        "open",
                        text.toString(),
                        "--keys",
                        state().resolve("seal.keys").toString()));
        assertTrue(names.matcher(said.toString()).find(), said.toString());
    }

    private static void call(Phone alice, Phone bob) {
        bob.listen();
        alice.dial("bob");
        bob.awaitIncoming();
        bob.answer();
        alice.awaitEstablished();
        bob.awaitEstablished();
    }

    /** Bob has said this much. */
    private void says(Phone bob, int seconds) {
        bob.dial("101");
        bob.awaitEstablished();
        bob.sendDigits("#");
        await(seconds + " s are recorded", () -> {
            unreadableSounds(620);
            try (var files = Files.walk(spool("voicemail/default/101/tmp"))) {
                return files.anyMatch(file ->
                        file.toString().endsWith(".part") && file.toFile().length() > seconds * 16_000L);
            } catch (IOException | UncheckedIOException notYet) {
                return false;
            }
        });
    }

    private Path message(int number, String ending) {
        return spool("voicemail/default/101/INBOX/msg%04d.%s".formatted(number, ending));
    }

    @Test
    void aMessageIsNeverReadableIsHeardByTelephoneAndOutlivesAKill() throws IOException {
        start();
        Phone bob = lab.bob(Kind.BARESIP);
        says(bob, 5);
        bob.hangup();
        bob.awaitEnded(Phone.PATIENCE);
        await("the message is there", () -> Files.exists(message(0, "txt")));
        assertEquals(2, unreadableSounds(620));
        assertSays(opened(message(0, "wav"), 620), 620, 5);
        assertNames(false, message(0, "txt"));

        Phone alice = lab.alice(Kind.BARESIP);
        alice.dial("97");
        alice.awaitEstablished();
        alice.sendDigits("4242#");
        alice.sendDigits("1");
        alice.awaitHeard(Duration.ofSeconds(9));
        alice.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        assertEquals(620, alice.heard(620).dominantHz(), "alice heard bob's tone");

        await("the heard message is among the old ones", () -> !Files.exists(message(0, "txt")));
        says(bob, 4);
        lab.allo().crashAndRestart();
        assertTrue(Files.exists(message(0, "wav")), lab.allo().process().tail());
        assertSays(opened(message(0, "wav"), 620), 620, 4);
        unreadableSounds(620);
    }
}
