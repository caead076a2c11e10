package io.allo.media.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.allo.media.codec.Opus;
import io.allo.media.codec.TestSound;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against opus-tools (opusenc, opusdec, opusinfo): libopusfile and libopusenc are Xiph's own. */
class OggOpusTest {
    private static final int RATE = 48_000;

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void name() {
        file = dir.resolve("x.opus");
    }

    private FileChannel channel() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** A second of each tone. */
    private static short[] tones(int... hz) {
        var all = new short[RATE * hz.length];
        for (int i = 0; i < hz.length; i++) {
            System.arraycopy(TestSound.sine(RATE, hz[i], 8000, RATE), 0, all, i * RATE, RATE);
        }
        return all;
    }

    private static short[] readAll(SoundReader reader) throws IOException {
        var all = new short[600 * RATE];
        int n = 0;
        for (int got = 0; got >= 0; got = reader.read(all, n, 1_000)) {
            n += got;
        }
        return Arrays.copyOf(all, n);
    }

    private short[] readAll() throws IOException {
        try (var reader = SoundFile.open(channel(), SoundFormat.OPUS)) {
            var all = readAll(reader);
            assertEquals(all.length * 1000L / RATE, reader.lengthMs());
            return all;
        }
    }

    private void write(short[] pcm) throws IOException {
        try (var writer = SoundFile.create(channel(), SoundFormat.OPUS)) {
            for (int at = 0; at < pcm.length; at += 777) {
                writer.write(pcm, at, Math.min(777, pcm.length - at));
            }
            assertEquals(pcm.length * 1000L / RATE, writer.lengthMs());
        }
    }

