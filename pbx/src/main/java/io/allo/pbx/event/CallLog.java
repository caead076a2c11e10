package io.allo.pbx.event;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened in one call, in order. A board: appended by the calls that share a linked id, read by any thread. Holds at
 * most {@link #LIMIT} events; what comes after is still told to the bus, and the log says how many it left out.
 */
public final class CallLog {

    /** Events kept of one call. */
    public static final int LIMIT = 10_000;

    private final String linkedId;
    private final EventBus bus;
    private final List<CallEvent> events = new ArrayList<>();
    private long leftOut;
    private int scripts;

    /** An empty log of the call {@code linkedId}; each event also goes to {@code bus}. */
    public CallLog(String linkedId, EventBus bus) {
        this.linkedId = linkedId;
        this.bus = bus;
    }

    /** The unique id of the call's first channel. */
    public String linkedId() {
        return linkedId;
    }

    /** Appends a fact and tells the bus. */
    public void add(CallEvent event) {
        synchronized (events) {
            if (events.size() < LIMIT) {
                events.add(event);
            } else {
                leftOut++;
            }
        }
        bus.publish(event);
    }

    /** A script begins that belongs to this call: the caller's, or that of a Local channel. */
    public void scriptBegan() {
        synchronized (events) {
            scripts++;
        }
    }

    /** A script is over. True for the last: now the call is. */
    public boolean scriptEnded() {
        synchronized (events) {
            scripts--;
            return scripts == 0;
        }
    }

    /** The facts so far, a copy. */
    public List<CallEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** How many facts were not kept because the log was full. */
    public long leftOut() {
        synchronized (events) {
            return leftOut;
        }
    }
}
