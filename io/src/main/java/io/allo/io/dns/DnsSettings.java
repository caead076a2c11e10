package io.allo.io.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Whom to ask, and how patiently. Immutable.
 *
 * @param servers the DNS servers in order; empty for those of the system (resolv.conf)
 * @param tryTimeout how long one server is waited for
 * @param tries how often each server is asked
 * @param timeout after which the whole question has failed, whatever is still on its way
 * @param hostsFile the system's hosts file answers for addresses first
 */
public record DnsSettings(
        List<InetSocketAddress> servers, Duration tryTimeout, int tries, Duration timeout, boolean hostsFile) {

    /** The system's servers, 2 s each, twice, 6 s in all. */
    public static final DnsSettings DEFAULT =
            new DnsSettings(List.of(), Duration.ofSeconds(2), 2, Duration.ofSeconds(6), true);

    public DnsSettings {
        servers = List.copyOf(servers);
        if (tries < 1 || tryTimeout.isNegative() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("tries " + tries + ", timeouts " + tryTimeout + " and " + timeout);
        }
    }
}
