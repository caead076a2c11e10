package io.allo.io.media;

import io.allo.media.graph.RtpPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The packets that one look at the sockets finds. All are received first, then all are worked off, then all that go on are sent: so
 * the code and tables of each of the three steps are in the processor's caches for all packets but the first (docs:
 * bench/README.md). Owned by the media loop.
 */
final class PacketBatch {

    /** Packets worked off together, at most. */
    static final int SIZE = 32;

    private static final int MAX_PACKET_BYTES = 2_048;

    private final ByteBuffer[] packets = new ByteBuffer[SIZE];
    private final @Nullable InetSocketAddress[] sources = new InetSocketAddress[SIZE];
    private final @Nullable Watched[] places = new Watched[SIZE];
    private int received;
    private int done;

    private final @Nullable RtpSocket[] ways = new RtpSocket[SIZE];
    private final @Nullable ByteBuffer[] outgoing = new ByteBuffer[SIZE];
    private final @Nullable InetSocketAddress[] targets = new InetSocketAddress[SIZE];
    private int waiting;

    private @Nullable ByteBuffer current;

    PacketBatch() {
        for (var i = 0; i < SIZE; i++) {
            packets[i] = ByteBuffer.allocate(MAX_PACKET_BYTES);
        }
    }

    /** A socket that is looked at, and whose it is. */
    static final class Watched {
        final RtpSocket socket;
        final RtpPort port;
        final boolean rtcp;

        /** When its last packet was read. */
        long lastNanos = Long.MIN_VALUE / 2;

        Watched(RtpSocket socket, RtpPort port, boolean rtcp) {
            this.socket = socket;
            this.port = port;
            this.rtcp = rtcp;
        }
    }

    boolean isEmpty() {
        return received == 0;
    }

    boolean isFull() {
        return received == SIZE;
    }

    /** Receives one packet; false if none is there. The batch must not be full. */
    boolean receive(Watched place) throws IOException {
        var packet = packets[received];
        packet.clear();
        var from = (InetSocketAddress) place.socket.channel().receive(packet);
        if (from == null) {
            return false;
        }
        packet.flip();
        sources[received] = from;
        places[received] = place;
        received++;
        return true;
    }

    /** Hands each packet to its port, then sends what goes on. After a fault the next call goes on behind it. */
    void deliver(long nowNanos) {
        try {
            while (done < received) {
                var i = done++;
                var place = places[i];
                var from = sources[i];
                if (place == null || from == null) {
                    continue;
                }
                current = packets[i];
                if (place.rtcp) {
                    place.port.rtcpReceived(packets[i], from, nowNanos);
                } else {
                    place.port.rtpReceived(packets[i], from, nowNanos);
                }
            }
            received = 0;
            done = 0;
        } finally {
            current = null;
            flush();
        }
    }

    /** Keeps the packet that is being worked off until all are; false if it is another packet. */
    boolean keeps(RtpSocket way, ByteBuffer packet, InetSocketAddress to) {
        if (packet != current) {
            flush(); // what we make ourselves goes behind what came before
            return false;
        }
        current = null;
        ways[waiting] = way;
        outgoing[waiting] = packet;
        targets[waiting] = to;
        waiting++;
        return true;
    }

    private void flush() {
        var count = waiting;
        waiting = 0;
        for (var i = 0; i < count; i++) {
            var way = ways[i];
            var packet = outgoing[i];
            var to = targets[i];
            if (way != null && packet != null && to != null) {
                way.sendNow(packet, to);
            }
        }
    }
}
