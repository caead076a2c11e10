package io.allo.sip.locate;

import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import java.util.List;

/**
 * Where to send: a transport name of {@link Flow}, an address with its port, and the name that a TLS certificate has to be for (the name
 * looked up, not the one it was an alias of: RFC 5922 section 7.1).
 */
public record ServerAddress(String transport, HostPort address, String domain) {
    /** A request longer than this goes over a stream where the path's MTU is not known. RFC 3261 section 18.1.1. */
    public static final int LARGEST_UDP_REQUEST_BYTES = 1300;

    /**
     * What to try in turn for a request of {@code lengthBytes}: this server, or, if it is over UDP and the request too large for one
     * datagram that does not break up, the same one over TCP first, and over UDP after all where TCP is refused (18.1.1).
     */
    public List<ServerAddress> forRequestOf(int lengthBytes) {
        return transport.equals(Flow.UDP) && lengthBytes > LARGEST_UDP_REQUEST_BYTES
                ? List.of(new ServerAddress(Flow.TCP, address, domain), this)
                : List.of(this);
    }
}
