package io.allo.sip.locate;

import io.allo.sip.address.HostPort;

/** A record of the DNS as server location needs it. Names carry no final dot; the root is the empty name. */
public sealed interface DnsRecord {
    /** RFC 3403. {@code service} like {@code SIP+D2U}; {@code flags} {@code s} says that {@code replacement} is the name of SRV records. */
    record Naptr(int order, int preference, String flags, String service, String regexp, String replacement)
            implements DnsRecord {}

    /** RFC 2782. An empty {@code target} says that the service is decidedly not there. */
    record Srv(int priority, int weight, int port, String target) implements DnsRecord {}

    /** An A or AAAA record: an address in text. */
    record Address(String address) implements DnsRecord {
        public Address {
            if (!HostPort.of(address).isAddress()) {
                throw new IllegalArgumentException("not an address: " + address);
            }
        }
    }
}
