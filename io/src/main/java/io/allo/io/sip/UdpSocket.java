package io.allo.io.sip;

import io.allo.sip.address.HostPort;
import io.allo.sip.door.Door;
import io.allo.sip.door.RequestKind;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipParser;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of a UDP transport, bound to one of our addresses or to all of them. Its own platform thread reads, asks the door, and
 * parses what is let in; any thread sends. RFC 3261 section 18.
 */
final class UdpSocket {

    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    private static final int MAX_DATAGRAM_BYTES = 65_536;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;
    private static final int SHORTEST_MESSAGE_BYTES = 16;
    /** Peers whose flow the reader keeps at hand. */
    private static final int FLOWS_AT_HAND = 4_096;

    private static final long FLOW_LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_AFTER_ERROR_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private record FlowAtHand(Flow flow, long untilNanos) {}

    private final TransportConfig config;
    private final long flowId;
    private final TransportContext context;
    private final DatagramChannel channel;
    private final InetSocketAddress bound;
    private final Map<InetSocketAddress, FlowAtHand> atHand = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, FlowAtHand> eldest) {
            return size() > FLOWS_AT_HAND;
        }
    };

    private UdpSocket(
            TransportConfig config,
            long flowId,
            TransportContext context,
            DatagramChannel channel,
            InetSocketAddress bound) {
        this.config = config;
        this.flowId = flowId;
        this.context = context;
        this.channel = channel;
        this.bound = bound;
    }

    /**
     * Binds a socket; nobody else's may be bound there.
     *
     * @param beside a socket of ours that is bound to all addresses and may stay; null if there is none
     */
    static UdpSocket bind(
            TransportConfig config,
            long flowId,
            TransportContext context,
            InetSocketAddress address,
            @Nullable UdpSocket beside)
            throws IOException {
        var channel = DatagramChannel.open(Addresses.family(address.getAddress()));
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            if (config.trafficClass() != 0) {
                channel.setOption(StandardSocketOptions.IP_TOS, config.trafficClass());
            }
            if (beside == null) {
                channel.bind(address);
            } else {
                bindBeside(channel, address, beside.channel);
            }
            return new UdpSocket(config, flowId, context, channel, (InetSocketAddress) channel.getLocalAddress());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The system lets both have the port while both say so; afterwards no other program can join them. */
    private static void bindBeside(DatagramChannel channel, InetSocketAddress address, DatagramChannel beside)
            throws IOException {
        beside.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        } finally {
            beside.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        }
    }

    InetSocketAddress bound() {
        return bound;
    }

    void start() {
        Thread.ofPlatform()
                .name("sip udp " + Addresses.hostPort(bound))
                .daemon()
                .start(this::read);
    }

    void send(byte[] message, HostPort remote) throws IOException {
        channel.send(ByteBuffer.wrap(message), Addresses.socketAddress(remote, TransportConfig.SIP_PORT));
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("{}: closing: {}", config.name(), e.toString());
        }
    }

    /** The way to that peer: from the address that this socket is bound to; else from the one that the system would take. */
    Flow flow(InetSocketAddress remote) throws IOException {
        var local = bound.getAddress().isAnyLocalAddress()
                ? context.sources().towards(remote.getAddress())
                : bound.getAddress();
        return new Flow(
                Flow.UDP, new HostPort(Addresses.text(local), bound.getPort()), Addresses.hostPort(remote), flowId);
    }

    private void read() {
        var bytes = new byte[MAX_DATAGRAM_BYTES];
        var buffer = ByteBuffer.wrap(bytes);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                var from = (InetSocketAddress) channel.receive(buffer);
                if (from != null) {
                    take(from, bytes, buffer.position());
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warn("{}: receiving: {}", config.name(), e.toString());
                LockSupport.parkNanos(PAUSE_AFTER_ERROR_NANOS);
            }
        }
    }

    private void take(InetSocketAddress from, byte[] bytes, int length) throws IOException {
        var counters = context.counters();
        if (isKeepAlive(bytes, length)) {
            counters.keepAlives.increment();
            return;
        }
        var verdict = context.door()
                .admit(
                        from.getAddress().getAddress(),
                        RequestKind.of(bytes, length),
                        context.clock().nanoTime());
        if (verdict == Door.Verdict.DROP) {
            return;
        }
        var flow = flowAtHand(from);
        try {
            var message = SipParser.parse(bytes, 0, length);
            counters.received.increment();
            if (verdict == Door.Verdict.BUSY) {
                context.listener().excess(flow, message);
            } else if (!context.listener().received(flow, message)) {
                counters.lost.increment();
            }
        } catch (BadMessageException problem) {
            counters.malformed.increment();
            context.listener().malformed(flow, problem);
        }
    }

    /** What keeps a router's port open: line breaks, zeros, a few letters, or STUN, whose first octet is 0 to 3 (RFC 7983). */
    private static boolean isKeepAlive(byte[] bytes, int length) {
        return length < SHORTEST_MESSAGE_BYTES || bytes[0] >= 0 && bytes[0] <= 3;
    }

    private Flow flowAtHand(InetSocketAddress from) throws IOException {
        var now = context.clock().nanoTime();
        var found = atHand.get(from);
        if (found != null && now < found.untilNanos()) {
            return found.flow();
        }
        var flow = flow(from);
        atHand.put(from, new FlowAtHand(flow, now + FLOW_LIFETIME_NANOS));
        return flow;
    }

    /** Whether an address is one of the family's; the other family's needs a socket of its own. */
    static boolean takes(InetAddress wildcard, InetAddress address) {
        return wildcard instanceof Inet6Address || address instanceof Inet4Address;
    }
}
