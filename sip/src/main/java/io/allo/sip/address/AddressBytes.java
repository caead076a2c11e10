package io.allo.sip.address;

import java.util.Arrays;

/** IP addresses in text as octets. RFC 4291 section 2.2. No state. */
public final class AddressBytes {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED_ZEROS = 10;

    private AddressBytes() {}

    /**
     * The four octets of an IPv4 address, also of one mapped into IPv6 ({@code ::ffff:192.0.2.1}), or the sixteen of an IPv6 address.
     *
     * @throws IllegalArgumentException where the text is no address
     */
    public static byte[] of(String host) {
        return plain(asWritten(host));
    }

    /** The octets as they are written: sixteen for an IPv4 address mapped into IPv6. */
    public static byte[] asWritten(String host) {
        HostPort parsed = HostPort.of(host);
        if (!parsed.isAddress()) {
            throw new IllegalArgumentException("not an address: " + host);
        }
        return parsed.isIpv6() ? ipv6(parsed.host()) : ipv4(parsed.host());
    }

    /** The same octets, but the last four of an IPv4 address that is mapped into IPv6. RFC 4291 section 2.5.5.2. */
    public static byte[] plain(byte[] address) {
        return isMapped(address) ? Arrays.copyOfRange(address, IPV6_BYTES - IPV4_BYTES, IPV6_BYTES) : address;
    }

    /** Whether these are sixteen octets that stand for an IPv4 address. */
    public static boolean isMapped(byte[] address) {
        if (address.length != IPV6_BYTES) {
            return false;
        }
        for (int i = 0; i < MAPPED_ZEROS; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[MAPPED_ZEROS] == -1 && address[MAPPED_ZEROS + 1] == -1;
    }

    private static byte[] ipv4(String host) {
        byte[] out = new byte[IPV4_BYTES];
        String[] parts = host.split("\\.");
        for (int i = 0; i < IPV4_BYTES; i++) {
            out[i] = (byte) Integer.parseInt(parts[i]);
        }
        return out;
    }

    /** Groups left of the gap from the front, those right of it from the back. */
    private static byte[] ipv6(String host) {
        byte[] out = new byte[IPV6_BYTES];
        int gap = host.indexOf("::");
        String left = gap < 0 ? host : host.substring(0, gap);
        String right = gap < 0 ? "" : host.substring(gap + 2);
        byte[] head = groups(left);
        byte[] tail = groups(right);
        System.arraycopy(head, 0, out, 0, head.length);
        System.arraycopy(tail, 0, out, IPV6_BYTES - tail.length, tail.length);
        return out;
    }

    private static byte[] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":");
        boolean dotted = parts[parts.length - 1].indexOf('.') >= 0;
        byte[] out = new byte[parts.length * 2 + (dotted ? 2 : 0)];
        for (int i = 0; i < parts.length; i++) {
            if (dotted && i == parts.length - 1) {
                System.arraycopy(ipv4(parts[i]), 0, out, i * 2, IPV4_BYTES);
            } else {
                int group = Integer.parseInt(parts[i], 16);
                out[i * 2] = (byte) (group >> Byte.SIZE);
                out[i * 2 + 1] = (byte) group;
            }
        }
        return out;
    }
}
