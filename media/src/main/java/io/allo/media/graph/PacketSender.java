package io.allo.media.graph;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The way out of the graph: a socket in production, a simulated network in tests. */
public interface PacketSender {

    /** Sends what is between position and limit, at once or never. False if it could not be sent: a lost packet. */
    boolean send(ByteBuffer packet, InetSocketAddress to);
}
