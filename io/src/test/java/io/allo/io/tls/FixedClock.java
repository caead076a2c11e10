package io.allo.io.tls;

import io.allo.core.timer.Clock;
import java.time.Instant;

/** A clock that stands still. */
record FixedClock(Instant instant) implements Clock {

    static FixedClock today() {
        return new FixedClock(Instant.now());
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public long epochMillis() {
        return instant.toEpochMilli();
    }
}
