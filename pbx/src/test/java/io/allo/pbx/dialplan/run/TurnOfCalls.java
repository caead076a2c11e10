package io.allo.pbx.dialplan.run;

import io.allo.core.timer.Clock;
import io.allo.io.loop.CallThreads;
import io.allo.io.loop.Parker;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Virtual time for one call: its script runs on the test's thread, and waiting moves the clock to what comes next. */
public final class TurnOfCalls implements Clock, CallThreads {
    private static final long START_MILLIS =
            Instant.parse("2026-11-20T11:00:00Z").toEpochMilli();

    private final TreeMap<Long, Runnable> planned = new TreeMap<>();
    private long nanos;
    private boolean permit;

    /** Does something when so many milliseconds have passed. */
    public void after(long ms, Runnable action) {
        long at = ms * 1_000_000;
        while (planned.containsKey(at)) at++;
        planned.put(at, action);
    }

    /** How far the clock was moved. */
    public long elapsedMs() {
        return nanos / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return START_MILLIS + elapsedMs();
    }

    @Override
    public Parker newParker() {
        return new Parker() {
            @Override
            public void park(long deadlineNanos) {
                if (!permit) advance(deadlineNanos);
                permit = false;
            }

            @Override
            public void unpark() {
                permit = true;
            }
        };
    }

    private void advance(long deadlineNanos) {
        Map.Entry<Long, Runnable> next = planned.firstEntry();
        if (next != null && next.getKey() <= deadlineNanos) {
            planned.pollFirstEntry();
            nanos = Math.max(nanos, next.getKey());
            next.getValue().run();
        } else if (deadlineNanos == Long.MAX_VALUE) {
            throw new AssertionError("the call would wait for ever");
        } else {
            nanos = Math.max(nanos, deadlineNanos);
        }
    }

    @Override
    public void start(String name, Parker parker, Runnable script) {
        script.run();
    }
}
