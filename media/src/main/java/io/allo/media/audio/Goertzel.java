package io.allo.media.audio;

/**
 * The energy of one frequency, by Goertzel's recursion: one term of a Fourier transform of any length. Owned by its detector.
 */
final class Goertzel {
    private final double factor;
    private final double cos;
    private final double sin;
    private double s1;
    private double s2;
    private double real;
    private double imaginary;

    Goertzel(double hz, int sampleRate) {
        double w = 2 * Math.PI * hz / sampleRate;
        cos = Math.cos(w);
        sin = Math.sin(w);
        factor = 2 * cos;
    }

    void accept(short[] pcm, int off, int n) {
        double a = s1;
        double b = s2;
        for (int i = off; i < off + n; i++) {
            double s = pcm[i] + factor * a - b;
            b = a;
            a = s;
        }
        s1 = a;
        s2 = b;
    }

    /** Ends the block: its sum of x(n) e^(-jwn), with the phase counted back from the block's last sample, is in {@link #real}. */
    void finish() {
        real = s1 - s2 * cos;
        imaginary = s2 * sin;
        s1 = 0;
        s2 = 0;
    }

    double real() {
        return real;
    }

    double imaginary() {
        return imaginary;
    }

    /** The squared absolute value of the sum. A sine wave of this frequency and amplitude A gives (A n / 2)^2. */
    double power() {
        return real * real + imaginary * imaginary;
    }
}
