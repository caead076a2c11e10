package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.ToneCheck;
import io.allo.conformance.sound.ToneReport;
import io.allo.conformance.sound.WavSound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages left and heard with real phones: the tone that bob speaks is in the file, and alice hears it. */
@Tag("phones")
class VoicemailTest {
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Pattern MISSING = Pattern.compile("there is no sound");

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private void start(String language) {
        lab.aliceAndBob().config().dialplan("""
                [phones]
                exten => _10X,1,Set(CHANNEL(language)=%s)
                 same => n,VoiceMail(${EXTEN},u)
                 same => n,Hangup()
                exten => 97,1,Set(CHANNEL(language)=%s)
                 same => n,VoiceMailMain(101)
                 same => n,Hangup()
                """.formatted(language, language));
        write(lab.config().write().resolve("voicemail.conf"), """
                [general]
                format = wav|wav49|gsm
                minsecs = 1
                envelope = no
                sendvoicemail = yes
                [default]
                101 => 4242,Alice
                102 => 4343,Bob
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

    private Path mailbox(String box) {
        return lab.host("allo").directory().resolve("state/spool/voicemail/default/" + box);
    }

    private static List<Path> files(Path directory, String pattern) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    /** Bob calls the mailbox, passes over the greeting with #, and has said this much. */
    private void says(Phone bob, String box, int seconds) {
        bob.dial(box);
        bob.awaitEstablished();
        bob.sendDigits("#");
        await(
                seconds + " s are recorded",
                () -> files(mailbox(box).resolve("tmp"), ".*\\.part").stream()
                        .anyMatch(file -> file.toFile().length() > seconds * 16_000L));
    }

    private void leaves(Phone bob, String box, int seconds, int number) {
        says(bob, box, seconds);
        bob.hangup();
        bob.awaitEnded(Phone.PATIENCE);
        await("the message is there", () -> Files.exists(message(box, "INBOX", number, "txt")));
    }

    private Path message(String box, String folder, int number, String ending) {
        return mailbox(box).resolve(folder).resolve("msg%04d.%s".formatted(number, ending));
    }

    private static ToneReport heard(Path wav, int toneHz) {
        return ToneCheck.listen(WavSound.read(wav), toneHz);
    }

    private void assertNothingWasMissing() {
        if (Files.isDirectory(Path.of("/usr/share/asterisk/sounds/fr"))) {
            assertFalse(
                    lab.allo().process().hasLine(MISSING, 0),
                    lab.allo().process().tail());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void messagesAreLeftHeardForwardedSavedAndDeleted(String language) {
        start(language);
        Phone bob = lab.bob(Kind.BARESIP);
        leaves(bob, "101", 5, 0);
        leaves(bob, "101", 3, 1);
        ToneReport said = heard(message("101", "INBOX", 0, "wav"), 620);
        assertEquals(620, said.dominantHz(), said.toString());
        assertEquals(0, said.gapsOver60Ms(), said.toString());
        assertTrue(said.heardMs() > 4_000, said.toString());
        assertTrue(Files.exists(message("101", "INBOX", 0, "WAV")));
        assertTrue(Files.exists(message("101", "INBOX", 0, "gsm")));

        Phone alice = lab.alice(Kind.BARESIP);
        alice.dial("97");
        alice.awaitEstablished();
        alice.sendDigits("4242#");
        alice.sendDigits("1");
        alice.awaitHeard(Duration.ofSeconds(9));
        alice.sendDigits("8");
        alice.sendDigits("102#");
        alice.sendDigits("1");
        alice.sendDigits("2");
        await("it is forwarded", () -> Files.exists(message("102", "INBOX", 0, "txt")));
        alice.sendDigits("9");
        alice.sendDigits("4");
        alice.sendDigits("6");
        alice.sendDigits("7");
        alice.sendDigits("#");
        alice.awaitEnded(Duration.ofSeconds(15));
        assertEquals(620, alice.heard(620).dominantHz(), "alice heard bob's tone");
        assertEquals(620, heard(message("101", "Friends", 0, "wav"), 620).dominantHz());
        assertEquals(620, heard(message("102", "INBOX", 0, "wav"), 620).dominantHz());
        assertEquals(List.of(), files(mailbox("101").resolve("INBOX"), "msg.*"));
        assertEquals(List.of(), files(mailbox("101").resolve("tmp"), ".*"));
        assertNothingWasMissing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void theOwnerChangesPinAndGreeting(String language) {
        start(language);
        Phone alice = lab.alice(Kind.BARESIP);
        alice.dial("97");
        alice.awaitEstablished();
        alice.sendDigits("4242#");
        alice.sendDigits("0");
        alice.sendDigits("1");
        alice.sendDigits("#");
        await(
                "4 s of the greeting are recorded",
                () -> files(mailbox("101").resolve("tmp"), ".*\\.part").stream()
                        .anyMatch(file -> file.toFile().length() > 4 * 16_000L));
        alice.sendDigits("#");
        Awaitility.await("the greeting is accepted")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    alice.sendDigits("1");
                    return Files.exists(mailbox("101").resolve("unavail.wav"));
                });
        alice.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        assertEquals(440, heard(mailbox("101").resolve("unavail.wav"), 440).dominantHz());

        alice.dial("97");
        alice.awaitEstablished();
        alice.sendDigits("4242#");
        alice.sendDigits("0");
        alice.sendDigits("5");
        alice.sendDigits("2468#");
        alice.sendDigits("2468#");
        alice.awaitHeard(Duration.ofSeconds(1));
        alice.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        lab.allo().restart();
        alice.dial("97");
        alice.awaitEstablished();
        alice.sendDigits("2468#");
        alice.sendDigits("0");
        alice.sendDigits("*");
        alice.sendDigits("#");
        alice.awaitEnded(Duration.ofSeconds(15));
        assertFalse(
                lab.allo().process().hasLine(Pattern.compile("wrong PIN"), 0),
                lab.allo().process().tail());

        Phone bob = lab.bob(Kind.BARESIP);
        bob.dial("101");
        bob.awaitEstablished();
        bob.awaitHeard(Duration.ofSeconds(3));
        bob.hangup();
        bob.awaitEnded(Phone.PATIENCE);
        assertEquals(440, bob.heard(440).dominantHz(), "bob heard alice's greeting");
    }

    @Test
    void whatWasSaidBeforeAKillIsAMessageAfterwards() {
        start("en");
        Phone bob = lab.bob(Kind.BARESIP);
        says(bob, "101", 5);
        lab.allo().crashAndRestart();
        Path wav = message("101", "INBOX", 0, "wav");
        assertTrue(Files.exists(wav), lab.allo().process().tail());
        ToneReport said = heard(wav, 620);
        assertEquals(620, said.dominantHz(), said.toString());
        assertTrue(said.heardMs() > 4_000, said.toString());
        assertEquals(List.of(), files(mailbox("101").resolve("tmp"), ".*"));
    }
}
