package io.allo.sip.header;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One Via value: {@code SIP/2.0/UDP host:port;branch=...}. The transport is in upper case. Another protocol or version
 * is let through, so that a request of another version can be answered 505. RFC 3261 section 20.42, {@code rport} RFC 3581.
 */
public record ViaHeader(String transport, HostPort sentBy, Parameters parameters) {
    /** What the branch of an RFC 3261 element begins with; section 8.1.1.7. */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    /** A Via of ours with that branch. */
    public static ViaHeader of(String transport, HostPort sentBy, String branch) {
        return new ViaHeader(transport, sentBy, Parameters.of("branch", branch));
    }

    /** Reads one value. White space may stand around the slashes and the colon. */
    public static ViaHeader parse(String text) {
        int i = afterSlash(text, 0);
        i = afterSlash(text, i);
        int end = SipText.endOfToken(text, i);
        if (end == i) {
            throw new SipParseException("Missing transport in Via", text, i);
        }
        String transport = transport(text.substring(i, end));
        i = SipText.skipSpace(text, end);
        if (i == end) {
            throw new SipParseException("Expected white space after transport in Via", text, i);
        }
        end = HostPort.endOfHost(text, i);
        String host = text.substring(i, end);
        int port = -1;
        int colon = SipText.skipSpace(text, end);
        if (colon < text.length() && text.charAt(colon) == ':') {
            i = SipText.skipSpace(text, colon + 1);
            end = i;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            long number = ValueList.number(text.substring(i, end));
            if (number > 65535) {
                throw new SipParseException("Malformed port", text, i);
            }
            port = (int) number;
        }
        return new ViaHeader(transport, new HostPort(host, port), Parameters.parse(text, end));
    }

    /** The branch, or null (RFC 2543). */
    public @Nullable String branch() {
        return parameters.value("branch");
    }

    /** Whether the branch begins with the magic cookie and has more after it, and so names a transaction by itself. */
    public boolean hasRfc3261Branch() {
        String branch = branch();
        return branch != null
                && branch.length() > MAGIC_COOKIE.length()
                && branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length());
    }

    /** The {@code rport} value; 0 where rport is asked for and not filled in, -1 where it is missing or no port. */
    public int rport() {
        String rport = parameters.value("rport");
        if (rport == null || rport.isEmpty()) {
            return parameters.has("rport") ? 0 : -1;
        }
        if (rport.length() > 5 || !rport.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(rport);
        return port > 65535 ? -1 : port;
    }

    /** The {@code received} address without the brackets some write around IPv6 (RFC 5118 section 4.5), or null. */
    public @Nullable String received() {
        String received = parameters.value("received");
        return received != null && received.startsWith("[") && received.endsWith("]")
                ? received.substring(1, received.length() - 1)
                : received;
    }

    /** The {@code maddr} parameter, or null. */
    public @Nullable String maddr() {
        return parameters.value("maddr");
    }

    /** With that parameter set; see {@link Parameters#with}. */
    public ViaHeader withParameter(String name, @Nullable String value) {
        return new ViaHeader(transport, sentBy, parameters.with(name, value));
    }

    @Override
    public String toString() {
        var out = new StringBuilder(80)
                .append("SIP/2.0/")
                .append(transport)
                .append(' ')
                .append(sentBy);
        parameters.appendTo(out);
        return out.toString();
    }

    /** The index of what follows the token at {@code from} and its slash, with the white space around it. */
    private static int afterSlash(String text, int from) {
        int i = SipText.skipSpace(text, from);
        int end = SipText.endOfToken(text, i);
        int slash = SipText.skipSpace(text, end);
        if (end == i || slash == text.length() || text.charAt(slash) != '/') {
            throw new SipParseException("Malformed Via", text, slash);
        }
        return SipText.skipSpace(text, slash + 1);
    }

    private static String transport(String text) {
        return switch (text) {
            case "UDP" -> "UDP";
            case "TCP" -> "TCP";
            case "TLS" -> "TLS";
            case "WS" -> "WS";
            case "WSS" -> "WSS";
            default -> text.toUpperCase(Locale.ROOT);
        };
    }
}
