package io.allo.io.dtls;

import java.net.InetSocketAddress;

/** Sends a packet of a handshake from its UDP port. Any thread. */
@FunctionalInterface
public interface DtlsSender {

    /** Sends it, or loses it, as networks do. */
    void send(byte[] packet, InetSocketAddress to);
}
