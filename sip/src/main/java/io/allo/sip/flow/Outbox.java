package io.allo.sip.flow;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What one step of a machine wants done, in order: the step adds, the driver drains after it. Owned by the thread that runs the step;
 * made once and reused, it allocates nothing once it has reached its size.
 */
public final class Outbox<E> {
    private static final int FIRST_CAPACITY = 16;

    private Object[] items = new Object[FIRST_CAPACITY];
    private int size;

    /** Adds {@code item} last. */
    public void add(E item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    /** Hands every item to {@code action} in order, those added meanwhile too, and leaves the outbox empty, even if an action throws. */
    @SuppressWarnings("unchecked")
    public void drain(Consumer<? super E> action) {
        try {
            for (int i = 0; i < size; i++) {
                action.accept((E) items[i]);
            }
        } finally {
            clear();
        }
    }

    /** The item at {@code index}, 0 being the first added. */
    @SuppressWarnings("unchecked")
    public E at(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index " + index + " of " + size);
        }
        return (E) items[index];
    }

    /** How many items wait. */
    public int size() {
        return size;
    }

    /** Whether no item waits. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Drops every item. */
    public void clear() {
        Arrays.fill(items, 0, size, null);
        size = 0;
    }

    @Override
    @SuppressWarnings("unchecked")
    public String toString() {
        return Arrays.asList(Arrays.copyOf(items, size)).toString();
    }
}
