package io.allo.io.sip;

import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import org.jspecify.annotations.Nullable;

/** One listener: a socket and the flows over it. Bound when made, read from {@link #start} on. */
interface SipTransport {

    TransportConfig config();

    /** Where it is bound: the configured address with the real port. */
    HostPort bound();

    /** Begins to read and accept. */
    void start();

    /** Whether it can send to an address of that family. */
    boolean reaches(boolean ipv6);

    /** Has a flow to {@code remote}: {@link FlowListener#opened} or {@link FlowListener#failed} follows, perhaps at once. */
    void open(long token, HostPort remote, @Nullable String tlsServerName);

    /** Whether {@code flow} is one of its own. */
    boolean owns(Flow flow);

    /** Puts a message on the wire without ever waiting for the peer; {@link FlowListener#closed} follows where that fails. */
    void send(Flow flow, byte[] message);

    /** Closes a connection after what was sent; nothing for a datagram socket. */
    void close(Flow flow);

    /** Told which addresses the machine has, whenever they have changed. */
    default void follow(java.util.Collection<java.net.InetAddress> addresses) {}

    /** Closes everything. */
    void stop();
}
