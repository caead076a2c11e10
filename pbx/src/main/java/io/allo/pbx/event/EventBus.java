package io.allo.pbx.event;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells every reader of every fact, on the thread of whoever reports it. A reader only takes note or posts to its own
 * thread: it never blocks, throws or calls back.
 */
public final class EventBus {

    private final CopyOnWriteArrayList<Consumer<CallEvent>> readers = new CopyOnWriteArrayList<>();

    /** Adds a reader; close what is returned to take it away. */
    public Subscription subscribe(Consumer<CallEvent> reader) {
        readers.add(reader);
        return () -> readers.remove(reader);
    }

    /** Tells all readers, in the order in which they subscribed. */
    public void publish(CallEvent event) {
        for (var reader : readers) {
            reader.accept(event);
        }
    }

    /** A reader's place. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
