package io.allo.media.codec;

import java.util.Arrays;
import java.util.Objects;

/**
 * Changes the sample rate by a rational factor with a polyphase FIR filter (windowed sinc, Kaiser). It keeps the end of one block for
 * the beginning of the next. Owned by one thread; allocates nothing after construction.
 *
 * <p>With the lower of the two Nyquist frequencies as 1: flat within 0.2 dB up to 0.86, at least 60 dB down from 1.06. The delay is
 * {@link #delayMicros()}. When the input of a block times the factor is a whole number, the output has exactly that many samples.
 */
public final class Resampler {
    private static final double CUTOFF = 0.96;
    private static final double TRANSITION = 0.20;
    private static final double BETA = 6.2;
    private static final int BLOCK = 480;
    private static final int MOST_PHASES = 640;
    private static final int UNITY = 1 << 14;

    private final int fromRate;
    private final int toRate;
    private final int up;
    private final int down;
    private final int taps;
    private final short[][] phases;
    private final short[] work;
    private int phase;

    /**
     * A resampler from one rate to another, both in Hz.
     *
     * @throws IllegalArgumentException if a rate is not positive, or the ratio is not of small whole numbers
     */
    public Resampler(int fromRate, int toRate) {
        if (fromRate <= 0 || toRate <= 0) {
            throw new IllegalArgumentException("rates " + fromRate + " and " + toRate);
        }
        this.fromRate = fromRate;
        this.toRate = toRate;
        int common = gcd(fromRate, toRate);
        up = toRate / common;
        down = fromRate / common;
        if (up > MOST_PHASES || down > MOST_PHASES) {
            throw new IllegalArgumentException("no resampling from " + fromRate + " to " + toRate + " Hz");
        }
        double narrow = Math.min(1.0, (double) toRate / fromRate); // lower Nyquist, input Nyquist = 1
        taps = up == down ? 1 : (int) Math.ceil(8.0 / (TRANSITION * narrow)) & ~1;
        phases = up == down ? new short[0][] : design(up, taps, CUTOFF * narrow);
        work = new short[taps - 1 + BLOCK];
    }

    /** Input rate, Hz. */
    public int fromRate() {
        return fromRate;
    }

    /** Output rate, Hz. */
    public int toRate() {
        return toRate;
    }

    /** The delay of the filter in microseconds. */
    public int delayMicros() {
        return (int) (((long) taps * up - 1) * 500_000L / ((long) up * fromRate));
    }

    /** The most samples that so many input samples make. */
    public int maxOutput(int samples) {
        return (int) (((long) samples * up + down - 1) / down);
    }

    /**
     * Resamples a block.
     *
     * @return the number of samples written at {@code outOff}
     */
    public int resample(short[] in, int off, int samples, short[] out, int outOff) {
        Objects.checkFromIndexSize(off, samples, in.length);
        if (up == down) {
            System.arraycopy(in, off, out, outOff, samples);
            return samples;
        }
        int written = 0;
        for (int done = 0; done < samples; ) {
            int part = Math.min(BLOCK, samples - done);
            System.arraycopy(in, off + done, work, taps - 1, part);
            written += filter(part, out, outOff + written);
            System.arraycopy(work, part, work, 0, taps - 1);
            done += part;
        }
        return written;
    }

    /** Forgets what was heard. */
    public void reset() {
        Arrays.fill(work, (short) 0);
        phase = 0;
    }

    private int filter(int samples, short[] out, int outOff) {
        int written = 0;
        int at = phase / up;
        int branch = phase % up;
        int atStep = down / up;
        int branchStep = down % up;
        while (at < samples) {
            out[outOff + written++] = dot(phases[branch], work, at);
            at += atStep;
            branch += branchStep;
            if (branch >= up) {
                branch -= up;
                at++;
            }
        }
        phase = (at - samples) * up + branch;
        return written;
    }

    private static short dot(short[] h, short[] x, int at) {
        int sum = 1 << 13;
        for (int i = 0; i < h.length; i++) {
            sum += h[i] * x[at + i];
        }
        return (short) Math.clamp(sum >> 14, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /**
     * The branches of a low-pass filter: branch b weighs the input samples for an output that lies b/up after the newest input sample
     * but half the filter. Each sums to just one in Q14, so that a constant stays a constant;
     * with 14 bits no input can overflow an int.
     */
    private static short[][] design(int up, int taps, double cutoff) {
        var branches = new short[up][taps];
        double middle = taps / 2.0;
        for (int b = 0; b < up; b++) {
            var ideal = new double[taps];
            double sum = 0;
            for (int i = 0; i < taps; i++) {
                double t = taps - 1 - i + (double) b / up - middle + 1.0 / (2 * up); // distance in input samples
                double x = Math.PI * cutoff * t;
                double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
                ideal[i] = sinc * kaiser(t / middle);
                sum += ideal[i];
            }
            quantize(ideal, sum, branches[b]);
        }
        return branches;
    }

    private static void quantize(double[] ideal, double sum, short[] branch) {
        int total = 0;
        int largest = 0;
        for (int i = 0; i < branch.length; i++) {
            branch[i] = (short) Math.clamp(Math.round(ideal[i] / sum * UNITY), Short.MIN_VALUE, Short.MAX_VALUE);
            total += branch[i];
            if (branch[i] > branch[largest]) {
                largest = i;
            }
        }
        branch[largest] += (short) (UNITY - total);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
    }

    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 40; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
