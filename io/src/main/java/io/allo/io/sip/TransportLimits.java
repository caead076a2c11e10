package io.allo.io.sip;

/**
 * What a transport puts up with. Sizes in bytes, times in milliseconds.
 *
 * @param maxConnections connections at a time, both directions
 * @param maxConnectionsPerSource connections at a time from one address: an office behind one router has many phones
 * @param maxConnectionsPerStranger the same for an address with no registered phone and no password proved
 * @param maxMessageBytes the largest message of a stream; a datagram is never larger than 65,507
 * @param writeQueueBytes what may wait to be written to one slow peer before its connection is closed
 * @param connectTimeoutMs until a connection that we open is there
 * @param handshakeTimeoutMs until TLS is agreed on
 * @param messageTimeoutMs from the first byte of a message to its last
 * @param idleTimeoutMs without a byte from the peer, keep-alives counted, until the connection is closed
 * @param strangerIdleTimeoutMs the same for an address with no registered phone and no password proved
 * @param keepAliveIntervalMs between the pings that we send over a connection, 0 for none ({@code keep_alive_interval})
 */
public record TransportLimits(
        int maxConnections,
        int maxConnectionsPerSource,
        int maxConnectionsPerStranger,
        int maxMessageBytes,
        int writeQueueBytes,
        int connectTimeoutMs,
        int handshakeTimeoutMs,
        int messageTimeoutMs,
        int idleTimeoutMs,
        int strangerIdleTimeoutMs,
        int keepAliveIntervalMs) {

    /** 10,000 connections, 1,000 from one address, 200 from a stranger's, 256 KiB a message, one hour idle, a stranger one minute, a ping every 90 s as Asterisk sends them. */
    public static final TransportLimits DEFAULT =
            new TransportLimits(10_000, 1_000, 200, 1 << 18, 1 << 20, 5_000, 10_000, 32_000, 3_600_000, 60_000, 90_000);

    /** With as many connections as the door lets in: its limits may change while the transport is open. */
    public TransportLimits withConnectionsOfDoor() {
        return new TransportLimits(
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                maxMessageBytes,
                writeQueueBytes,
                connectTimeoutMs,
                handshakeTimeoutMs,
                messageTimeoutMs,
                idleTimeoutMs,
                strangerIdleTimeoutMs,
                keepAliveIntervalMs);
    }

    /** What a TLS connection takes of the heap, with room to spare. */
    private static final long CONNECTION_BYTES = 1 << 18;

    /** However small the heap is, so many strangers get in. */
    private static final int LEAST_FOR_STRANGERS = 200;

    /**
     * Up to how many connections of these a stranger is still let in: a fifth is kept for addresses that are known, and connections that nobody has
     * answered for may take no more than a heap of that size bears.
     */
    static int strangersShare(int maxConnections, long heapBytes) {
        var most = (int) Math.min(maxConnections * 4L / 5, heapBytes / CONNECTION_BYTES);
        return Math.min(maxConnections, Math.max(LEAST_FOR_STRANGERS, most));
    }

    /** With another {@code keep_alive_interval}. */
    public TransportLimits withKeepAliveIntervalMs(int intervalMs) {
        return new TransportLimits(
                maxConnections,
                maxConnectionsPerSource,
                maxConnectionsPerStranger,
                maxMessageBytes,
                writeQueueBytes,
                connectTimeoutMs,
                handshakeTimeoutMs,
                messageTimeoutMs,
                idleTimeoutMs,
                strangerIdleTimeoutMs,
                intervalMs);
    }
}
