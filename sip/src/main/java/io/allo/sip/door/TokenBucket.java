package io.allo.sip.door;

/**
 * A token bucket in one number: the moment at which it would be full again, as the generic cell rate algorithm keeps it (ITU-T I.371 annex A;
 * the same verdicts as counting tokens). Owned by the door.
 */
final class TokenBucket {
    private long fullAtNanos;

    /** Full at {@code nowNanos}. */
    TokenBucket(long nowNanos) {
        fullAtNanos = nowNanos;
    }

    /** Takes a token if there is one. */
    boolean take(Rate rate, long nowNanos) {
        long from = Math.max(fullAtNanos - nowNanos, 0);
        if (from > rate.toleranceNanos()) {
            return false;
        }
        fullAtNanos = nowNanos + from + rate.intervalNanos();
        return true;
    }

    /** Whether fewer than so many tokens are missing. */
    boolean lacksFewerThan(int tokens, Rate rate, long nowNanos) {
        return fullAtNanos - nowNanos < tokens * rate.intervalNanos();
    }
}
