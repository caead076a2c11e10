package io.allo.media.mix;

/**
 * Brings a sum of voices into 16 bits without clipping. What fits is not touched. When a frame does not fit the level falls within 2
 * ms to where its loudest sample does, with what sticks out meanwhile bent softly under the limit; it stays there for a while and rises so
 * slowly (5 dB a second) that nobody hears it breathe. Owned by the media loop; allocates nothing.
 */
final class Limiter {

    /** Where the loudest sample of a frame that did not fit comes to lie: 2 dB are left for what G.722 and filters make higher. */
    static final int CEILING = 26_000;

    /** What sticks out of a frame's beginning comes to lie within so much above it. */
    private static final int ROOM = 4_000;

    private static final int ATTACKS_PER_SECOND = 500;
    private static final int HOLD_TICKS = 15;

    /** 0.1 dB. */
    private static final float RISE = 1.0116f;

    private float gain = 1;
    private int hold;

    /** Goes on where another one is. */
    void follow(Limiter other) {
        gain = other.gain;
        hold = other.hold;
    }

    /** Writes {@code count} samples of {@code sum} at {@code rate} Hz as 16 bits. */
    void limit(int[] sum, short[] out, int count, int rate) {
        var peak = peak(sum, count);
        if (gain == 1 && peak <= Short.MAX_VALUE) {
            for (var i = 0; i < count; i++) {
                out[i] = (short) sum[i];
            }
            return;
        }
        var from = gain;
        var fits = peak > CEILING ? (float) CEILING / peak : 1;
        if (fits < from) {
            hold = HOLD_TICKS;
            gain = fits;
            write(sum, out, count, from, Math.max(1, Math.min(count, rate / ATTACKS_PER_SECOND)));
        } else if (hold > 0) {
            hold--;
            write(sum, out, count, from, 1);
        } else {
            gain = Math.min(Math.min(fits, 1), from * RISE);
            write(sum, out, count, from, count);
        }
    }

    /** The level goes from {@code from} to {@link #gain} within the first {@code ramp} samples. */
    private void write(int[] sum, short[] out, int count, float from, int ramp) {
        var step = (gain - from) / ramp;
        for (var i = 0; i < ramp; i++) {
            out[i] = bent(sum[i] * (from + step * (i + 1)));
        }
        for (var i = ramp; i < count; i++) {
            out[i] = bent(sum[i] * gain);
        }
    }

    /** As it is up to the ceiling, above it on a curve that never reaches 30000. */
    private static short bent(float x) {
        var over = Math.abs(x) - CEILING;
        if (over <= 0) {
            return (short) x;
        }
        var bent = CEILING + ROOM * over / (ROOM + over);
        return (short) (x < 0 ? -bent : bent);
    }

    private static int peak(int[] sum, int count) {
        var peak = 0;
        for (var i = 0; i < count; i++) {
            peak = Math.max(peak, Math.abs(sum[i]));
        }
        return peak;
    }
}
