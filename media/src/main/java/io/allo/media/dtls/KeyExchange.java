package io.allo.media.dtls;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The handshake on one UDP port of a call, which needs time and a thread that the media loop has not: begun and fed by the loop,
 * its {@link HandshakeOutcome} comes back as a task of the loop. Nothing here blocks.
 */
public interface KeyExchange {

    /** No handshake is possible: nothing happens. */
    KeyExchange NONE = new KeyExchange() {
        @Override
        public void begin(DtlsAgreement agreement, InetSocketAddress named) {
            // the stream stays silent
        }

        @Override
        public void received(ByteBuffer packet, InetSocketAddress from) {
            // nobody waits for it
        }

        @Override
        public void close() {
            // nothing to end
        }
    };

    /** Begins a handshake with whoever is at this address; one that runs or has ended before is forgotten. */
    void begin(DtlsAgreement agreement, InetSocketAddress named);

    /** A packet with a first byte from 20 to 63 (RFC 7983 7) came from an address that the call has named or shown; it is copied. */
    void received(ByteBuffer packet, InetSocketAddress from);

    /** The port is given back. */
    void close();
}
