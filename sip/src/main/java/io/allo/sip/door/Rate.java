package io.allo.sip.door;

import java.util.concurrent.TimeUnit;

/** So many a second over time, and up to {@code burst} at once after a rest. */
public record Rate(double perSecond, int burst) {
    /** No limit. */
    public static final Rate UNLIMITED = new Rate(1e9, Integer.MAX_VALUE);

    public Rate {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(perSecond + " a second, burst " + burst);
        }
    }

    long intervalNanos() {
        return Math.max(1, (long) (TimeUnit.SECONDS.toNanos(1) / perSecond));
    }

    /** How far ahead of time a bucket may be: the rest of a full burst. */
    long toleranceNanos() {
        return Math.multiplyExact(intervalNanos(), (long) burst - 1);
    }
}
