package io.allo.io.sip;

import io.allo.io.tls.TlsContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;

/** SIP over TLS 1.2 and 1.3. RFC 3261 section 26.3.1, RFC 5922. Threads as {@link StreamTransport} says. */
final class TlsTransport extends StreamTransport {

    private final TlsContext layer;

    TlsTransport(TransportConfig config, InetAddress address, TransportContext context) throws IOException {
        super(config, address, context);
        this.layer = Objects.requireNonNull(config.tls());
    }

    @Override
    Socket accepted(Socket raw) throws IOException {
        var secured = layer.accepted(raw);
        secured.startHandshake();
        return secured;
    }

    @Override
    Socket connected(Socket raw, String serverName) throws IOException {
        var secured = layer.connected(raw, serverName);
        secured.startHandshake();
        return secured;
    }
}
