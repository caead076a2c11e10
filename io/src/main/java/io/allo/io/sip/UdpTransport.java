package io.allo.io.sip;

import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP transport: a socket; or, where it listens on every address, one for all and one for each address that the machine has, so that an
 * answer leaves from the very address that the request came to (RFC 3261 section 18.2.2, RFC 3581 section 4), whatever the routing table
 * would choose. {@link #follow} is told which addresses there are. Sends are the SIP loop's, straight from the socket of the flow's own
 * end; a datagram that is longer than the path allows is cut up by IP.
 */
final class UdpTransport implements SipTransport {

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

    /** Addresses that get a socket of their own; what comes to others is answered from where the routing table says. */
    static final int MAX_ADDRESSES = 64;

    private final TransportConfig config;
    private final long id;
    private final TransportContext context;
    private final UdpSocket main;
    /** By the address in text. Filled and emptied by whoever calls {@link #follow}, one at a time. */
    private final Map<String, UdpSocket> own = new ConcurrentHashMap<>();

    private boolean started;
    private boolean stopped;
    private boolean toldOfLimit;

    UdpTransport(TransportConfig config, InetAddress address, TransportContext context) throws IOException {
        this.config = config;
        this.id = context.newFlowId();
        this.context = context;
        this.main = UdpSocket.bind(config, id, context, new InetSocketAddress(address, config.port()), null);
    }

    @Override
    public TransportConfig config() {
        return config;
    }

    @Override
    public HostPort bound() {
        return config.isWildcard() ? config.bind().withPort(main.bound().getPort()) : Addresses.hostPort(main.bound());
    }

    @Override
    public synchronized void start() {
        started = true;
        main.start();
        own.values().forEach(UdpSocket::start);
    }

    @Override
    public synchronized void follow(Collection<InetAddress> addresses) {
        if (!config.isWildcard() || stopped) {
            return;
        }
        var present = new LinkedHashMap<String, InetAddress>();
        for (var address : addresses) {
            if (UdpSocket.takes(main.bound().getAddress(), address)) {
                present.putIfAbsent(Addresses.text(address), address);
            }
        }
        own.entrySet().removeIf(entry -> {
            var gone = !present.containsKey(entry.getKey());
            if (gone) {
                LOG.info("transport {}: {} is no longer an address of this machine", config.name(), entry.getKey());
                entry.getValue().close();
            }
            return gone;
        });
        present.forEach((text, address) -> {
            if (!own.containsKey(text) && hasRoom()) {
                join(text, address);
            }
        });
    }

    private boolean hasRoom() {
        if (own.size() < MAX_ADDRESSES) {
            return true;
        }
        if (!toldOfLimit) {
            toldOfLimit = true;
            LOG.warn(
                    "transport {}: this machine has more than {} addresses; the others are answered from where the"
                            + " routing table says: name those that matter in bind=",
                    config.name(),
                    MAX_ADDRESSES);
        }
        return false;
    }

    private void join(String text, InetAddress address) {
        try {
            var socket = UdpSocket.bind(
                    config,
                    id,
                    context,
                    new InetSocketAddress(address, main.bound().getPort()),
                    main);
            own.put(text, socket);
            if (started) {
                LOG.info("transport {}: {} is a new address of this machine", config.name(), text);
                socket.start();
            }
        } catch (IOException notYet) {
            // an IPv6 address that is being examined for duplicates can't be bound: the next time will do
            LOG.debug("transport {}: {} can't be bound: {}", config.name(), text, notYet.toString());
        }
    }

    @Override
    public boolean reaches(boolean ipv6) {
        return config.bind().host().equals("::") || bound().isIpv6() == ipv6;
    }

    @Override
    public void open(long token, HostPort remote, @Nullable String tlsServerName) {
        Flow flow;
        try {
            flow = main.flow(Addresses.socketAddress(remote, TransportConfig.SIP_PORT));
        } catch (IOException | IllegalArgumentException e) {
            context.listener().failed(token, remote + ": " + e.getMessage());
            return;
        }
        context.listener().opened(token, flow);
    }

    @Override
    public boolean owns(Flow flow) {
        return flow.id() == id || flow.id() == Flow.REMEMBERED && isSocketOf(flow);
    }

    private boolean isSocketOf(Flow flow) {
        return flow.transport().equals(Flow.UDP)
                && flow.local().port() == main.bound().getPort()
                && (config.isWildcard() || flow.local().host().equals(bound().host()));
    }

    @Override
    public void send(Flow flow, byte[] message) {
        try {
            own.getOrDefault(flow.local().host(), main).send(message, flow.remote());
            context.counters().sent.increment();
        } catch (IOException e) {
            LOG.debug("{}: {} bytes to {} not sent: {}", config.name(), message.length, flow.remote(), e.toString());
            context.listener().closed(flow);
        }
    }

    @Override
    public void close(Flow flow) {
        // a datagram socket has no connections
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        own.values().forEach(UdpSocket::close);
        main.close();
    }
}
