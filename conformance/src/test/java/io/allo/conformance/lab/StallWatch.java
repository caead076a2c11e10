package io.allo.conformance.lab;

import java.util.concurrent.locks.LockSupport;

/** Sees whether the machine lets its programs run: a thread that wants the processor every 5 ms, and how late it got it. Any thread. */
public final class StallWatch implements AutoCloseable {
    private static final long STEP_NANOS = 5_000_000;

    private final Thread thread;
    private volatile boolean watching = true;
    private volatile long longestNanos;

    /** Begins to watch. */
    public StallWatch() {
        thread = Thread.ofPlatform().daemon().name("stall watch").start(this::watch);
    }

    private void watch() {
        long before = System.nanoTime();
        while (watching) {
            LockSupport.parkNanos(STEP_NANOS);
            long now = System.nanoTime();
            longestNanos = Math.max(longestNanos, now - before - STEP_NANOS);
            before = now;
        }
    }

    /** The longest time for which it got no processor, in milliseconds. */
    public long longestMs() {
        return longestNanos / 1_000_000;
    }

    @Override
    public void close() {
        watching = false;
        LockSupport.unpark(thread);
    }
}
