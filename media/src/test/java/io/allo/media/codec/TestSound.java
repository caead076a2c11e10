package io.allo.media.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** Sounds for tests: fixtures (see README.md beside them), signals, and measures. */
public final class TestSound {
    private TestSound() {}

    public static byte[] bytes(String resource) {
        try (var in = TestSound.class.getResourceAsStream("/io/allo/media/" + resource)) {
            return resource.endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static short[] samples(String resource) {
        var bytes = bytes(resource);
        var samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    public static byte[] littleEndian(short[] samples) {
        var buffer = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asShortBuffer().put(samples);
        return buffer.array();
    }

    /** Three seconds (at 16 kHz) of what coders dislike: full scale noise, square waves, noise in steps; shifted right. */
    public static short[] torture(int shift) {
        var out = new short[48000];
        int x = 12345;
        for (int i = 0; i < 16000; i++) {
            x = x * 1103515245 + 12345 & 0x7fffffff;
            out[i] = (short) ((x >> 8 & 0xffff) - 32768);
        }
        for (int i = 0; i < 16000; i++) {
            out[16000 + i] = (short) (i / (20 + i / 800) % 2 != 0 ? 32767 : -32768);
        }
        for (int i = 0; i < 16000; i++) {
            x = x * 1103515245 + 12345 & 0x7fffffff;
            out[32000 + i] = (short) ((x >> 8 & 0xffff) - 32768 >> i / 1000);
        }
        for (int i = 0; i < out.length; i++) {
            out[i] >>= shift;
        }
        return out;
    }

    public static short[] sine(int sampleRate, double hz, double amplitude, int samples) {
        var out = new short[samples];
        for (int i = 0; i < samples; i++) {
            out[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / sampleRate));
        }
        return out;
    }

    public static byte[] encode(Codec codec, short[] pcm) {
        var out = new byte[codec.maxBytes(pcm.length)];
        int frame = codec.frameSamples();
        var encoder = codec.newEncoder();
        int written = 0;
        for (int at = 0; at + frame <= pcm.length; at += frame) {
            written += encoder.encode(pcm, at, frame, out, written);
        }
        return Arrays.copyOf(out, written);
    }

    public static short[] decode(Codec codec, byte[] bytes) {
        var out = new short[codec.maxSamples(bytes.length)];
        int samples = codec.newDecoder().decode(bytes, 0, bytes.length, out, 0);
        return Arrays.copyOf(out, samples);
    }

    /** Signal to noise ratio in dB of b against a, b late by so many samples. */
    public static double snr(short[] a, short[] b, int delay, int from, int to) {
        double signal = 0;
        double noise = 0;
        for (int i = from; i < to; i++) {
            double error = a[i] - b[i + delay];
            signal += (double) a[i] * a[i];
            noise += error * error;
        }
        return 10 * Math.log10(signal / Math.max(noise, 1e-9));
    }

    public static double rms(short[] pcm, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes this thread allocates while the work is done a thousand times, after warming up. */
    public static long allocatedBytes(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 2000; i++) {
            work.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) { // the least of five: the machine itself may allocate now and then
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                work.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
