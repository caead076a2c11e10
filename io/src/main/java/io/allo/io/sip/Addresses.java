package io.allo.io.sip;

import io.allo.sip.address.HostPort;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/** Socket addresses and those of messages, one made from the other. No state. */
final class Addresses {

    private Addresses() {}

    /** The address in text, without the zone that {@code getHostAddress} adds to a link-local one. */
    static String text(InetAddress address) {
        var text = address.getHostAddress();
        var zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    static HostPort hostPort(InetSocketAddress address) {
        return new HostPort(text(address.getAddress()), address.getPort());
    }

    /** The socket address of an address in text; throws IllegalArgumentException for a name. */
    static InetSocketAddress socketAddress(HostPort hostPort, int defaultPort) {
        return new InetSocketAddress(InetAddress.ofLiteral(hostPort.host()), hostPort.portOr(defaultPort));
    }

    static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }
}
