package io.allo.sim;

import io.allo.core.random.RandomSource;

/**
 * An inbox between two threads of the server: what is posted is done in order, each a little later by the seed, as threads
 * are scheduled. Whoever has the turn.
 */
final class Lane {

    private final SimQueue queue;
    private final RandomSource random;
    private final int latencyNanos;
    private long lastNanos;

    Lane(SimQueue queue, RandomSource random, int latencyNanos) {
        this.queue = queue;
        this.random = random;
        this.latencyNanos = latencyNanos;
    }

    void post(Runnable action) {
        var delay = latencyNanos == 0 ? 0 : random.nextInt(latencyNanos);
        lastNanos = Math.max(lastNanos, queue.now() + delay);
        queue.at(lastNanos, action);
    }
}
