package io.allo.pbx.event;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells every reader of every security event, on the thread of whoever reports it. A reader only takes note: it never blocks, throws or
 * calls back.
 */
public final class SecurityBus {

    private final CopyOnWriteArrayList<Consumer<SecurityEvent>> readers = new CopyOnWriteArrayList<>();

    /** Adds a reader. */
    public void subscribe(Consumer<SecurityEvent> reader) {
        readers.add(reader);
    }

    /** Tells all readers, in the order in which they subscribed. */
    public void publish(SecurityEvent event) {
        for (var reader : readers) {
            reader.accept(event);
        }
    }
}
