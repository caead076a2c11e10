package io.allo.io.sip;

import io.allo.core.timer.Clock;
import io.allo.sip.address.HostPort;
import io.allo.sip.door.Door;
import io.allo.sip.door.DoorSettings;
import io.allo.sip.flow.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All transports: opened together, and told apart by the flow, the listener's name or what can reach an address. Made by the main thread,
 * then used by the SIP loop alone, except for {@link #stop}.
 *
 * <p>An IPv6 socket bound to every address takes IPv4 too, as the JDK makes it; so of two listeners on {@code 0.0.0.0} and {@code ::} with
 * one protocol and one port, one socket serves both.
 *
 * <p>Addresses come and go, a VPN's above all: every {@value #LOOK_MS} ms it is looked which the machine has, and the transports that
 * listen on every address are told.
 */
public final class SipTransports {

    /** Where a configured transport listens. */
    public record Listening(TransportConfig config, HostPort bound) {}

    private static final Logger LOG = LoggerFactory.getLogger(SipTransports.class);

    private static final long LOOK_MS = 2_000;

    private final List<SipTransport> transports;
    private final List<Listening> listening;
    private final TransportContext context;
    private final Supplier<List<InetAddress>> addresses;
    private List<InetAddress> followed = List.of();

    private SipTransports(
            List<SipTransport> transports,
            List<Listening> listening,
            TransportContext context,
            Supplier<List<InetAddress>> addresses) {
        this.addresses = addresses;
        this.transports = List.copyOf(transports);
        this.listening = List.copyOf(listening);
        this.context = context;
    }

    /** Binds every transport, with a door that limits nothing. */
    public static SipTransports open(List<TransportConfig> configs, FlowListener listener, Clock clock)
            throws SipBindException {
        var open = new Door(DoorSettings.WITHOUT_RATES, nowNanos -> clock.epochMillis());
        return open(configs, listener, open, clock);
    }

    /**
     * Binds every transport; nothing is read before {@link #start}. What comes in is let in by {@code door}.
     *
     * @throws SipBindException if one of them can't be bound; none is then
     */
    public static SipTransports open(List<TransportConfig> configs, FlowListener listener, Door door, Clock clock)
            throws SipBindException {
        return open(configs, listener, door, clock, new OwnAddresses());
    }

    /** The same on a machine with these addresses. */
    static SipTransports open(
            List<TransportConfig> configs,
            FlowListener listener,
            Door door,
            Clock clock,
            Supplier<List<InetAddress>> addresses)
            throws SipBindException {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("sip connection timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        var context = new TransportContext(
                listener,
                new SipCounters(),
                new SourceAddresses(clock),
                timer,
                new AtomicLong(),
                door,
                clock,
                new UnfinishedMessages());
        var opened = new ArrayList<SipTransport>();
        var listening = new ArrayList<Listening>();
        var shared = servedByIpv6(configs);
        try {
            for (var config : configs) {
                if (!shared.contains(config)) {
                    var transport = bind(config, context);
                    opened.add(transport);
                    listening.add(new Listening(config, transport.bound()));
                } else {
                    listening.add(new Listening(config, config.bind().withPort(config.port())));
                }
            }
        } catch (SipBindException e) {
            opened.forEach(SipTransport::stop);
            timer.shutdownNow();
            throw e;
        }
        var made = new SipTransports(opened, listening, context, addresses);
        made.follow();
        return made;
    }

    /** Bytes that connections hold of messages whose end has not come. */
    public long unfinishedBytes() {
        return context.unfinished().bytes();
    }

    /** Begins to read and accept. */
    public void start() {
        transports.forEach(SipTransport::start);
        var unused =
                context.timer().scheduleWithFixedDelay(this::followSafely, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    private void followSafely() {
        try {
            follow();
        } catch (RuntimeException fault) {
            LOG.error("the machine's addresses can't be followed", fault); // and they are looked at again
        }
    }

    /** Looks which addresses there are; an address whose socket could not be bound yet is tried again. */
    synchronized void follow() {
        var now = addresses.get();
        if (!now.equals(followed)) {
            followed = now;
            context.sources().changed(now);
        }
        transports.forEach(transport -> transport.follow(now));
    }

    /** Where we listen, in the order of the configuration. */
    public List<Listening> listening() {
        return listening;
    }

    /** Which of our addresses leads where. */
    public SourceAddresses sources() {
        return context.sources();
    }

    /** What was counted. */
    public SipCounters counters() {
        return context.counters();
    }

    /** Connections that are up. */
    public int connectionCount() {
        return transports.stream()
                .mapToInt(t -> t instanceof StreamTransport stream ? stream.connectionCount() : 0)
                .sum();
    }

    /** Closes all sockets; what was sent over connections is written first, within two seconds. Any thread. */
    public void stop() {
        transports.forEach(SipTransport::stop);
        context.timer().shutdown();
    }

    void send(Flow flow, byte[] message) {
        for (var transport : transports) {
            if (transport.owns(flow)) {
                transport.send(flow, message);
                return;
            }
        }
        context.listener().closed(flow);
    }

    void close(Flow flow) {
        for (var transport : transports) {
            if (transport.owns(flow)) {
                transport.close(flow);
            }
        }
    }

    void open(
            long token,
            String protocol,
            HostPort remote,
            @Nullable String tlsServerName,
            @Nullable String listenerName) {
        if (!remote.isAddress()) {
            context.listener().failed(token, remote + " is not an address");
            return;
        }
        var transport = choose(protocol, remote, listenerName);
        if (transport == null) {
            context.listener().failed(token, "no " + protocol + " transport reaches " + remote);
        } else {
            transport.open(token, remote, tlsServerName);
        }
    }

    /** The listener of that name if it can reach the address, else the first that can. */
    private @Nullable SipTransport choose(String protocol, HostPort remote, @Nullable String listenerName) {
        SipTransport first = null;
        for (var transport : transports) {
            if (transport.config().protocol().equals(protocol) && transport.reaches(remote.isIpv6())) {
                if (transport.config().name().equals(listenerName)) {
                    return transport;
                }
                first = first == null ? transport : first;
            }
        }
        return first;
    }

    private static SipTransport bind(TransportConfig config, TransportContext context) throws SipBindException {
        try {
            var address = InetAddress.getByName(config.bind().host());
            return switch (config.protocol()) {
                case Flow.UDP -> new UdpTransport(config, address, context);
                case Flow.TCP -> new TcpTransport(config, address, context);
                case Flow.TLS -> new TlsTransport(config, address, context);
                default -> throw new IOException("there is no such transport");
            };
        } catch (IOException e) {
            throw new SipBindException(config, e);
        }
    }

    /** The IPv4 listeners whose port an IPv6 socket bound to every address takes along. */
    private static Set<TransportConfig> servedByIpv6(List<TransportConfig> configs) {
        var served = new HashSet<TransportConfig>();
        for (var ipv4 : configs) {
            for (var ipv6 : configs) {
                if (ipv4.bind().host().equals("0.0.0.0")
                        && ipv6.bind().host().equals("::")
                        && ipv4.port() != 0
                        && ipv4.port() == ipv6.port()
                        && ipv4.protocol().equals(ipv6.protocol())) {
                    served.add(ipv4);
                }
            }
        }
        return served;
    }
}
