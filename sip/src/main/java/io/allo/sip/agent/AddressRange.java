package io.allo.sip.agent;

import io.allo.sip.address.AddressBytes;
import io.allo.sip.address.HostPort;

/**
 * A range of IPv4 or IPv6 addresses by its first {@code prefixBits}: {@code 192.168.0.0/16}. RFC 4632, RFC 4291 section 2.3. An IPv4 address
 * mapped into IPv6 ({@code ::ffff:192.168.0.1}) is that IPv4 address, here and in what is asked.
 */
public final class AddressRange {
    private static final int BITS = 8;
    /** The bits in front of an IPv4 address that is mapped into IPv6. */
    private static final int MAPPED_BITS = 96;

    private final String text;
    private final byte[] address;
    private final int prefixBits;

    private AddressRange(String text, byte[] address, int prefixBits) {
        this.text = text;
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
        byte[] written = AddressBytes.asWritten((slash < 0 ? text : text.substring(0, slash)).strip());
        byte[] address = AddressBytes.plain(written);
        if (slash < 0) {
            return new AddressRange(text, address, address.length * BITS);
        }
        String mask = text.substring(slash + 1).strip();
        int bits = mask.indexOf('.') >= 0 ? bitsOfMask(AddressBytes.of(mask), text) : Integer.parseInt(mask);
        if (bits < 0 || bits > written.length * BITS) {
            throw new IllegalArgumentException("prefix of " + text);
        }
        if (written.length == address.length) {
            return new AddressRange(text, address, bits);
        }
        return bits >= MAPPED_BITS
                ? new AddressRange(text, address, bits - MAPPED_BITS)
                : new AddressRange(text, written, bits);
    }

    /** Whether every address of its family lies in it. */
    public boolean isEverything() {
        return prefixBits == 0;
    }

    /** Whether the address in text {@code host} lies in the range; a name never does. */
    public boolean contains(String host) {
        if (!HostPort.of(host).isAddress()) {
            return false;
        }
        return contains(AddressBytes.of(host));
    }

    /** Whether the address in four or sixteen octets lies in the range. */
    public boolean contains(byte[] octets) {
        byte[] other = AddressBytes.plain(octets);
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

    /** As it was written. */
    @Override
    public String toString() {
        return text;
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
}
