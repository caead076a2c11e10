package io.allo.io.loop;

import io.allo.core.timer.Clock;

/** The machine's own clocks. Any thread. */
public final class SystemClock implements Clock {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }
}
