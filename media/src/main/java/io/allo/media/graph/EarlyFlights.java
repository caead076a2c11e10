package io.allo.media.graph;

import io.allo.media.dtls.KeyExchange;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * What came for a handshake before the answer that names its sender: a phone that answers says hello at once, and over a connection, or
 * on its way through the queues of this server, the answer is the slower of the two (RFC 5763 5). Without it the phone's first hello
 * would be repeated after a second, and a second of the call be silent. Owned by the media loop.
 */
final class EarlyFlights {

    /** Packets kept, the newest: a hello is one, or with a long list of suites two. Strangers may push them out, which costs that second. */
    static final int MOST = 4;

    /** Longer ones are no hello. */
    static final int MOST_BYTES = 2_048;

    private record Flight(byte[] bytes, InetSocketAddress from) {}

    private final ArrayDeque<Flight> kept = new ArrayDeque<>();

    void keep(ByteBuffer packet, InetSocketAddress from) {
        if (packet.remaining() > MOST_BYTES) {
            return;
        }
        if (kept.size() == MOST) {
            kept.removeFirst();
        }
        var bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        kept.addLast(new Flight(bytes, from));
    }

    /** Hands on what came from addresses that are trusted now, and forgets the rest. */
    void replay(SourceLatch latch, KeyExchange to) {
        for (var flight : kept) {
            if (latch.isTrusted(flight.from)) {
                to.received(ByteBuffer.wrap(flight.bytes), flight.from);
            }
        }
        kept.clear();
    }

    void forget() {
        kept.clear();
    }
}
