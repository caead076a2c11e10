package io.allo.media.graph;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The way out of the graph: a socket in production, a simulated network in tests. */
public interface PacketSender {

    /**
     * Sends what is between position and limit, or loses it. A packet that has just come may wait until those that came with it are
     * worked off: it is handed over once, and not touched after that.
     *
     * @return false if it could not be sent: a lost packet
     */
    boolean send(ByteBuffer packet, InetSocketAddress to);
}
