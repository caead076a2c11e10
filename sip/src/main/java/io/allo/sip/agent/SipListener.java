package io.allo.sip.agent;

import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transport we listen on, as the agent needs to know it: its section's name, a transport name of {@link Flow}, where it is bound
 * ({@code 0.0.0.0} or {@code ::} for every address), and how the world beyond {@code localNets} reaches it ({@code external}; its port is
 * -1 where the bound one is meant). Without local nets, everybody is beyond them as soon as an external address is named.
 */
public record SipListener(
        String name,
        String transport,
        HostPort bound,
        @Nullable HostPort external,
        List<AddressRange> localNets) {

    public SipListener {
        localNets = List.copyOf(localNets);
    }

    /** A listener without NAT. */
    public static SipListener of(String name, String transport, HostPort bound) {
        return new SipListener(name, transport, bound, null, List.of());
    }

    /** Whether a flow's own end is this listener's socket, or a connection made on its behalf. */
    boolean serves(Flow flow) {
        return flow.transport().equals(transport)
                && (isWildcard(bound.host()) || bound.host().equals(flow.local().host()));
    }

    /**
     * The address by which the other end of {@code flow} reaches us: for Via, Contact and Record-Route. RFC 3261 sections 18.1.1 and
     * 8.1.1.8.
     */
    public HostPort addressFor(Flow flow) {
        int port = bound.portOr(flow.defaultPort());
        HostPort beyond = external;
        if (beyond != null && !isLocal(flow.remote().host())) {
            return beyond.withPort(beyond.portOr(port));
        }
        String host =
                isWildcard(flow.local().host()) ? bound.host() : flow.local().host();
        return new HostPort(host, port);
    }

    /** Whether a message to {@code host} stays in a local net. */
    public boolean isLocal(String host) {
        return localNets.stream().anyMatch(net -> net.contains(host));
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }
}
