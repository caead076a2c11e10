package io.allo.conformance.sound;

import java.util.Arrays;

/** How strong one frequency is in a sound in which there are several. Pure. */
public final class ToneLevel {

    /** Two tones 20 Hz apart are told from each other. */
    private static final int WINDOW_MS = 250;

    private ToneLevel() {}

    /**
     * The amplitude of a tone in the last part of a sound, on the scale of 16-bit PCM: one term of the Fourier transform under a Hann
     * window, the median of windows of 250 ms. So a marker, or a packet that a busy phone left out, changes nothing.
     *
     * @param lastMs how much of the end of the sound is looked at
     */
    public static double of(WavSound sound, int hz, long lastMs) {
        int size = sound.rateHz() * WINDOW_MS / 1000;
        int count = (int) Math.min(sound.samples().length, lastMs * sound.rateHz() / 1000);
        var levels = new double[2 * count / size];
        for (int w = 0; w < levels.length; w++) {
            int from = sound.samples().length - count + w * size / 2;
            levels[w] = from + size > sound.samples().length ? 0 : level(sound, hz, from, size);
        }
        Arrays.sort(levels);
        return levels.length == 0 ? 0 : levels[levels.length / 2];
    }

    private static double level(WavSound sound, int hz, int from, int size) {
        double real = 0;
        double imaginary = 0;
        double weights = 0;
        for (int i = 0; i < size; i++) {
            double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
            double angle = 2 * Math.PI * hz * i / sound.rateHz();
            real += weight * sound.samples()[from + i] * Math.cos(angle);
            imaginary += weight * sound.samples()[from + i] * Math.sin(angle);
            weights += weight;
        }
        return 2 * Math.hypot(real, imaginary) / weights;
    }
}
