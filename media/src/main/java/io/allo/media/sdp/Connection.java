package io.allo.media.sdp;

import java.util.Locale;

/**
 * Where media goes: the {@code c=} line, RFC 8866 5.7. {@code addressType} is IP4 or IP6; {@code address} is a literal
 * or a name, with {@code /ttl/count} still on it for multicast. Immutable.
 */
public record Connection(String networkType, String addressType, String address) {

    /** The connection of an IPv4 or IPv6 literal, told apart by its colon. */
    public static Connection of(String address) {
        return new Connection("IN", address.indexOf(':') >= 0 ? IP6 : IP4, address);
    }

    /** By the type, or by the address itself where a phone writes an IPv6 literal under IP4. */
    public boolean isIp6() {
        return addressType.equalsIgnoreCase(IP6) || address.indexOf(':') >= 0;
    }

    /**
     * An address to which nothing may be sent: {@code 0.0.0.0} is the hold of RFC 2543 (RFC 3264 8.4), a name under
     * {@code .invalid} that of IPv6 (RFC 6157 5.1); {@code ::} is what some phones write instead.
     */
    public boolean isBlackHole() {
        return address.equals("0.0.0.0")
                || address.equals("::")
                || address.equals("0:0:0:0:0:0:0:0")
                || address.toLowerCase(Locale.ROOT).endsWith(".invalid");
    }

    /** A group address (224/4, ff00::/8) or one written with a TTL or count. */
    public boolean isMulticast() {
        if (address.indexOf('/') >= 0) {
            return true;
        }
        if (isIp6()) {
            return address.length() > 2 && address.toLowerCase(Locale.ROOT).startsWith("ff");
        }
        int dot = address.indexOf('.');
        var firstByte = SdpNumbers.number(dot < 0 ? "" : address.substring(0, dot), 255);
        return firstByte.isPresent() && firstByte.getAsInt() >= 224 && firstByte.getAsInt() <= 239;
    }

    private static final String IP4 = "IP4";
    private static final String IP6 = "IP6";
}
