package io.allo.media.mix;

/**
 * How a room mixes. Immutable.
 *
 * @param fixedRate Hz at which it always mixes: 8000, 16000 or 48000; 0 for what its members' codecs need
 * @param mostRate Hz above which it never mixes, 0 for no limit
 */
public record MixSettings(int fixedRate, int mostRate) {

    /** At the rate that the members need. */
    public static final MixSettings AUTO = new MixSettings(0, 0);

    /** The rate at which to mix when the best of the members' codecs samples at {@code wanted} Hz. */
    public int rate(int wanted) {
        if (fixedRate > 0) {
            return rung(fixedRate);
        }
        var most = mostRate <= 0 || mostRate >= 48_000 ? 48_000 : mostRate >= 16_000 ? 16_000 : 8_000;
        return Math.min(rung(wanted), most);
    }

    private static int rung(int hz) {
        return hz <= 8_000 ? 8_000 : hz <= 16_000 ? 16_000 : 48_000;
    }
}
