package io.allo.sip.door;

import io.allo.sip.address.AddressBytes;
import java.nio.ByteBuffer;

/**
 * Where something came from, as the door counts: an IPv4 address, or the first 64 bits of an IPv6 address, since that is what one subscriber
 * has (RFC 6177). An IPv4 address mapped into IPv6 is that IPv4 address. {@code bits} are the address or those 64 bits.
 */
public record Source(long bits, boolean ipv6) {
    private static final int GROUPS = 4;
    private static final int GROUP_BITS = 16;
    private static final long IPV4_MASK = 0xffff_ffffL;

    /** The source of an address in four or sixteen octets. */
    public static Source of(byte[] address) {
        byte[] plain = AddressBytes.plain(address);
        var octets = ByteBuffer.wrap(plain);
        return plain.length == Integer.BYTES
                ? new Source(octets.getInt() & IPV4_MASK, false)
                : new Source(octets.getLong(), true);
    }

    /**
     * The source of an address in text; of IPv6 also with {@code /64} behind it.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Source of(String host) {
        boolean net = host.endsWith(NET) && host.indexOf(':') >= 0;
        return of(AddressBytes.asWritten(net ? host.substring(0, host.length() - NET.length()) : host));
    }

    /** {@code 192.0.2.1}, or {@code 2001:db8:0:1::/64}. */
    @Override
    public String toString() {
        if (!ipv6) {
            return (bits >> 24 & 0xff) + "." + (bits >> 16 & 0xff) + "." + (bits >> 8 & 0xff) + "." + (bits & 0xff);
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            long group = bits >>> (GROUPS - 1 - i) * GROUP_BITS & 0xffff;
            text.append(Long.toHexString(group)).append(':');
        }
        return text.append(":/64").toString();
    }

    private static final String NET = "/64";
}
