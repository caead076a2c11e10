package io.allo.conformance.sound;

/** How strong one frequency is in a sound in which there are several. Pure. */
public final class ToneLevel {

    private ToneLevel() {}

    /**
     * The amplitude of a tone in the last part of a sound, on the scale of 16-bit PCM: one term of the Fourier transform under a Hann
     * window.
     *
     * @param lastMs how much of the end of the sound is looked at
     */
    public static double of(WavSound sound, int hz, long lastMs) {
        int count = (int) Math.min(sound.samples().length, lastMs * sound.rateHz() / 1000);
        int from = sound.samples().length - count;
        double real = 0;
        double imaginary = 0;
        double weights = 0;
        for (int i = 0; i < count; i++) {
            double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / count);
            double angle = 2 * Math.PI * hz * i / sound.rateHz();
            real += weight * sound.samples()[from + i] * Math.cos(angle);
            imaginary += weight * sound.samples()[from + i] * Math.sin(angle);
            weights += weight;
        }
        return weights == 0 ? 0 : 2 * Math.hypot(real, imaginary) / weights;
    }
}
