package io.allo.sim;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A network of datagrams that loses, doubles, delays and reorders by the seed, and that can be parted. What travels are
 * bytes: written by the sender, parsed by the receiver. Whoever has the turn.
 */
public final class SimNetwork {

    private static final int MILLION = 1_000_000;
    private static final long MS = 1_000_000L;

    /** Who is reached at an address. */
    interface Node {
        void arrived(HostPort from, byte[] datagram);
    }

    /** Is shown every message as it leaves, and every datagram that arrived. */
    interface Watcher {
        void left(HostPort from, HostPort to, SipMessage message);

        void arrived(HostPort from, HostPort to, SipMessage message);
    }

    private final SimQueue queue;
    private final RandomSource random;
    private final Trace trace;
    private final Map<HostPort, Node> nodes = new HashMap<>();
    private final Map<HostPort, LinkQuality> links = new HashMap<>();
    private final Set<HostPort> cut = new HashSet<>();
    private LinkQuality quality;
    private Watcher watcher = new Watcher() {
        @Override
        public void left(HostPort from, HostPort to, SipMessage message) {}

        @Override
        public void arrived(HostPort from, HostPort to, SipMessage message) {}
    };
    private Predicate<SipMessage> censor = message -> false;
    private long sentTotal;

    SimNetwork(SimQueue queue, RandomSource random, Trace trace, LinkQuality quality) {
        this.queue = queue;
        this.random = random;
        this.trace = trace;
        this.quality = quality;
    }

    void attach(HostPort address, Node node) {
        nodes.put(address, node);
    }

    void detach(HostPort address) {
        nodes.remove(address);
    }

    void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    /** From now on the network is like this, but for addresses with a quality of their own. */
    public void quality(LinkQuality newQuality) {
        quality = newQuality;
    }

    /** From now on what goes to and from this address is treated like this. */
    public void quality(HostPort address, LinkQuality newQuality) {
        links.put(address, newQuality);
    }

    /** Nothing reaches this address or comes from it until {@link #join}. */
    public void cut(HostPort address) {
        cut.add(address);
    }

    /** The address is reached again. */
    public void join(HostPort address) {
        cut.remove(address);
    }

    /** Loses every message of which this is true: a bug planted between the stack and the wire. */
    public void lose(Predicate<SipMessage> which) {
        censor = which;
    }

    /** Datagrams sent since the beginning. */
    public long sentTotal() {
        return sentTotal;
    }

    void send(HostPort from, HostPort to, SipMessage message) {
        sentTotal++;
        watcher.left(from, to, message);
        var bytes = SipWriter.toBytes(message);
        var link = links.getOrDefault(from, links.getOrDefault(to, quality));
        if (cut.contains(from) || cut.contains(to) || !nodes.containsKey(to)) {
            note("xx", from, to, message, bytes);
            return;
        }
        if (censor.test(message) || chance(link.loss())) {
            note("lost", from, to, message, bytes);
            return;
        }
        note("", from, to, message, bytes);
        deliver(link, from, to, message, bytes);
        if (chance(link.doubling())) {
            deliver(link, from, to, message, bytes);
        }
    }

    private void deliver(LinkQuality link, HostPort from, HostPort to, SipMessage message, byte[] bytes) {
        var delay = link.delayMs() * MS;
        if (link.jitterMs() > 0) {
            delay += random.nextInt(link.jitterMs() * 1000) * 1000L;
        }
        if (chance(link.straying())) {
            delay += random.nextInt(link.strayMs() * 1000) * 1000L;
        }
        queue.after(delay, () -> {
            var node = nodes.get(to);
            if (node != null && !cut.contains(to)) {
                watcher.arrived(from, to, message);
                node.arrived(from, bytes);
            }
        });
    }

    private boolean chance(int outOfMillion) {
        return outOfMillion > 0 && random.nextInt(MILLION) < outOfMillion;
    }

    private void note(String fate, HostPort from, HostPort to, SipMessage message, byte[] bytes) {
        trace.note(
                Arrays.hashCode(bytes) * 31L + fate.hashCode(),
                () -> "%-15s -> %-15s %-4s %s | %s | %s"
                        .formatted(
                                from,
                                to,
                                fate,
                                message.startLine(),
                                message.headers().firstOr("CSeq", "?"),
                                message.headers().firstOr("Call-ID", "?")));
    }
}
