package io.allo.sip.flow;

import io.allo.sip.address.HostPort;

/**
 * The name of a socket (UDP: with the peer's address) or of a connection: what a message came over and what its answer goes back over.
 * {@code transport} is one of the constants here; local and remote are addresses in text with their ports; {@code id} is unique to the
 * connection while the process runs, so that a new connection between the same ports is another flow. RFC 5626 section 3.1.
 */
public record Flow(String transport, HostPort local, HostPort remote, long id) {
    /** The id of a flow remembered from an earlier run: its connection is gone, its UDP socket may have been bound again. */
    public static final long REMEMBERED = 0;

    /** Datagrams. RFC 3261 section 18. */
    public static final String UDP = "UDP";
    /** A byte stream. RFC 3261 section 18. */
    public static final String TCP = "TCP";
    /** A byte stream under TLS. RFC 3261 section 26.2. */
    public static final String TLS = "TLS";
    /** A WebSocket. RFC 7118. */
    public static final String WS = "WS";
    /** A WebSocket under TLS. RFC 7118. */
    public static final String WSS = "WSS";

    /** Whether the transport delivers in order or fails: every one but UDP. */
    public boolean isReliable() {
        return !transport.equals(UDP);
    }

    /** Whether what travels is protected by TLS. */
    public boolean isSecure() {
        return transport.equals(TLS) || transport.equals(WSS);
    }

    /** Whether the transport is a connection that carries a byte stream to be framed by {@code Content-Length}. */
    public boolean isStream() {
        return transport.equals(TCP) || transport.equals(TLS);
    }

    /** The port meant where none is written: 5061 for TLS, 80 and 443 for WebSockets, otherwise 5060. RFC 3261 section 18.2.2, RFC 7118. */
    public int defaultPort() {
        return switch (transport) {
            case TLS -> 5061;
            case WS -> 80;
            case WSS -> 443;
            default -> 5060;
        };
    }
}
