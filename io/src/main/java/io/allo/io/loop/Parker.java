package io.allo.io.loop;

/**
 * The one place in which a call's thread waits. In production it parks the thread; a simulation hands the turn to whoever
 * is next, so that at most one thread runs at a time and every run is the same.
 */
public interface Parker {

    /**
     * Waits until {@link #unpark()} was called since the last return, or until the clock has reached {@code deadlineNanos}
     * ({@link Long#MAX_VALUE}: no deadline). May return early without a reason; the caller looks again. Called by the
     * owner only.
     */
    void park(long deadlineNanos);

    /** Lets the owner go on, now or at its next {@link #park}. Any thread; never blocks. */
    void unpark();
}