    private static String run(Path in, String... command) throws Exception {
        var log = Files.createTempFile("opus", ".log");
        var process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), command[0]);
        var said = Files.readString(log);
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    private static boolean hasOpusTools() {
        return Files.isExecutable(Path.of("/usr/bin/opusenc")) && Files.isExecutable(Path.of("/usr/bin/opusinfo"));
    }

    private static double share(short[] pcm, double fromSeconds, double hz) {
        int from = (int) (fromSeconds * RATE);
        int samples = RATE / 2;
        double re = 0;
        double im = 0;
        double all = 0;
        for (int i = 0; i < samples; i++) {
            double angle = 2 * Math.PI * hz * i / RATE;
            re += pcm[from + i] * Math.cos(angle);
            im += pcm[from + i] * Math.sin(angle);
            all += (double) pcm[from + i] * pcm[from + i];
        }
        return 2 * (re * re + im * im) / samples / Math.max(all, 1);
    }

    /** By how many samples one sound is late against another, by their correlation. */
    private static int lag(short[] early, short[] late) {
        int best = 0;
        double most = 0;
        for (int lag = -40; lag <= 40; lag++) {
            double sum = 0;
            for (int i = 10_000; i < 40_000; i++) {
                sum += (double) early[i] * late[i + lag];
            }
            best = sum > most ? lag : best;
            most = Math.max(most, sum);
        }
        return best;
    }

    @Test
    void whatIsWrittenIsReadWithItsLengthToTheSample() throws Exception {
        for (int length : new int[] {0, 1, 959, 960, 961, 1_272, 3 * RATE, 3 * RATE + 17}) {
            write(Arrays.copyOf(tones(500, 1000, 2000), length));
            assertEquals(length, readAll().length);
        }
        var heard = readAll();
        assertTrue(share(heard, 0.2, 500) > 0.98);
        assertTrue(share(heard, 1.2, 1000) > 0.98);
        assertTrue(share(heard, 2.2, 2000) > 0.98);
    }

    @Test
    void opusToolsReadWhatIsWritten() throws Exception {
        assumeTrue(hasOpusTools());
        write(tones(500, 1000, 2000));
        var info = run(dir, "opusinfo", "x.opus");
        assertFalse(info.contains("WARNING") || info.contains("rror"), info);
        assertTrue(info.contains("Playback length: 0m:03.000s"), info);
        assertTrue(info.contains("Pre-skip: 312"), info);
        run(dir, "opusdec", "--quiet", "--rate", "48000", "x.opus", "x.wav");
        try (var reader = SoundFile.open(FileChannel.open(dir.resolve("x.wav")), SoundFormat.WAV)) {
            var theirs = readAll(reader);
            assertEquals(3 * RATE, theirs.length);
            var ours = readAll();
            double alike = TestSound.snr(theirs, ours, 0, 0, ours.length);
            assertTrue(alike > 40, "the decoders differ: " + alike + " dB");
            assertEquals(
                    0, lag(tones(500, 1000, 2000), theirs), 3, "in time: the pre-skip takes the encoder's delay away");
        }
    }

    @Test
    void whatOpusToolsWriteIsRead() throws Exception {
        assumeTrue(hasOpusTools());
        var pcm = Arrays.copyOf(tones(500, 1000, 2000), 3 * RATE - 1_234);
        try (var wav = WavFile.writer(
                FileChannel.open(dir.resolve("in.wav"), StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                WavFile.Encoding.PCM,
                RATE)) {
            wav.write(pcm, 0, pcm.length);
        }
        for (String frame : new String[] {"2.5", "10", "20", "60"}) {
            run(dir, "opusenc", "--quiet", "--framesize", frame, "--bitrate", "256", "in.wav", "x.opus");
            var heard = readAll();
            assertEquals(pcm.length, heard.length, "frames of " + frame + " ms");
            assertTrue(TestSound.snr(pcm, heard, 0, 2_000, 40_000) > 20, "frames of " + frame + " ms");
        }
        run(dir, "sox", "in.wav", "-c", "2", "stereo.wav");
        run(dir, "opusenc", "--quiet", "stereo.wav", "x.opus");
        var heard = readAll();
        assertEquals(pcm.length, heard.length);
        assertTrue(share(heard, 1.2, 1000) > 0.98);
    }

    @Test
    void onePlaceIsGoneToAndTheOther() throws Exception {
        write(tones(500, 1000, 2000, 3000));
        var straight = readAll();
        try (var reader = SoundFile.open(channel(), SoundFormat.OPUS)) {
            var some = new short[RATE / 2];
            for (int ms : new int[] {2_100, 100, 3_300, 1_250, 0, 3_499}) {
                reader.seekMs(ms);
                assertEquals(ms, reader.positionMs());
                int got = 0;
                while (got < some.length) {
                    got += reader.read(some, got, some.length - got);
                }
                double snr = TestSound.snr(
                        Arrays.copyOfRange(straight, ms * 48, ms * 48 + some.length), some, 0, 0, some.length);
                assertTrue(snr > 15, "from " + ms + " ms: " + snr + " dB");
            }
            reader.seekMs(10_000);
            assertEquals(-1, reader.read(some, 0, 1));
            assertEquals(4_000, reader.positionMs());
        }
    }

    @Test
    void whatIsAppendedIsAStreamBehindTheOthersAndOneSound() throws Exception {
        write(tones(500));
        try (var writer = SoundFile.append(channel(), SoundFormat.OPUS)) {
            assertEquals(1_000, writer.lengthMs());
            writer.write(tones(1000), 0, RATE);
            assertEquals(2_000, writer.lengthMs());
        }
        SoundFile.append(channel(), SoundFormat.OPUS).close(); // nothing is appended: nothing changes
        var heard = readAll();
        assertEquals(2 * RATE, heard.length);
        assertEquals(1, share(heard, 0.2, 500), 0.05);
        assertEquals(1, share(heard, 1.2, 1000), 0.05);
        if (hasOpusTools()) {
            run(dir, "opusdec", "--quiet", "x.opus", "x.wav");
            try (var reader = SoundFile.open(FileChannel.open(dir.resolve("x.wav")), SoundFormat.WAV)) {
                assertEquals(2_000, reader.lengthMs());
            }
        }
    }

    @Test
    void aFileThatWasNeverEndedIsReadToItsLastPageAndCanBeEnded() throws Exception {
        var pcm = tones(500, 1000, 2000);
        try (var open = channel()) {
            var writer = SoundFile.create(open, SoundFormat.OPUS);
            writer.write(pcm, 0, 2 * RATE);
            writer.flush();
            long flushed = Files.size(file);
            writer.write(pcm, 2 * RATE, RATE);
            writer.flush();
            open.truncate(flushed + 100); // in the middle of a page, as the machine stopped
        }
        assertEquals(2 * RATE - 312, readAll().length, "all that was flushed but what the encoder still held");
        try (var writer = SoundFile.append(channel(), SoundFormat.OPUS)) {
            assertEquals(1_993, writer.lengthMs());
        }
        var heard = readAll();
        assertEquals(2 * RATE - 312, heard.length);
        assertTrue(share(heard, 1.2, 1000) > 0.98);
        if (hasOpusTools()) {
            var info = run(dir, "opusinfo", "x.opus");
            assertFalse(info.contains("WARNING"), info);
        }
    }

    @Test
    void theEndIsTakenAway() throws Exception {
        var pcm = tones(500, 1000, 2000, 3000);
        for (int cutMs : new int[] {5, 100, 450, 1_500, 3_000, 5_000}) {
            try (var writer = SoundFile.create(channel(), SoundFormat.OPUS)) {
                writer.write(pcm, 0, pcm.length);
                if (cutMs % 3 == 0) {
                    writer.flush();
                }
                writer.shorten(cutMs);
                long left = Math.max(0, 4_000 - cutMs);
                assertTrue(
                        writer.lengthMs() >= left && writer.lengthMs() <= left + 20,
                        cutMs + " ms taken: " + writer.lengthMs());
                writer.write(tones(700), 0, RATE);
            }
            var heard = readAll();
            double at = heard.length / (double) RATE - 0.7;
            assertTrue(share(heard, at, 700) > 0.97, "what comes after " + cutMs + " ms were taken");
            if (hasOpusTools()) {
                var info = run(dir, "opusinfo", "x.opus");
                assertFalse(info.contains("WARNING"), info);
            }
        }
    }

    @Test
    void aBrokenPageIsLeftOutAndWhatIsNoOpusIsRefused() throws Exception {
        write(tones(500, 1000, 2000));
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        var heard = readAll(SoundFile.open(channel(), SoundFormat.OPUS));
        assertTrue(heard.length > 2 * RATE && heard.length < 3 * RATE);
        assertThrows(SoundFileException.class, () -> SoundFile.open(new byte[0], SoundFormat.OPUS));
        assertThrows(SoundFileException.class, () -> SoundFile.open(new byte[100], SoundFormat.OPUS));
        var vorbis = new byte[28 + 30];
        System.arraycopy("OggS".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, vorbis, 0, 4);
        vorbis[5] = 2;
        vorbis[26] = 1;
        vorbis[27] = 30;
        System.arraycopy("\1vorbis".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, vorbis, 28, 7);
        var refused = assertThrows(SoundFileException.class, () -> SoundFile.open(vorbis, SoundFormat.OPUS));
        assertEquals("an Ogg file with Vorbis in it, of which only Opus is read", refused.getMessage());
    }

    @Test
    void noBytesMakeTheReaderFailOtherwise() throws Exception {
        write(tones(500, 1000));
        var good = Files.readAllBytes(file);
        var random = new Random(5);
        for (int i = 0; i < 300; i++) {
            var bytes = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            for (int k = 0; k < 1 + i % 20; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (var reader = SoundFile.open(bytes, SoundFormat.OPUS)) {
                readAll(reader);
                reader.seekMs(random.nextInt(3_000));
                reader.read(new short[100], 0, 100);
            } catch (SoundFileException expected) {
                assertFalse(expected.getMessage().isEmpty());
            }
        }
    }

    @Test
    void theFormatIsKnownByItsEndings() {
        assertEquals(SoundFormat.OPUS, SoundFormat.byExtension("opus").orElseThrow());
        assertEquals(SoundFormat.OPUS, SoundFormat.byExtension("OGG").orElseThrow());
        assertEquals(Opus.RATE, SoundFormat.OPUS.sampleRate());
    }
}
