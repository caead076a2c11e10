package io.allo.media.recording;

/** Measures how loud a frequency is in a piece of sound. */
final class Ear {
    private Ear() {}

    /** The amplitude of a frequency in these samples. */
    static double amplitude(short[] pcm, int from, int to, int rate, double hertz) {
        double re = 0;
        double im = 0;
        for (var i = from; i < to; i++) {
            var angle = 2 * Math.PI * hertz * i / rate;
            re += pcm[i] * Math.cos(angle);
            im += pcm[i] * Math.sin(angle);
        }
        return 2 * Math.hypot(re, im) / (to - from);
    }

    /** A tone of amplitude 8000. */
    static short[] tone(double hertz, int rate, int from, int samples) {
        var pcm = new short[samples];
        for (var i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(8_000 * Math.sin(2 * Math.PI * hertz * (from + i) / rate));
        }
        return pcm;
    }
}
