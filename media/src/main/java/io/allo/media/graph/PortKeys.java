package io.allo.media.graph;

import io.allo.media.dtls.KeyExchange;

/** Who makes the handshakes of a port: at its RTP port and at its RTCP port. Immutable. */
public record PortKeys(KeyExchange sound, KeyExchange control) {

    /** No handshakes. */
    public static final PortKeys NONE = new PortKeys(KeyExchange.NONE, KeyExchange.NONE);
}
