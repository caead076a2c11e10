package io.allo.core.timer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines by key: at most one for each key, the earliest comes out first, those of one deadline in the order they were
 * scheduled. Owned by one thread.
 *
 * <p>An indexed binary heap: schedule, reschedule, cancel and poll take O(log n), looking at the next deadline O(1). Keys
 * are told apart by {@code equals}. Moving a key's deadline allocates nothing.
 */
public final class TimerQueue<T> {

    private static final int FIRST_CAPACITY = 16;

    /** One key and its deadline; {@code place} is its index in the heap. */
    private static final class Timer<T> {
        final T key;
        long deadlineNanos;
        long order;
        int place;

        Timer(T key) {
            this.key = key;
        }

        boolean isBefore(Timer<T> other) {
            return deadlineNanos != other.deadlineNanos ? deadlineNanos < other.deadlineNanos : order < other.order;
        }
    }

    private final HashMap<T, Timer<T>> byKey = new HashMap<>();
    private @Nullable Timer<T>[] heap = newHeap(FIRST_CAPACITY);
    private int size;
    private long nextOrder;

    /**
     * Makes {@code key} due at {@code deadlineNanos}. If the key was scheduled before, its deadline moves.
     * {@link Long#MAX_VALUE} means never: the key is taken out.
     */
    public void schedule(T key, long deadlineNanos) {
        if (deadlineNanos == Long.MAX_VALUE) {
            cancel(key);
            return;
        }
        var timer = byKey.get(key);
        if (timer == null) {
            timer = new Timer<>(key);
            byKey.put(key, timer);
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            timer.place = size++;
        } else if (timer.deadlineNanos == deadlineNanos) {
            return;
        }
        timer.deadlineNanos = deadlineNanos;
        timer.order = nextOrder++;
        settle(timer);
    }

    /** Takes {@code key} out. Returns whether it was scheduled. */
    public boolean cancel(T key) {
        var timer = byKey.remove(key);
        if (timer == null) {
            return false;
        }
        removeFromHeap(timer);
        return true;
    }

    /** Returns the deadline of {@code key} in nanoseconds, {@link Long#MAX_VALUE} if it is not scheduled. */
    public long deadlineNanos(T key) {
        var timer = byKey.get(key);
        return timer == null ? Long.MAX_VALUE : timer.deadlineNanos;
    }

    /** Returns the earliest deadline in nanoseconds, {@link Long#MAX_VALUE} if nothing is scheduled. */
    public long nextDeadlineNanos() {
        return size == 0 ? Long.MAX_VALUE : at(0).deadlineNanos;
    }

    /**
     * Takes out and returns the key that has been due longest, if one is due at {@code nowNanos}; else {@code null}. Call
     * until it returns {@code null}; between calls the queue may be changed.
     */
    public @Nullable T pollExpired(long nowNanos) {
        if (size == 0) {
            return null;
        }
        var first = at(0);
        if (first.deadlineNanos > nowNanos) {
            return null;
        }
        byKey.remove(first.key);
        removeFromHeap(first);
        return first.key;
    }

    /**
     * Returns the key that has been due longest, if one is due at {@code nowNanos}, and leaves it in; else {@code null}. For
     * keys that are due again and again: {@link #schedule} then moves the deadline and allocates nothing.
     */
    public @Nullable T peekExpired(long nowNanos) {
        if (size == 0) {
            return null;
        }
        var first = at(0);
        return first.deadlineNanos > nowNanos ? null : first.key;
    }

    /** Returns how many keys are scheduled. */
    public int size() {
        return size;
    }

    /** Returns whether nothing is scheduled. */
    public boolean isEmpty() {
        return size == 0;
    }

    private void removeFromHeap(Timer<T> gone) {
        var last = at(--size);
        heap[size] = null;
        if (last != gone) {
            last.place = gone.place;
            settle(last);
        }
    }

    /** Puts {@code timer}, at whose place the heap may be out of order, where it belongs. */
    private void settle(Timer<T> timer) {
        int start = timer.place;
        int hole = start;
        while (hole > 0 && timer.isBefore(at((hole - 1) >>> 1))) {
            int parent = (hole - 1) >>> 1;
            put(at(parent), hole);
            hole = parent;
        }
        if (hole == start) {
            hole = holeBelow(timer);
        }
        put(timer, hole);
    }

    /** Lets the earlier children of {@code timer}'s place rise. Returns the place that is free after that. */
    private int holeBelow(Timer<T> timer) {
        int hole = timer.place;
        int child = 2 * hole + 1;
        while (child < size) {
            if (child + 1 < size && at(child + 1).isBefore(at(child))) {
                child++;
            }
            if (!at(child).isBefore(timer)) {
                break;
            }
            put(at(child), hole);
            hole = child;
            child = 2 * hole + 1;
        }
        return hole;
    }

    private void put(Timer<T> timer, int place) {
        heap[place] = timer;
        timer.place = place;
    }

    private Timer<T> at(int place) {
        return Objects.requireNonNull(heap[place]);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // only timers of this queue ever go in
    private static <T> @Nullable Timer<T>[] newHeap(int capacity) {
        return (@Nullable Timer<T>[]) new Timer[capacity];
    }
}
