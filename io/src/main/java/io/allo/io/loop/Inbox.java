package io.allo.io.loop;

import io.allo.core.timer.Clock;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the thread of a loop, in the order in which it came. Any thread adds; one thread, the owner, takes and waits.
 *
 * <p>Two limits: beyond {@code limit}, {@link #offer} refuses what can be lost or sent again (datagrams, a stream's next message);
 * beyond {@value #RESERVE} times as much, {@link #add} throws, since then whoever adds is faster than the loop for good.
 */
public final class Inbox<T> {

    /** How many times its limit the inbox holds of what must not be lost. */
    public static final int RESERVE = 8;

    private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger highest = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final int limit;
    private final Clock clock;
    private volatile @Nullable Thread waiter;

    /** An empty inbox for {@code limit} items; {@code clock} measures the waiting. */
    public Inbox(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** Adds what may be lost. Returns whether there was room. */
    public boolean offer(T item) {
        if (size.get() >= limit) {
            refused.increment();
            return false;
        }
        put(item);
        return true;
    }

    /**
     * Adds what must not be lost.
     *
     * @throws IllegalStateException if the inbox holds {@value #RESERVE} times its limit
     */
    public void add(T item) {
        if (size.get() >= (long) limit * RESERVE) {
            refused.increment();
            throw new IllegalStateException("inbox overflow: " + size.get() + " waiting");
        }
        put(item);
    }

    /** Takes the first, null if there is none. Owner only. */
    public @Nullable T poll() {
        var item = queue.poll();
        if (item != null) {
            size.decrementAndGet();
        }
        return item;
    }

    /** Waits until something is there or the clock reaches {@code deadlineNanos} (Long.MAX_VALUE: never). Owner only. */
    public void await(long deadlineNanos) {
        waiter = Thread.currentThread();
        try {
            while (queue.isEmpty()) {
                if (deadlineNanos == Long.MAX_VALUE) {
                    LockSupport.park(this);
                } else {
                    var leftNanos = deadlineNanos - clock.nanoTime();
                    if (leftNanos <= 0) {
                        return;
                    }
                    LockSupport.parkNanos(this, leftNanos);
                }
                if (Thread.interrupted()) {
                    return;
                }
            }
        } finally {
            waiter = null;
        }
    }

    /** How many wait now. Any thread. */
    public int size() {
        return size.get();
    }

    /** The most that ever waited. Any thread. */
    public int highest() {
        return highest.get();
    }

    /** How many were refused since the start. Any thread. */
    public long refused() {
        return refused.sum();
    }

    private void put(T item) {
        var now = size.incrementAndGet();
        if (now > highest.get()) {
            highest.accumulateAndGet(now, Math::max);
        }
        queue.add(item);
        var sleeping = waiter;
        if (sleeping != null) {
            LockSupport.unpark(sleeping);
        }
    }
}
