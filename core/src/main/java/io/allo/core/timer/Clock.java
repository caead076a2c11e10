package io.allo.core.timer;

/**
 * The time, as a seam: the machine's clocks in production, virtual time in a simulation. Any thread.
 *
 * <p>Deadlines are compared on {@link #nanoTime()} alone; {@link #epochMillis()} is for what people read.
 */
public interface Clock {

    /** Nanoseconds on a clock that never goes back; only differences mean anything. */
    long nanoTime();

    /** Milliseconds since 1970-01-01T00:00Z on the wall's clock, which may be set back. */
    long epochMillis();
}
