package io.allo.io.speech;

import io.allo.media.audio.SoundFile;
import io.allo.media.audio.SoundFormat;
import io.allo.media.codec.Resampler;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Sound files as WAV at one rate. No state. */
final class EvenSound {

    private EvenSound() {}

    /**
     * Writes a sound file again as 16-bit mono WAV, and closes it.
     *
     * @param rate 16,000 Hz
     * @return its length in samples
     */
    static long write(SeekableByteChannel from, SoundFormat format, Path to, int rate) throws IOException {
        var length = 0L;
        try (var reader = SoundFile.open(from, format);
                var writer = SoundFile.create(
                        Files.newByteChannel(
                                to,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        SoundFormat.WAV16)) {
            var resampler = new Resampler(reader.sampleRate(), rate);
            var in = new short[reader.sampleRate() / 10];
            var out = new short[resampler.maxOutput(in.length)];
            for (var n = reader.read(in, 0, in.length); n > 0; n = reader.read(in, 0, in.length)) {
                var count = resampler.resample(in, 0, n, out, 0);
                writer.write(out, 0, count);
                length += count;
            }
        }
        return length;
    }
}
