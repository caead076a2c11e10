package io.allo.io.sip;

import io.allo.core.timer.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * From which of our addresses the system sends to a given one, when a socket is bound to all of them: what belongs into Via, Contact and
 * SDP. Asked of the routing table by connecting a datagram socket, which sends nothing; remembered for a minute. Any thread.
 */
public final class SourceAddresses {

    /** Destinations remembered; when more come, all are forgotten. */
    static final int LIMIT = 10_000;

    private static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Any port will do, but 0 can't be connected to. */
    private static final int DISCARD_PORT = 9;

    private record Known(InetAddress source, long untilNanos) {}

    /** RFC 1122 section 3.2.1.3: all of it is this machine. */
    private static final String LOOPBACK_NET = "127.";

    private volatile Set<String> ours = Set.of();
    private final ConcurrentHashMap<InetAddress, Known> known = new ConcurrentHashMap<>();
    private final Clock clock;

    public SourceAddresses(Clock clock) {
        this.clock = clock;
    }

    /** Our address, in text, towards an address or host name; the loopback address where there is no route to it. */
    public String towards(String remote) {
        try {
            return Addresses.text(towards(InetAddress.getByName(remote)));
        } catch (IOException noRoute) {
            return "127.0.0.1";
        }
    }

    /** Our address towards {@code remote}; throws where there is no route to it. */
    InetAddress towards(InetAddress remote) throws IOException {
        var now = clock.nanoTime();
        var entry = known.get(remote);
        if (entry != null && now < entry.untilNanos()) {
            return entry.source();
        }
        var source = probe(remote);
        if (known.size() >= LIMIT) {
            known.clear();
        }
        known.put(remote, new Known(source, now + LIFETIME_NANOS));
        return source;
    }

    /** Whether an address, in text, is one of this machine's. */
    public boolean isOurs(String address) {
        return ours.contains(address) || address.startsWith(LOOPBACK_NET);
    }

    /** The machine's addresses in text, in the order of its interfaces. */
    public Collection<String> ours() {
        return ours;
    }

    /** The machine's addresses have changed: all is asked again. */
    void changed(Collection<InetAddress> addresses) {
        var texts = new LinkedHashSet<String>();
        addresses.forEach(each -> texts.add(Addresses.text(each)));
        ours = Collections.unmodifiableSet(texts);
        known.clear();
    }

    private static InetAddress probe(InetAddress remote) throws IOException {
        try (var channel = DatagramChannel.open(Addresses.family(remote))) {
            channel.connect(new InetSocketAddress(remote, DISCARD_PORT));
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        }
    }
}
