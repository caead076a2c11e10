package io.allo.sip.address;

import java.util.Locale;

/**
 * A host (name, IPv4 or IPv6 address in text) and a port, -1 where none is written. The host is kept in lower case and without the
 * brackets of an IPv6 reference; {@link #toString} writes them. The three colons before an embedded IPv4 address that the grammar of RFC 3261
 * once allowed become two (RFC 5118 section 4.10). RFC 3261 section 25.1 {@code hostport}.
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65535;

    public HostPort {
        if (host.isEmpty() || port < -1 || port > MAX_PORT) {
            throw new IllegalArgumentException("host \"" + host + "\" port " + port);
        }
        host = host.toLowerCase(Locale.ROOT);
        if (host.charAt(0) == '[' && host.endsWith("]") && host.length() > 2) {
            host = host.substring(1, host.length() - 1);
        }
        host = host.replace(":::", "::");
    }

    /** The host alone, without a port. */
    public static HostPort of(String host) {
        return new HostPort(host, -1);
    }

    /** Reads {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}; the whole text must be it. */
    public static HostPort parse(String text) {
        int end = endOfHost(text, 0);
        String host = text.substring(0, end);
        if (end == text.length()) {
            return new HostPort(host, -1);
        }
        if (text.charAt(end) != ':') {
            throw new SipParseException("Malformed host", text, end);
        }
        return new HostPort(host, port(text, end + 1, text.length()));
    }

    /** The port, or {@code otherwise} where none is written. */
    public int portOr(int otherwise) {
        return port < 0 ? otherwise : port;
    }

    /** The same host with that port, or -1 for none. */
    public HostPort withPort(int newPort) {
        return new HostPort(host, newPort);
    }

    /** Whether the host is an IPv6 address. */
    public boolean isIpv6() {
        return host.indexOf(':') >= 0;
    }

    /** Whether the host is dotted-quad IPv4. */
    public boolean isIpv4() {
        return ipv4(host, 0, host.length());
    }

    /** Whether the host is an address rather than a name to be looked up. */
    public boolean isAddress() {
        return isIpv6() || isIpv4();
    }

    @Override
    public String toString() {
        String shown = isIpv6() ? "[" + host + "]" : host;
        return port < 0 ? shown : shown + ":" + port;
    }

    /** The index just after the host (with its brackets) that starts at {@code from}. */
    public static int endOfHost(String text, int from) {
        if (from < text.length() && text.charAt(from) == '[') {
            int close = text.indexOf(']', from);
            if (close < 0 || !ipv6(text, from + 1, close)) {
                throw new SipParseException("Malformed IPv6 reference", text, from);
            }
            return close + 1;
        }
        int i = from;
        while (i < text.length() && text.charAt(i) < 128 && HOST[text.charAt(i)]) {
            i++;
        }
        if (i == from || text.charAt(from) == '-' || text.charAt(from) == '.') {
            throw new SipParseException("Malformed host", text, from);
        }
        return i;
    }

    /** The decimal port in {@code text[from, to)}. */
    static int port(String text, int from, int to) {
        int port = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || port > MAX_PORT) {
                throw new SipParseException("Malformed port", text, i);
            }
            port = port * 10 + digit;
        }
        if (from >= to || port > MAX_PORT) {
            throw new SipParseException("Malformed port", text, from);
        }
        return port;
    }

    /**
     * Whether {@code text[from, to)} is an IPv6 address in the text forms of RFC 4291 section 2.2 (no zone), or has the third colon before
     * an IPv4 part that RFC 5118 section 4.10 asks to let through.
     */
    static boolean ipv6(String text, int from, int to) {
        int groups = 0;
        boolean gap = text.startsWith("::", from) && from + 2 <= to;
        int i = gap ? from + 2 : from;
        while (i < to) {
            int part = gap && text.charAt(i) == ':' && text.charAt(i - 1) == ':' ? i + 1 : i;
            int end = endOfHex(text, part, to);
            if (end < to && text.charAt(end) == '.') {
                return ipv4(text, part, to) && (gap ? groups <= 5 : groups == 6);
            }
            if (end == i || end - i > 4) {
                return false;
            }
            groups++;
            if (end == to) {
                break;
            }
            i = end + 1;
            if (text.charAt(end) != ':' || i == to) {
                return false;
            }
            if (text.charAt(i) == ':') {
                if (gap) {
                    return false;
                }
                gap = true;
                i++;
            }
        }
        return gap ? groups <= 7 : groups == 8;
    }

    private static int endOfHex(String text, int from, int to) {
        int end = from;
        while (end < to && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128) {
            end++;
        }
        return end;
    }

    private static boolean ipv4(String text, int from, int to) {
        int parts = 0;
        int i = from;
        while (i < to) {
            int value = 0;
            int start = i;
            while (i < to && text.charAt(i) >= '0' && text.charAt(i) <= '9' && i - start < 4) {
                value = value * 10 + text.charAt(i++) - '0';
            }
            if (i == start || i - start > 3 || value > 255 || ++parts > 4) {
                return false;
            }
            if (i < to && (text.charAt(i) != '.' || ++i == to)) {
                return false;
            }
        }
        return parts == 4;
    }

    private static final boolean[] HOST = SipText.alphabet("-._");
}
