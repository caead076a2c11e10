package io.allo.pbx.dialplan.run;

import java.util.concurrent.TimeUnit;

/** Notices a dialplan that runs in a circle without ever waiting. Owned by one run of a call. */
final class StepMeter {
    /** How many priorities may run within the window. */
    static final int MAX_STEPS = 100_000;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long windowStart;
    private int steps;

    /** Counts a priority; true when there were too many of late. */
    boolean isExceeded(long nowNanos) {
        if (steps == 0 || nowNanos - windowStart > WINDOW_NANOS) {
            windowStart = nowNanos;
            steps = 0;
        }
        return ++steps > MAX_STEPS;
    }
}
