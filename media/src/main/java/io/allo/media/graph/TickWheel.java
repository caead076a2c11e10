package io.allo.media.graph;

import java.util.Arrays;

/**
 * Ports that send sound of our own making, by the millisecond in which their next frame is due. A wheel of 64 slots of one
 * millisecond; a port is in at most one slot. Owned by the media loop; no allocation once its slots have grown.
 */
final class TickWheel {

    static final long SLOT_NANOS = 1_000_000L;
    private static final int SLOTS = 64;

    private final MediaPort[][] slots = new MediaPort[SLOTS][4];
    private final int[] sizes = new int[SLOTS];
    private MediaPort[] due = new MediaPort[16];
    private long doneMs = Long.MIN_VALUE;
    private int count;

    /** Adds a port whose {@link MediaPort#tickDueNanos} is at most 60 ms ahead. */
    void add(MediaPort port) {
        var slot = (int) Math.floorMod(port.tickDueNanos / SLOT_NANOS, (long) SLOTS);
        if (sizes[slot] == slots[slot].length) {
            slots[slot] = Arrays.copyOf(slots[slot], sizes[slot] * 2);
        }
        slots[slot][sizes[slot]++] = port;
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** When the next port is due at the earliest; Long.MAX_VALUE if none ticks. */
    long nextNanos() {
        if (count == 0) {
            return Long.MAX_VALUE;
        }
        for (var ms = doneMs + 1; ms <= doneMs + SLOTS; ms++) {
            if (sizes[(int) Math.floorMod(ms, (long) SLOTS)] > 0) {
                return ms * SLOT_NANOS;
            }
        }
        return (doneMs + 1) * SLOT_NANOS;
    }

    /** Takes out the ports that are due and has each tick; those that still tick come back by themselves. */
    void advance(long nowNanos) {
        var nowMs = nowNanos / SLOT_NANOS;
        if (doneMs == Long.MIN_VALUE || nowMs - doneMs > SLOTS) {
            doneMs = nowMs - SLOTS;
        }
        while (doneMs < nowMs) {
            doneMs++;
            var slot = (int) Math.floorMod(doneMs, (long) SLOTS);
            var size = sizes[slot];
            if (size == 0) {
                continue;
            }
            if (due.length < size) {
                due = new MediaPort[Integer.highestOneBit(size) * 2];
            }
            System.arraycopy(slots[slot], 0, due, 0, size);
            Arrays.fill(slots[slot], 0, size, null);
            sizes[slot] = 0;
            count -= size;
            for (var i = 0; i < size; i++) {
                due[i].tickCame(nowNanos);
            }
        }
    }
}
