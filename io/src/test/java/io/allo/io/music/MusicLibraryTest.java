package io.allo.io.music;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.music.MusicFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MusicLibraryTest {
    @TempDir
    Path directory;

    private static final Clock CLOCK = new Clock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    };

    private final MusicLibrary library = new MusicLibrary(RandomSource.seeded(3), CLOCK);

    private void tone(String name, double hertz, int ms) throws IOException {
        var format = SoundFormat.byExtension(name.substring(name.lastIndexOf('.') + 1))
                .orElseThrow();
        try (var writer = SoundFile.create(
                Files.newByteChannel(
                        directory.resolve(name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                format)) {
            var n = format.sampleRate() * ms / 1000;
            var pcm = new short[n];
            for (var i = 0; i < n; i++) {
                pcm[i] = (short) Math.round(8_000 * Math.sin(2 * Math.PI * hertz * i / format.sampleRate()));
            }
            writer.write(pcm, 0, n);
        }
    }

    private MusicFeed feed(MusicClass music, int rate) {
        library.use(List.of(music));
        return library.stream(music.name()).orElseThrow().at(rate);
    }

    private MusicClass of(MusicClass.Sort sort, String... entries) {
        return new MusicClass("default", List.of(directory), List.of(entries), sort, "");
    }

    /** The next second of a feed. */
    private short[] second(MusicFeed feed) {
        var pcm = new short[feed.sampleRate()];
        var frame = new short[feed.sampleRate() / 50];
        for (var i = 0; i < 50; i++) {
            library.turn();
            assertTrue(feed.read(feed.position(), frame, frame.length), "frame " + i);
            System.arraycopy(frame, 0, pcm, i * frame.length, frame.length);
        }
        return pcm;
    }

    private static double loud(short[] pcm, double hertz) {
        double re = 0;
        double im = 0;
        for (var i = 0; i < pcm.length; i++) {
            re += pcm[i] * Math.cos(2 * Math.PI * hertz * i / pcm.length);
            im += pcm[i] * Math.sin(2 * Math.PI * hertz * i / pcm.length);
        }
        return 2 * Math.hypot(re, im) / pcm.length;
    }

    @Test
    void filesFollowEachOtherByNameAndBeginAnew() throws IOException {
        tone("b.gsm", 800, 1_000);
        tone("a.wav", 440, 1_000);
        var feed = feed(of(MusicClass.Sort.ALPHA), 8_000);
        assertTrue(loud(second(feed), 440) > 6_000);
        assertTrue(loud(second(feed), 800) > 5_000);
        assertTrue(loud(second(feed), 440) > 6_000);
    }

    @Test
    void onePieceInSeveralFormatsIsHeardOnceAtItsWidest() throws IOException {
        tone("a.wav", 440, 1_000);
        tone("a.wav16", 3_000, 1_000);
        var feed = feed(of(MusicClass.Sort.ALPHA), 16_000);
        assertTrue(loud(second(feed), 3_000) > 6_000);
        assertTrue(loud(second(feed), 3_000) > 6_000);
    }

    @Test
    void aPlaylistKeepsItsOrderAndItsNamesNeedNoEnding() throws IOException {
        tone("a.wav", 440, 1_000);
        tone("b.ulaw", 800, 1_000);
        var feed = feed(of(MusicClass.Sort.NONE, "b", "a.wav"), 8_000);
        assertTrue(loud(second(feed), 800) > 6_000);
        assertTrue(loud(second(feed), 440) > 6_000);
    }

    @Test
    void anMp3FileIsMusicToo() throws IOException {
        try (var mp3 = Objects.requireNonNull(getClass().getResourceAsStream("tone-440.mp3"))) {
            Files.copy(mp3, directory.resolve("a.mp3"));
        }
        var feed = feed(of(MusicClass.Sort.NONE), 8_000);
        second(feed);
        assertTrue(loud(second(feed), 440) > 4_000);
    }

    @Test
    void anOpusFileIsMusicToo() throws IOException {
        var pcm = new short[48_000];
        for (var i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (10_000 * Math.sin(2 * Math.PI * 440 * i / 48_000));
        }
        try (var writer = SoundFile.create(
                Files.newByteChannel(directory.resolve("a.opus"), StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                SoundFormat.OPUS)) {
            writer.write(pcm, 0, pcm.length);
        }
        assertTrue(loud(second(feed(of(MusicClass.Sort.NONE), 8_000)), 440) > 4_000);
    }

    @Test
    void aBrokenFileIsPassedOver() throws IOException {
        Files.writeString(directory.resolve("a.wav"), "not a sound");
        Files.writeString(directory.resolve("b.mp3"), "neither");
        tone("c.wav", 440, 1_000);
        assertTrue(loud(second(feed(of(MusicClass.Sort.ALPHA), 8_000)), 440) > 6_000);
    }

    @Test
    void withoutAnyFileTonesAreHeard() {
        var pcm = second(feed(of(MusicClass.Sort.NONE), 8_000));
        var energy = 0.0;
        for (var sample : pcm) {
            energy += (double) sample * sample;
        }
        assertTrue(Math.sqrt(energy / pcm.length) > 500);
    }

    @Test
    void nothingIsReadWhileNobodyListens() throws IOException {
        tone("a.wav", 440, 1_000);
        var feed = feed(of(MusicClass.Sort.ALPHA), 8_000);
        second(feed);
        library.turn();
        var room = feed.room();
        for (var i = 0; i < 10; i++) {
            assertEquals(false, library.turn());
        }
        assertEquals(room, feed.room());
    }
}
