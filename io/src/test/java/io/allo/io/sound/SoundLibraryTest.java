package io.allo.io.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.port.Sound;
import io.allo.media.sdp.CodecName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundLibraryTest {
    @TempDir
    Path dir;

    private Path record(String file, SoundFormat format, int ms) throws IOException {
        Path path = dir.resolve(file);
        Files.createDirectories(path.getParent());
        try (var channel = Files.newByteChannel(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                var writer = SoundFile.create(channel, format)) {
            int samples = ms * format.sampleRate() / 1000;
            writer.write(new short[samples], 0, samples);
        }
        return path;
    }

    private SoundLibrary library() {
        return new SoundLibrary(List.of(dir));
    }

    private String found(String name, String language, CodecName codec) {
        return switch (library().find(name, language, codec)) {
            case SoundLookup.Found found -> dir.relativize(found.file()).toString();
            case SoundLookup.Missing missing -> "nothing";
        };
    }

    @Test
    void theWantedLanguageComesBeforeItsParentThenEnglishThenNone() throws IOException {
        record("digits/1.wav", SoundFormat.WAV, 20);
        assertEquals("digits/1.wav", found("digits/1", "fr_FR", CodecName.ALAW));
        record("en/digits/1.wav", SoundFormat.WAV, 20);
        assertEquals("en/digits/1.wav", found("digits/1", "fr_FR", CodecName.ALAW));
        record("fr/digits/1.wav", SoundFormat.WAV, 20);
        assertEquals("fr/digits/1.wav", found("digits/1", "fr_FR", CodecName.ALAW));
        record("fr_FR/digits/1.wav", SoundFormat.WAV, 20);
        assertEquals("fr_FR/digits/1.wav", found("digits/1", "fr_FR", CodecName.ALAW));
        assertEquals("fr_FR/digits/1.wav", found("digits/1", "fr-FR", CodecName.ALAW));
        assertEquals("fr/digits/1.wav", found("digits/1", "fr_CA", CodecName.ALAW));
        assertEquals("en/digits/1.wav", found("digits/1", "", CodecName.ALAW));
    }

    @Test
    void theLanguageMayStandWithinTheName() throws IOException {
        record("digits/fr/1.wav", SoundFormat.WAV, 20);
        assertEquals("digits/fr/1.wav", found("digits/1", "fr", CodecName.ULAW));
        record("fr/digits/1.wav", SoundFormat.WAV, 20);
        assertEquals("fr/digits/1.wav", found("digits/1", "fr", CodecName.ULAW));
    }

    @Test
    void anEarlierDirectoryWinsWithinALanguageButNotOverIt() throws IOException {
        record("one/en/x.wav", SoundFormat.WAV, 20);
        record("two/fr/x.wav", SoundFormat.WAV, 20);
        record("one/fr/y.wav", SoundFormat.WAV, 20);
        record("two/fr/y.wav", SoundFormat.WAV, 20);
        var library = new SoundLibrary(List.of(dir.resolve("one"), dir.resolve("two"), dir.resolve("none")));
        var x = assertInstanceOf(SoundLookup.Found.class, library.find("x", "fr", CodecName.ULAW));
        assertEquals(dir.resolve("two/fr/x.wav"), x.file());
        var y = assertInstanceOf(SoundLookup.Found.class, library.find("y", "fr", CodecName.ULAW));
        assertEquals(dir.resolve("one/fr/y.wav"), y.file());
    }

    @Test
    void anAbsoluteNameIsAPath() throws IOException {
        record("own/hello.gsm", SoundFormat.GSM, 20);
        assertEquals("own/hello.gsm", found(dir + "/own/hello", "fr", CodecName.ULAW));
        record("own/fr/hello.gsm", SoundFormat.GSM, 20);
        assertEquals("own/fr/hello.gsm", found(dir + "/own/hello", "fr", CodecName.ULAW));
    }

    @Test
    void theFormatNearestToTheCodecIsTaken() throws IOException {
        record("x.gsm", SoundFormat.GSM, 20);
        assertEquals("x.gsm", found("x", "", CodecName.G722));
        record("x.wav", SoundFormat.WAV, 20);
        assertEquals("x.wav", found("x", "", CodecName.G722));
        record("x.g722", SoundFormat.G722, 20);
        assertEquals("x.g722", found("x", "", CodecName.G722));
        assertEquals("x.wav", found("x", "", CodecName.ALAW));
        record("x.alaw", SoundFormat.ALAW, 20);
        record("x.sln16", SoundFormat.SLN16, 20);
        assertEquals("x.alaw", found("x", "", CodecName.ALAW));
        assertEquals("x.wav", found("x", "", CodecName.ULAW));
        assertEquals("x.sln16", found("x", "", CodecName.OPUS));
    }

    @Test
    void aSoundIsReadWholeWithItsRateAndLength() throws IOException {
        record("x.wav16", SoundFormat.WAV16, 2_500);
        var found = assertInstanceOf(SoundLookup.Found.class, library().find("x", "", CodecName.G722));
        assertEquals(16_000, found.sound().sampleRate());
        assertEquals(2_500, found.sound().lengthMs());
        assertEquals("x", found.sound().name());
    }

    @Test
    void aFileIsReadOnceUntilItChanges() throws IOException {
        Path file = record("x.wav", SoundFormat.WAV, 20);
        var library = library();
        Sound first = ((SoundLookup.Found) library.find("x", "", CodecName.ULAW)).sound();
        assertSame(first, ((SoundLookup.Found) library.find("x", "en", CodecName.ULAW)).sound());
        record("x.wav", SoundFormat.WAV, 40);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        Sound second = ((SoundLookup.Found) library.find("x", "", CodecName.ULAW)).sound();
        assertNotSame(first, second);
        assertEquals(40, second.lengthMs());
    }

    @Test
    void whatIsKeptHasALimit() throws IOException {
        for (int i = 0; i < 6; i++) record("x" + i + ".wav", SoundFormat.WAV, 100);
        record("long.wav", SoundFormat.WAV, 400);
        var library = new SoundLibrary(List.of(dir), 4 * 800);
        for (int i = 0; i < 4; i++) library.find("x" + i, "", CodecName.ULAW);
        Sound third = ((SoundLookup.Found) library.find("x3", "", CodecName.ULAW)).sound();
        library.find("x4", "", CodecName.ULAW);
        library.find("x5", "", CodecName.ULAW);
        assertEquals(4 * 800, library.keptSamples());
        assertSame(third, ((SoundLookup.Found) library.find("x3", "", CodecName.ULAW)).sound());
        assertEquals(
                400,
                ((SoundLookup.Found) library.find("long", "", CodecName.ULAW))
                        .sound()
                        .lengthMs());
        assertEquals(4 * 800, library.keptSamples());
    }

    @Test
    void aBrokenFileGivesWayToAnotherFormat() throws IOException {
        Files.writeString(dir.resolve("x.wav"), "no sound");
        record("x.gsm", SoundFormat.GSM, 20);
        assertEquals("x.gsm", found("x", "", CodecName.ULAW));
        Files.writeString(dir.resolve("y.wav"), "no sound");
        var missing = assertInstanceOf(SoundLookup.Missing.class, library().find("y", "", CodecName.ULAW));
        assertTrue(missing.english().startsWith("the sound y can't be played: " + dir.resolve("y.wav") + ": "));
        assertTrue(missing.french().startsWith("le son y ne peut pas être joué : " + dir.resolve("y.wav")));
    }

    @Test
    void whatIsMissingNamesEveryPlace() {
        var missing = assertInstanceOf(SoundLookup.Missing.class, library().find("a/b", "fr_FR", CodecName.ULAW));
        assertEquals(
                List.of("fr_FR/a/b", "a/fr_FR/b", "fr/a/b", "a/fr/b", "en/a/b", "a/en/b", "a/b"),
                missing.places().stream()
                        .map(place -> dir.relativize(Path.of(place)).toString())
                        .toList());
        assertTrue(missing.english().contains("wav"));
    }

    @Test
    void anEndingInTheNameIsHintedAt() {
        var missing = (SoundLookup.Missing) library().find("hello.wav", "", CodecName.ULAW);
        assertTrue(missing.english().endsWith("(name it without its ending)"));
        assertTrue(missing.french().endsWith("(nommez-le sans son extension)"));
    }

    @Test
    void strangeNamesAreMissing() {
        for (String name : List.of("", " ", "/", "a\0b", "..")) {
            assertInstanceOf(SoundLookup.Missing.class, library().find(name, "../../etc", CodecName.ULAW), name);
        }
    }

    @Test
    void theUsualDirectoriesBeginWithTheConfiguredOne() {
        assertEquals(
                List.of("/data/sounds", "/home/allo/sounds", "/var/lib/asterisk/sounds", "/usr/share/asterisk/sounds"),
                SoundLibrary.usualRoots(Path.of("/data"), Path.of("/home/allo"), false).stream()
                        .map(Path::toString)
                        .toList());
        assertEquals(
                "/home/allo/sounds/custom",
                SoundLibrary.usualRoots(null, Path.of("/home/allo"), true)
                        .getFirst()
                        .toString());
    }
}
