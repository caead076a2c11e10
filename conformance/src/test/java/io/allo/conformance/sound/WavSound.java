package io.allo.conformance.sound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * 16-bit linear sound of one channel.
 *
 * @param rateHz samples a second
 * @param samples full scale is 32768
 */
public record WavSound(int rateHz, short[] samples) {
    /**
     * Reads a RIFF file of 16-bit PCM. A file that is still being written has a length of 0 or too long a one in its
     * header; what is there counts. The first channel is taken.
     */
    public static WavSound read(Path file) {
        try {
            return parse(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN), file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public long durationMs() {
        return samples.length * 1000L / rateHz;
    }

    /** Writes a RIFF file of 16-bit PCM, one channel. */
    public Path write(Path file) {
        return write(file, 1, samples);
    }

    /** Writes a RIFF file of 16-bit PCM, two channels alike. */
    public Path writeStereo(Path file) {
        var both = new short[2 * samples.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = samples[i / 2];
        }
        return write(file, 2, both);
    }

    private Path write(Path file, int channels, short[] samples) {
        var bytes = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1).putShort((short) channels).putInt(rateHz).putInt(2 * channels * rateHz);
        bytes.putShort((short) (2 * channels)).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        bytes.asShortBuffer().put(samples);
        try {
            return Files.write(file, bytes.array());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static WavSound parse(ByteBuffer bytes, Path file) {
        if (bytes.limit() < 12 || bytes.getInt(0) != 0x46464952) {
            throw new IllegalArgumentException(file + " is no RIFF file yet");
        }
        int rateHz = 0;
        int channels = 1;
        int at = 12;
        while (at + 8 <= bytes.limit()) {
            int chunk = bytes.getInt(at);
            int length = bytes.getInt(at + 4);
            at += 8;
            if (chunk == 0x20746d66) {
                channels = bytes.getShort(at + 2);
                rateHz = bytes.getInt(at + 4);
            } else if (chunk == 0x61746164) {
                int there = bytes.limit() - at;
                int used = length <= 0 || length > there ? there : length;
                return new WavSound(rateHz, samples(bytes, at, used, channels));
            }
            at += length + (length & 1);
        }
        throw new IllegalArgumentException(file + " has no sound");
    }

    private static short[] samples(ByteBuffer bytes, int at, int length, int channels) {
        var samples = new short[length / (2 * channels)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort(at + 2 * channels * i);
        }
        return samples;
    }
}
