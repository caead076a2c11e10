package io.allo.io.sip;

import io.allo.sip.address.HostPort;
import io.allo.sip.door.Source;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipFramer.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener for connections, and the connections made on its behalf. A virtual thread accepts. A connection to an address that one leads
 * to already, in either direction, is used again (RFC 3261 section 18, RFC 5923). What is shared between threads is behind one leaf lock
 * or concurrent by itself.
 */
abstract class StreamTransport implements SipTransport {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTransport.class);

    private static final int BACKLOG = 1_024;
    private static final long PAUSE_AFTER_ERROR_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Where a connection leads, and for TLS whose certificate was asked for ("" otherwise). */
    private record Peer(HostPort address, String serverName) {}

    /** A connection, and under which name it is found again. */
    private record Made(StreamConnection connection, Peer peer) {}

    private final TransportConfig config;
    private final TransportContext context;
    private final InetAddress address;
    private final ServerSocketChannel server;
    private final InetSocketAddress bound;
    private final Map<Long, StreamConnection> connections = new ConcurrentHashMap<>();
    private final Map<Source, Integer> perSource = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Object lock = new Object();
    private final Map<Peer, StreamConnection> byPeer = new HashMap<>();
    private final Map<Peer, List<Long>> opening = new HashMap<>();

    StreamTransport(TransportConfig config, InetAddress address, TransportContext context) throws IOException {
        this.config = config;
        this.context = context;
        this.address = address;
        this.server = ServerSocketChannel.open(Addresses.family(address));
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(address, config.port()), BACKLOG);
            this.bound = (InetSocketAddress) server.getLocalAddress();
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** What is read and written over a connection that a peer opened. May wait for the peer. */
    abstract Socket accepted(Socket raw) throws IOException;

    /** What is read and written over a connection that we opened. May wait for the peer. */
    abstract Socket connected(Socket raw, String serverName) throws IOException;

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
        Thread.ofVirtual().name("sip accept " + bound()).start(this::acceptAll);
    }

    @Override
    public boolean reaches(boolean ipv6) {
        return config.bind().host().equals("::") || bound().isIpv6() == ipv6;
    }

    @Override
    public boolean owns(Flow flow) {
        return connections.containsKey(flow.id());
    }

    @Override
    public void send(Flow flow, byte[] message) {
        var connection = connections.get(flow.id());
        if (connection == null) {
            context.listener().closed(flow);
        } else {
            connection.send(message);
        }
    }

    @Override
    public void close(Flow flow) {
        var connection = connections.get(flow.id());
        if (connection != null) {
            connection.end();
        }
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("{}: closing: {}", config.name(), e.toString());
        }
        connections.values().forEach(StreamConnection::end);
    }

    /** Connections that are up, in both directions. */
    final int connectionCount() {
        return count.get();
    }

    // ---- connections that peers open

    private void acceptAll() {
        while (server.isOpen()) {
            try {
                var channel = server.accept();
                Thread.ofVirtual().name("sip accepted").start(() -> accept(channel));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.warn("{}: accepting: {}", config.name(), e.toString());
                LockSupport.parkNanos(PAUSE_AFTER_ERROR_NANOS);
            }
        }
    }

    private void accept(SocketChannel channel) {
        var raw = channel.socket();
        var source = raw.getInetAddress();
        var admitted = context.door()
                .admitConnection(source.getAddress(), context.clock().nanoTime());
        var known = context.door().isKnown(source.getAddress(), context.clock().nanoTime());
        if (!admitted || !reserve(source, known)) {
            LOG.debug("{}: connection of {} refused: too many", config.name(), source);
            closeQuietly(raw);
            return;
        }
        Made made;
        try {
            prepare(channel);
            var socket = inTime(raw, () -> accepted(raw));
            made = connection(raw, socket, Side.SERVER, null);
        } catch (IOException e) {
            LOG.debug("{}: connection of {} failed: {}", config.name(), source, e.toString());
            closeQuietly(raw);
            giveBack(source);
            return;
        }
        begin(made);
        made.connection().start();
    }

    /** Counts a connection, unless there are too many. Of IPv6, one address is what one subscriber has: 64 bits. */
    private boolean reserve(InetAddress source, boolean known) {
        var most = Math.min(config.limits().maxConnections(), context.door().mostConnections());
        var heapBytes = Runtime.getRuntime().maxMemory();
        var fits = count.incrementAndGet() <= (known ? most : TransportLimits.strangersShare(most, heapBytes));
        var fromSource = perSource.merge(Source.of(source.getAddress()), 1, Integer::sum);
        if (fits && fromSource <= mostFrom(source, known)) {
            context.counters().connections.increment();
            return true;
        }
        giveBack(source);
        context.counters().connectionsRefused.increment();
        return false;
    }

    private int mostFrom(InetAddress source, boolean known) {
        var limits = config.limits();
        var most = known
                ? limits.maxConnectionsPerSource()
                : Math.min(limits.maxConnectionsPerSource(), limits.maxConnectionsPerStranger());
        return Math.min(
                most,
                context.door()
                        .mostConnections(source.getAddress(), context.clock().nanoTime()));
    }

    private void giveBack(InetAddress source) {
        count.decrementAndGet();
        perSource.computeIfPresent(Source.of(source.getAddress()), (key, number) -> number == 1 ? null : number - 1);
    }

    // ---- connections that we open

    @Override
    public void open(long token, HostPort remote, @Nullable String tlsServerName) {
        var peer = new Peer(
                remote.withPort(
                        remote.portOr(config.tls() == null ? TransportConfig.SIP_PORT : TransportConfig.TLS_PORT)),
                config.tls() == null || tlsServerName == null ? "" : tlsServerName);
        StreamConnection existing;
        synchronized (lock) {
            existing = existing(peer);
            if (existing == null) {
                var waiting = opening.get(peer);
                if (waiting != null) {
                    waiting.add(token);
                    return;
                }
                opening.put(peer, new ArrayList<>(List.of(token)));
            }
        }
        if (existing != null) {
            context.listener().opened(token, existing.flow());
        } else {
            Thread.ofVirtual().name("sip connect " + remote).start(() -> connect(peer));
        }
    }

    /** A connection that leads there: one we opened under that name, or the peer's own. */
    private @Nullable StreamConnection existing(Peer peer) {
        var found = byPeer.get(peer);
        if (found == null) {
            found = byPeer.get(new Peer(peer.address(), ""));
        }
        return found != null && found.isOpen() ? found : null;
    }

    private void connect(Peer peer) {
        Made made;
        try {
            made = connected(peer);
        } catch (IOException | IllegalArgumentException e) {
            var why = peer.address() + ": " + e.getMessage();
            opened(peer).forEach(token -> context.listener().failed(token, why));
            return;
        }
        begin(made);
        opened(peer)
                .forEach(token ->
                        context.listener().opened(token, made.connection().flow()));
        made.connection().start();
    }

    private Made connected(Peer peer) throws IOException {
        var remote = Addresses.socketAddress(peer.address(), TransportConfig.SIP_PORT);
        var source = remote.getAddress();
        if (!reserve(source, true)) {
            throw new IOException("too many connections");
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(Addresses.family(source));
            if (!config.isWildcard()) {
                channel.bind(new InetSocketAddress(address, 0));
            }
            var raw = channel.socket();
            raw.connect(remote, config.limits().connectTimeoutMs());
            prepare(channel);
            var name = peer.serverName().isEmpty() ? peer.address().host() : peer.serverName();
            var socket = inTime(raw, () -> connected(raw, name));
            return connection(raw, socket, Side.CLIENT, peer);
        } catch (IOException | RuntimeException e) {
            giveBack(source);
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    /** Who waits for that connection, and no longer. */
    private List<Long> opened(Peer peer) {
        synchronized (lock) {
            var tokens = opening.remove(peer);
            return tokens == null ? List.of() : tokens;
        }
    }

    // ---- both

    private void prepare(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (config.trafficClass() != 0) {
            channel.setOption(StandardSocketOptions.IP_TOS, config.trafficClass());
        }
    }

    private interface Securing {
        Socket run() throws IOException;
    }

    /** Runs a handshake, and breaks it off when it takes too long, however the bytes trickle. */
    private Socket inTime(Socket raw, Securing securing) throws IOException {
        if (config.tls() == null) {
            return raw;
        }
        var counters = context.counters();
        var late = new AtomicBoolean();
        var alarm = context.later(
                () -> {
                    late.set(true);
                    closeQuietly(raw);
                },
                config.limits().handshakeTimeoutMs());
        counters.tlsUnderWay.increment();
        try {
            var socket = securing.run();
            counters.tlsHandshakes.increment();
            return socket;
        } catch (IOException failed) {
            var refused = failed instanceof SSLException ? counters.tlsRefused : counters.tlsCutOff;
            (late.get() ? counters.tlsTimeouts : refused).increment();
            throw failed;
        } finally {
            counters.tlsUnderWay.decrement();
            alarm.cancel(false);
        }
    }

    private Made connection(Socket raw, Socket socket, Side side, @Nullable Peer sought) {
        var local = Addresses.hostPort(new InetSocketAddress(raw.getLocalAddress(), raw.getLocalPort()));
        var remote = Addresses.hostPort(new InetSocketAddress(raw.getInetAddress(), raw.getPort()));
        var flow = new Flow(config.protocol(), local, remote, context.newFlowId());
        var peer = sought == null ? new Peer(remote, "") : sought;
        var source = raw.getInetAddress();
        var connection = new StreamConnection(flow, raw, socket, side, config.limits(), context);
        connection.onClosed(() -> forget(connection, peer, source));
        return new Made(connection, peer);
    }

    /** From now on messages can be sent over it; only then may others be told that it leads there. */
    private void begin(Made made) {
        var connection = made.connection();
        connections.put(connection.flow().id(), connection);
        synchronized (lock) {
            byPeer.put(made.peer(), connection);
        }
        if (!server.isOpen()) {
            connection.end();
        }
    }

    private void forget(StreamConnection gone, Peer peer, InetAddress source) {
        connections.remove(gone.flow().id());
        giveBack(source);
        synchronized (lock) {
            byPeer.remove(peer, gone);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.toString());
        }
    }
}
