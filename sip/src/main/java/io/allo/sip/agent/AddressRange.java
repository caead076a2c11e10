package io.allo.sip.agent;

import io.allo.sip.address.HostPort;

/** A range of IPv4 or IPv6 addresses by its first {@code prefixBits}: {@code 192.168.0.0/16}. RFC 4632, RFC 4291 section 2.3. */
public final class AddressRange {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int BITS = 8;

    private final byte[] address;
    private final int prefixBits;

    private AddressRange(byte[] address, int prefixBits) {
        this.address = address;
        this.prefixBits = prefixBits;
    }

    /**
     * Reads {@code address}, {@code address/bits} or {@code address/netmask} (IPv4).
     *
     * @throws IllegalArgumentException where it is none of them
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes((slash < 0 ? text : text.substring(0, slash)).strip());
        if (slash < 0) {
            return new AddressRange(address, address.length * BITS);
        }
        String mask = text.substring(slash + 1).strip();
        int bits = mask.indexOf('.') >= 0 ? bitsOfMask(bytes(mask), text) : Integer.parseInt(mask);
        if (bits < 0 || bits > address.length * BITS) {
            throw new IllegalArgumentException("prefix of " + text);
        }
        return new AddressRange(address, bits);
    }

    /** Whether the address in text {@code host} lies in the range; a name never does. */
    public boolean contains(String host) {
        if (!HostPort.of(host).isAddress()) {
            return false;
        }
        byte[] other = bytes(host);
        if (other.length != address.length) {
            return false;
        }
        int whole = prefixBits / BITS;
        for (int i = 0; i < whole; i++) {
            if (other[i] != address[i]) {
                return false;
            }
        }
        int rest = prefixBits % BITS;
        return rest == 0 || ((other[whole] ^ address[whole]) & 0xff) >>> (BITS - rest) == 0;
    }

    private static int bitsOfMask(byte[] mask, String text) {
        int bits = 0;
        boolean ended = false;
        for (int i = 0; i < mask.length * BITS; i++) {
            boolean set = (mask[i / BITS] >> (BITS - 1 - i % BITS) & 1) == 1;
            if (set && ended) {
                throw new IllegalArgumentException("netmask of " + text);
            }
            ended |= !set;
            bits += set ? 1 : 0;
        }
        return bits;
    }

    private static byte[] bytes(String host) {
        HostPort parsed = HostPort.of(host);
        if (!parsed.isAddress()) {
            throw new IllegalArgumentException("not an address: " + host);
        }
        return parsed.isIpv6() ? ipv6(parsed.host()) : ipv4(parsed.host());
    }

    private static byte[] ipv4(String host) {
        byte[] out = new byte[IPV4_BYTES];
        String[] parts = host.split("\\.");
        for (int i = 0; i < IPV4_BYTES; i++) {
            out[i] = (byte) Integer.parseInt(parts[i]);
        }
        return out;
    }

    /** RFC 4291 section 2.2: groups left of the gap from the front, those right of it from the back. */
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
                out[i * 2] = (byte) (group >> BITS);
                out[i * 2 + 1] = (byte) group;
            }
        }
        return out;
    }
}
