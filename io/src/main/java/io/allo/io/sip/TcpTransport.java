package io.allo.io.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** SIP over TCP. RFC 3261 section 18. Threads as {@link StreamTransport} says. */
final class TcpTransport extends StreamTransport {

    TcpTransport(TransportConfig config, InetAddress address, TransportContext context) throws IOException {
        super(config, address, context);
    }

    @Override
    Socket accepted(Socket raw) {
        return raw;
    }

    @Override
    Socket connected(Socket raw, String serverName) {
        return raw;
    }
}
