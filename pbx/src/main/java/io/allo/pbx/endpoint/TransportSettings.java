package io.allo.pbx.endpoint;

import io.allo.sip.address.HostPort;
import io.allo.sip.agent.AddressRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A section of {@code type=transport}: a socket to listen on. Immutable.
 *
 * @param protocol UDP, TCP, TLS, WS or WSS
 * @param bind address and port; the port is the protocol's usual one where the file names none
 * @param externalSignaling what stands in Via and Contact for those beyond {@code localNets}; its port is -1 for the bound one
 * @param externalMedia what stands in SDP for those beyond {@code localNets}, "" for the local address
 * @param tls for TLS and WSS
 */
public record TransportSettings(
        String name,
        String protocol,
        HostPort bind,
        @Nullable HostPort externalSignaling,
        String externalMedia,
        List<AddressRange> localNets,
        Tls tls,
        String file,
        int line) {

    public TransportSettings {
        localNets = List.copyOf(localNets);
    }

    /** The same with other external addresses. */
    public TransportSettings withExternal(@Nullable HostPort signaling, String media) {
        return new TransportSettings(name, protocol, bind, signaling, media, localNets, tls, file, line);
    }

    /** Certificates of a transport, by file; "" where the file names none. {@code password} is that of an encrypted key. */
    public record Tls(
            String certificateFile,
            String keyFile,
            String caFile,
            String caPath,
            String method,
            List<String> ciphers,
            boolean verifyClient,
            boolean verifyServer,
            boolean requireClientCertificate,
            boolean allowWildcards,
            String password) {
        public Tls {
            ciphers = List.copyOf(ciphers);
        }
    }

    /** Whether it speaks over TLS. */
    public boolean isSecure() {
        return protocol.equals("TLS") || protocol.equals("WSS");
    }
}
