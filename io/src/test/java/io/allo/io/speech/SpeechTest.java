package io.allo.io.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts spoken by the real programs, and by commands of a test's. */
class SpeechTest {
    @TempDir
    Path home;

    private Speech speech(SpeechSettings settings) {
        // relative to where the program runs, as the state directory of "allo run" is
        Path here = Path.of("").toAbsolutePath();
        return new Speech(here.relativize(home.toAbsolutePath().resolve("speech")), () -> settings);
    }

    private static SpeechSettings by(String engine) {
        return new SpeechSettings(engine, List.of(), List.of(), 15, 200, 1_000_000, Map.of());
    }

    private SpeechSettings command(String... words) {
        return new SpeechSettings("command", List.of(words), List.of("fr"), 1, 200, 1_000_000, Map.of());
    }

    private static Path file(Path place) {
        return place.resolveSibling(place.getFileName() + ".wav");
    }

    private static short[] samples(Path place) throws IOException {
        try (var reader = SoundFile.open(Files.newByteChannel(file(place)), SoundFormat.WAV)) {
            assertEquals(Speech.RATE, reader.sampleRate());
            var samples = new short[Speech.RATE * 60];
            var length = 0;
            for (var n = reader.read(samples, 0, samples.length);
                    n > 0;
                    n = reader.read(samples, length, samples.length - length)) {
                length += n;
            }
            return java.util.Arrays.copyOf(samples, length);
        }
    }

    /** Milliseconds as espeak-ng itself, called by hand, makes of a text. */
    private long independentMs(String voice, String text) throws IOException, InterruptedException {
        var wav = home.resolve("independent.wav");
        var process = new ProcessBuilder("espeak-ng", "-v", voice, "-s", "150", "-w", wav.toString(), text).start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        try (var reader = SoundFile.open(Files.newByteChannel(wav), SoundFormat.WAV)) {
            var all = new short[reader.sampleRate() * 60];
            var length = 0;
            for (var n = reader.read(all, 0, all.length); n > 0; n = reader.read(all, length, all.length - length)) {
                length += n;
            }
            return length * 1_000L / reader.sampleRate();
        }
    }

    @Test
    void espeakSpeaksFrenchAndEnglishEachInItsOwnWay() throws Exception {
        assumeTrue(Programs.find("espeak-ng").isPresent(), "espeak-ng is not installed");
        var speech = speech(by("espeak-ng"));
        var text = "Bonjour à tous, vous êtes les bienvenus.";
        var french = samples(speech.speak(SpeechText.of(text, "fr_FR")));
        var english = samples(speech.speak(SpeechText.of(text, "en")));
        assertEquals(independentMs("fr", text), french.length * 1_000L / Speech.RATE, 30);
        assertEquals(independentMs("en-us", text), english.length * 1_000L / Speech.RATE, 30);
        assertNotEquals(french.length, english.length);
        var loudest = 0;
        for (var sample : french) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        assertTrue(loudest > 3_000, "loudest " + loudest);
    }

    @Test
    void theSpeedIsHeard() throws Exception {
        assumeTrue(Programs.find("espeak-ng").isPresent(), "espeak-ng is not installed");
        var speech = speech(by("espeak-ng"));
        var slow = samples(speech.speak(new SpeechText("un deux trois quatre", "fr", 0.7)));
        var fast = samples(speech.speak(new SpeechText("un deux trois quatre", "fr", 1.5)));
        assertTrue(slow.length > fast.length * 1.3, slow.length + " " + fast.length);
    }

    @Test
    void fliteSpeaksEnglishOnly() throws Exception {
        assumeTrue(Programs.find("flite").isPresent(), "flite is not installed");
        var speech = speech(by("flite"));
        assertTrue(samples(speech.speak(SpeechText.of("Good morning everybody", "en_US"))).length > Speech.RATE / 2);
        var refused = assertThrows(SpeechException.class, () -> speech.speak(SpeechText.of("Bonjour", "fr")));
        assertTrue(refused.english().contains("apt-get install espeak-ng"), refused.english());
    }

    @Test
    void aTextIsSpokenOnceAndNeverNearAShell() throws Exception {
        var log = home.resolve("log");
        var program = program("cat >> " + log + "; echo \"$1 $2\" >> " + log + "; sox -n -r 22050 -c 1 -b 16 \"$2\" "
                + "synth 0.5 sine 440");
        assumeTrue(Programs.find("sox").isPresent(), "sox is not installed");
        var speech = speech(command(program, "{lang}", "{wav}"));
        var text =
                SpeechText.of("hello; touch " + home.resolve("pwned") + " `id` $(id) -w /etc/passwd\n\tend", "fr_CA");
        var place = speech.speak(text);
        assertEquals(0.5 * Speech.RATE, samples(place).length, 20);
        assertEquals(place, speech.speak(text));
        var said = Files.readAllLines(log);
        assertEquals(2, said.size(), said.toString());
        assertEquals(text.text(), said.getFirst());
        assertTrue(said.get(1).startsWith("fr-CA "), said.get(1));
        assertFalse(Files.exists(home.resolve("pwned")));
        try (var left = Files.list(home.resolve("speech/work"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private String program(String body) throws IOException {
        var file = Files.writeString(home.resolve("speaker.sh"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    @Test
    void whatHangsFailsOrIsSilentIsSaid() throws Exception {
        var hangs = speech(command(program("sleep 60"), "{wav}"));
        var late = assertThrows(SpeechException.class, () -> hangs.speak(SpeechText.of("bonjour", "fr")));
        assertTrue(late.english().contains("longer than 1 s"), late.english());
        var fails = speech(command(program("exit 3"), "{wav}"));
        var failed = assertThrows(SpeechException.class, () -> fails.speak(SpeechText.of("bonjour", "fr")));
        assertTrue(failed.english().contains("exit status 3"), failed.english());
        var silent = speech(command(program("true"), "{wav}"));
        assertThrows(SpeechException.class, () -> silent.speak(SpeechText.of("bonjour", "fr")));
        var missing = speech(command("/no/such/program", "{wav}"));
        assertThrows(SpeechException.class, () -> missing.speak(SpeechText.of("bonjour", "fr")));
    }

    @Test
    void textsHaveALimitAndMustBeThere() {
        var speech = speech(by("espeak-ng"));
        assertThrows(SpeechException.class, () -> speech.speak(SpeechText.of("x".repeat(201), "en")));
        assertThrows(SpeechException.class, () -> speech.speak(SpeechText.of(" \n ", "en")));
    }

    @Test
    void theCacheLetsTheLongestUnusedGo() throws IOException {
        var cache = new SpeechCache(home.resolve("cache"));
        for (var i = 0; i < 5; i++) {
            var made = Files.write(home.resolve("made"), new byte[1_000]);
            var place = cache.place("text " + i);
            cache.put(made, place, 3_500);
            Files.setAttribute(
                    file(place), "lastAccessTime", FileTime.from(Instant.now().minusSeconds(7_200 - i)));
        }
        assertTrue(cache.find(cache.place("text 0")).isEmpty());
        assertTrue(cache.find(cache.place("text 4")).isPresent());
    }
}
