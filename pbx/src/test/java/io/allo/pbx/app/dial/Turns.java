package io.allo.pbx.app.dial;

import io.allo.core.timer.Clock;
import io.allo.io.loop.CallThreads;
import io.allo.io.loop.Parker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** Virtual time for several calls: each on a thread of its own, one at a time; waiting moves the clock to what comes next. */
public final class Turns implements Clock, CallThreads {
    private static final long START_MILLIS =
            Instant.parse("2026-11-20T11:00:00Z").toEpochMilli();

    private final TreeMap<Long, Runnable> planned = new TreeMap<>();
    private final List<Seat> seats = new ArrayList<>();
    private final Semaphore table = new Semaphore(0);
    private long nanos;
    private Throwable fault;

    private final class Seat implements Parker {
        private final Semaphore turn = new Semaphore(0);
        private volatile boolean permit = true;
        private volatile boolean over = true;
        private volatile long deadlineNanos;

        @Override
        public void park(long deadline) {
            if (permit) {
                permit = false;
                return;
            }
            deadlineNanos = deadline;
            table.release();
            turn.acquireUninterruptibly();
            permit = false;
        }

        @Override
        public void unpark() {
            permit = true;
        }

        boolean isReady() {
            return !over && (permit || deadlineNanos <= nanos);
        }
    }

    /** Does something so many milliseconds from now. */
    public void after(long ms, Runnable action) {
        long at = nanos + ms * 1_000_000;
        while (planned.containsKey(at)) at++;
        planned.put(at, action);
    }

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
        return new Seat();
    }

    @Override
    public void start(String name, Parker parker, Runnable script) {
        var seat = (Seat) parker;
        seat.over = false;
        seats.add(seat);
        Thread.ofVirtual().name(name).start(() -> {
            seat.turn.acquireUninterruptibly();
            seat.permit = false;
            try {
                script.run();
            } catch (Throwable broken) {
                fault = broken;
            } finally {
                seat.over = true;
                table.release();
            }
        });
    }

    /** Lets all calls run to their ends. */
    public void run() {
        while (true) {
            var ready = seats.stream().filter(Seat::isReady).findFirst().orElse(null);
            if (ready != null) {
                ready.turn.release();
                table.acquireUninterruptibly();
                if (fault != null) throw new AssertionError(fault);
            } else if (seats.stream().allMatch(seat -> seat.over)) {
                return;
            } else {
                advance();
            }
        }
    }

    private void advance() {
        var deadline = seats.stream()
                .filter(seat -> !seat.over)
                .mapToLong(seat -> seat.deadlineNanos)
                .min()
                .orElse(Long.MAX_VALUE);
        var next = planned.firstEntry();
        if (next != null && next.getKey() <= deadline) {
            planned.pollFirstEntry();
            nanos = Math.max(nanos, next.getKey());
            next.getValue().run();
        } else if (deadline == Long.MAX_VALUE) {
            throw new AssertionError("a call would wait for ever");
        } else {
            nanos = Math.max(nanos, deadline);
        }
    }
}
