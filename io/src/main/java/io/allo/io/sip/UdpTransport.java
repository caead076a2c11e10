package io.allo.io.sip;

import io.allo.core.timer.Clock;
import io.allo.sip.address.HostPort;
import io.allo.sip.door.Door;
import io.allo.sip.door.RequestKind;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipParser;
import java.io.IOException;
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
 * A UDP socket. RFC 3261 section 18. Its own platform thread reads, asks the door, and parses what is let in; the SIP loop sends, straight from the socket that the
 * request came to. A datagram that is longer than the path allows is cut up by IP.
 */
final class UdpTransport implements SipTransport {

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    private static final int MAX_DATAGRAM_BYTES = 65_536;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;
    private static final int SHORTEST_MESSAGE_BYTES = 16;
    /** Peers whose flow the reader keeps at hand. */
    private static final int FLOWS_AT_HAND = 4_096;

    private static final long FLOW_LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long PAUSE_AFTER_ERROR_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private record FlowAtHand(Flow flow, long untilNanos) {}

    private final TransportConfig config;
    private final long id;
    private final FlowListener listener;
    private final SipCounters counters;
    private final SourceAddresses sources;
    private final Door door;
    private final Clock clock;
    private final DatagramChannel channel;
    private final InetSocketAddress bound;
    private final Map<InetSocketAddress, FlowAtHand> atHand = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, FlowAtHand> eldest) {
            return size() > FLOWS_AT_HAND;
        }
    };

    UdpTransport(TransportConfig config, InetAddress address, TransportContext context) throws IOException {
        this.config = config;
        this.id = context.newFlowId();
        this.listener = context.listener();
        this.counters = context.counters();
        this.sources = context.sources();
        this.door = context.door();
        this.clock = context.clock();
        this.channel = DatagramChannel.open(Addresses.family(address));
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            if (config.trafficClass() != 0) {
                channel.setOption(StandardSocketOptions.IP_TOS, config.trafficClass());
            }
            channel.bind(new InetSocketAddress(address, config.port()));
            this.bound = (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public TransportConfig config() {
        return config;
    }

    @Override
    public HostPort bound() {
        return config.isWildcard() ? config.bind().withPort(bound.getPort()) : Addresses.hostPort(bound);
    }

    @Override
    public void start() {
        Thread.ofPlatform().name("sip udp " + bound()).daemon().start(this::read);
    }

    @Override
    public boolean reaches(boolean ipv6) {
        return config.bind().host().equals("::") || bound().isIpv6() == ipv6;
    }

    @Override
    public void open(long token, HostPort remote, @Nullable String tlsServerName) {
        Flow flow;
        try {
            flow = flow(Addresses.socketAddress(remote, TransportConfig.SIP_PORT));
        } catch (IOException | IllegalArgumentException e) {
            listener.failed(token, remote + ": " + e.getMessage());
            return;
        }
        listener.opened(token, flow);
    }

    @Override
    public boolean owns(Flow flow) {
        return flow.id() == id || flow.id() == Flow.REMEMBERED && isSocketOf(flow);
    }

    private boolean isSocketOf(Flow flow) {
        return flow.transport().equals(Flow.UDP)
                && flow.local().port() == bound.getPort()
                && (config.isWildcard() || flow.local().host().equals(bound().host()));
    }

    @Override
    public void send(Flow flow, byte[] message) {
        try {
            channel.send(ByteBuffer.wrap(message), Addresses.socketAddress(flow.remote(), TransportConfig.SIP_PORT));
            counters.sent.increment();
        } catch (IOException e) {
            LOG.debug("{}: {} bytes to {} not sent: {}", config.name(), message.length, flow.remote(), e.toString());
            listener.closed(flow);
        }
    }

    @Override
    public void close(Flow flow) {
        // a datagram socket has no connections
    }

    @Override
    public void stop() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("{}: closing: {}", config.name(), e.toString());
        }
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
        if (isKeepAlive(bytes, length)) {
            counters.keepAlives.increment();
            return;
        }
        var verdict = door.admit(from.getAddress().getAddress(), RequestKind.of(bytes, length), clock.nanoTime());
        if (verdict == Door.Verdict.DROP) {
            return;
        }
        var flow = flowAtHand(from);
        try {
            var message = SipParser.parse(bytes, 0, length);
            counters.received.increment();
            if (verdict == Door.Verdict.BUSY) {
                listener.excess(flow, message);
            } else if (!listener.received(flow, message)) {
                counters.lost.increment();
            }
        } catch (BadMessageException problem) {
            counters.malformed.increment();
            listener.malformed(flow, problem);
        }
    }

    /** What keeps a router's port open: line breaks, zeros, a few letters, or STUN, whose first octet is 0 to 3 (RFC 7983). */
    private static boolean isKeepAlive(byte[] bytes, int length) {
        return length < SHORTEST_MESSAGE_BYTES || bytes[0] >= 0 && bytes[0] <= 3;
    }

    private Flow flowAtHand(InetSocketAddress from) throws IOException {
        var now = clock.nanoTime();
        var found = atHand.get(from);
        if (found != null && now < found.untilNanos()) {
            return found.flow();
        }
        var flow = flow(from);
        atHand.put(from, new FlowAtHand(flow, now + FLOW_LIFETIME_NANOS));
        return flow;
    }

    private Flow flow(InetSocketAddress remote) throws IOException {
        var local = config.isWildcard() ? sources.towards(remote.getAddress()) : bound.getAddress();
        return new Flow(Flow.UDP, new HostPort(Addresses.text(local), bound.getPort()), Addresses.hostPort(remote), id);
    }
}
