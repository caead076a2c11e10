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

    /** TLS handshakes that were agreed on, of connections taken and opened. */
    public final LongAdder tlsHandshakes = new LongAdder();

    /** TLS handshakes begun and not yet over. */
    public final LongAdder tlsUnderWay = new LongAdder();

    /** TLS handshakes broken off because they took too long. */
    public final LongAdder tlsTimeouts = new LongAdder();

    /** TLS handshakes that one side refused: nothing in common, a certificate that isn't accepted, no TLS at all. */
    public final LongAdder tlsRefused = new LongAdder();

    /** TLS handshakes in which the connection went away. */
    public final LongAdder tlsCutOff = new LongAdder();

    /** Connections closed because the peer read too slowly. */
    public final LongAdder slowPeers = new LongAdder();

    /** Connections closed because unfinished messages together took too much memory. */
    public final LongAdder hoarders = new LongAdder();
}
