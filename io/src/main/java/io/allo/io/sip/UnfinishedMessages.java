package io.allo.io.sip;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all connections together hold of messages whose end has not come. Each may hold {@code maxMessageBytes}, but not ten thousand at once:
 * that would be more memory than there is. Whoever holds little goes on whatever the others do. Any thread.
 */
final class UnfinishedMessages {

    /** What a connection may always hold: more than a phone's longest message. */
    static final int SMALL_BYTES = 16_384;

    /** What strangers may fill. */
    static final long STRANGERS_BYTES = 32L << 20;

    /** What strangers and phones may fill. */
    static final long ALL_BYTES = 64L << 20;

    private final AtomicLong held = new AtomicLong();

    /** A connection that held {@code before} bytes now holds {@code now}; whether it may. */
    boolean change(int before, int now, boolean known) {
        var total = held.addAndGet(now - before);
        return now <= before || now <= SMALL_BYTES || total <= (known ? ALL_BYTES : STRANGERS_BYTES);
    }

    /** Bytes held, for metrics. */
    long bytes() {
        return held.get();
    }
}
