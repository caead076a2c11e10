package io.allo.io.sip;

import java.util.concurrent.atomic.LongAdder;

/** What the transports have counted since the start, over all of them. Any thread. */
public final class SipCounters {
    /** Messages that came. */
    public final LongAdder received = new LongAdder();

    /** Messages sent. */
    public final LongAdder sent = new LongAdder();

    /** What came and was no message. */
    public final LongAdder malformed = new LongAdder();

    /** Datagrams lost because the loop's inbox was full. */
    public final LongAdder lost = new LongAdder();

    /** Keep-alives that came: CRLF over a connection, empty datagrams. */
    public final LongAdder keepAlives = new LongAdder();

    /** Connections taken or opened. */
    public final LongAdder connections = new LongAdder();

    /** Connections refused because of a limit. */
    public final LongAdder connectionsRefused = new LongAdder();

    /** Connections closed because the peer read too slowly. */
    public final LongAdder slowPeers = new LongAdder();
}
