package io.allo.sip.locate;

import io.allo.sip.flow.Flow;
import java.util.List;

/**
 * What a lookup may use: the transports we speak as a client, best first (they decide where the DNS leaves it open), and the address
 * families, IPv6 first where {@code preferIpv6}.
 */
public record LocatorSettings(List<String> transports, boolean ipv4, boolean ipv6, boolean preferIpv6) {
    /** UDP, TCP, TLS; both families, IPv4 first. */
    public static final LocatorSettings DEFAULT =
            new LocatorSettings(List.of(Flow.UDP, Flow.TCP, Flow.TLS), true, true, false);

    public LocatorSettings {
        transports = List.copyOf(transports);
        if (!ipv4 && !ipv6) {
            throw new IllegalArgumentException("no address family");
        }
    }

    boolean speaks(String transport) {
        return transports.contains(transport);
    }
}
