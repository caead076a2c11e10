package io.allo.io.sip;

import io.allo.io.tls.TlsContext;
import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A transport to open, as its section of pjsip.conf says.
 *
 * @param name the section's name
 * @param protocol {@link Flow#UDP}, {@link Flow#TCP} or {@link Flow#TLS}
 * @param bind the address ({@code 0.0.0.0} or {@code ::} for every one) and port; port -1 is the protocol's own, 0 any free one
 * @param tls how connections are secured; null unless the protocol is TLS
 * @param trafficClass the IP header's DSCP and ECN octet, 0 for the system's ({@code tos})
 */
public record TransportConfig(
        String name,
        String protocol,
        HostPort bind,
        @Nullable TlsContext tls,
        int trafficClass,
        TransportLimits limits) {

    public TransportConfig {
        if (protocol.equals(Flow.TLS) == (tls == null)) {
            throw new IllegalArgumentException(name + ": TLS and its certificates go together");
        }
    }

    /** UDP or TCP with the usual limits. */
    public static TransportConfig of(String name, String protocol, HostPort bind) {
        return new TransportConfig(name, protocol, bind, null, 0, TransportLimits.DEFAULT);
    }

    /** TLS with the usual limits. */
    public static TransportConfig tls(String name, HostPort bind, TlsContext tls) {
        return new TransportConfig(name, Flow.TLS, bind, tls, 0, TransportLimits.DEFAULT);
    }

    /** The same transport with other limits on messages, connections and idle time. */
    public TransportConfig withLimits(TransportLimits newLimits) {
        return new TransportConfig(name, protocol, bind, tls, trafficClass, newLimits);
    }

    /** Whether it listens on every address of its family. */
    boolean isWildcard() {
        return bind.host().equals("0.0.0.0") || bind.host().equals("::");
    }

    /** The port to bind. */
    int port() {
        return bind.portOr(protocol.equals(Flow.TLS) ? TLS_PORT : SIP_PORT);
    }

    static final int SIP_PORT = 5060;
    static final int TLS_PORT = 5061;
}
