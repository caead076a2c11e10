package io.allo.sim;

import io.allo.core.timer.Clock;

/** Virtual time: it stands still while something runs and jumps to the next step. Set by the world, read by any thread. */
public final class SimClock implements Clock {

    /** Nanoseconds at which a world begins. */
    public static final long BEGINNING_NANOS = 1_000_000_000L;

    /** What the wall's clock says then: 2026-01-05T08:00:00Z, a Monday. */
    public static final long BEGINNING_EPOCH_MS = 1_767_600_000_000L;

    private volatile long nowNanos = BEGINNING_NANOS;

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public long epochMillis() {
        return epochMillis(nowNanos);
    }

    /** What the wall's clock says at a moment of {@link #nanoTime}. */
    public static long epochMillis(long nanos) {
        return BEGINNING_EPOCH_MS + (nanos - BEGINNING_NANOS) / 1_000_000L;
    }

    void moveTo(long nanos) {
        if (nanos < nowNanos) {
            throw new IllegalStateException("time runs backwards: " + nowNanos + " to " + nanos);
        }
        nowNanos = nanos;
    }
}
