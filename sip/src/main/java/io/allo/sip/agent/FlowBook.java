package io.allo.sip.agent;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import io.allo.sip.flow.Flow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open, and the rule when one of them leads to a URI without asking anybody. RFC 3261 section 18.1.1, RFC 5626
 * section 3.1, RFC 5923. Owned by the SIP loop.
 */
final class FlowBook {
    /** Which connection: over what, to where. */
    private record Way(String transport, HostPort remote) {}

    private final Map<Way, Flow> connections = new HashMap<>();

    /** A connection is open, or something came over it. */
    void opened(Flow flow) {
        if (flow.isReliable()) {
            connections.put(way(flow), flow);
        }
    }

    void closed(Flow flow) {
        connections.remove(way(flow), flow);
    }

    /** Whether something can be sent over the flow: a connection that is open, or any UDP flow. */
    boolean isUsable(Flow flow) {
        return !flow.isReliable() || flow.equals(connections.get(way(flow)));
    }

    /** The open connection to that address, or null. */
    @Nullable
    Flow find(String transport, HostPort remote) {
        return connections.get(new Way(transport, remote));
    }

    /**
     * Whether {@code flow} leads to {@code nextHop}. Over UDP the address has to be the one written in the URI; a connection serves for every
     * port of its host, since a client's own port is seldom the one it listens on, and always for WebSockets and where the URI carries
     * {@code ob} (RFC 5626 section 5).
     */
    boolean leadsTo(Flow flow, Uri nextHop) {
        if (!isUsable(flow) || !(nextHop instanceof SipUri uri)) {
            return false;
        }
        if (flow.transport().equals(Flow.WS) || flow.transport().equals(Flow.WSS)) {
            return true;
        }
        String transport = uri.transport();
        if (!flow.isReliable()) {
            int port = uri.hostPort().portOr(flow.defaultPort());
            return !uri.secure()
                    && (transport == null || transport.equalsIgnoreCase(Flow.UDP))
                    && !uri.parameters().has("maddr")
                    && uri.hostPort().withPort(port).equals(flow.remote());
        }
        boolean host =
                uri.host().equals(flow.remote().host()) || uri.parameters().has("ob");
        return host && speaks(flow, uri, transport);
    }

    private static boolean speaks(Flow flow, SipUri uri, @Nullable String transport) {
        if (uri.secure() || flow.isSecure()) {
            return flow.isSecure();
        }
        return transport != null && transport.equalsIgnoreCase(flow.transport());
    }

    private static Way way(Flow flow) {
        return new Way(flow.transport(), flow.remote());
    }
}
