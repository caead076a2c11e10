package io.allo.media.audio;

/** Makes the samples of a {@link Tone}. Owned by one thread; allocates nothing after construction. */
public final class ToneGenerator {
    private final boolean modulated;
    private final Oscillator one;
    private final Oscillator two;

    /** Begins a tone at phase 0. */
    public ToneGenerator(Tone tone, int sampleRate) {
        modulated = tone.modulated();
        one = new Oscillator(tone.hz1(), Tone.amplitude(tone.level1Dbm0()), sampleRate);
        two = new Oscillator(tone.hz2(), modulated ? 1 : Tone.amplitude(tone.level2Dbm0()), sampleRate);
    }

    /** Writes the next {@code n} samples. */
    public void fill(short[] pcm, int off, int n) {
        for (int i = 0; i < n; i++) {
            double a = one.next();
            double b = two.next();
            double sum = modulated ? a * (1 + b) / 2 : a + b;
            pcm[off + i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    /** y(n) = 2 cos(w) y(n-1) - y(n-2): a sine wave by recursion. In doubles it stays true for days. */
    private static final class Oscillator {
        private final double factor;
        private double before;
        private double now;

        Oscillator(double hz, double amplitude, int sampleRate) {
            double w = hz <= 0 ? 0 : 2 * Math.PI * hz / sampleRate;
            factor = 2 * Math.cos(w);
            now = 0;
            before = hz <= 0 ? 0 : -Math.sin(w) * amplitude;
        }

        double next() {
            double out = now;
            now = factor * out - before;
            before = out;
            return out;
        }
    }
}
