package io.allo.sip.address;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@code sip:} or ({@code secure}) {@code sips:} URI. User, password, parameters and headers are held with escapes resolved and written
 * with whatever needs escaping. RFC 3261 section 19.1.
 */
public record SipUri(
        boolean secure,
        @Nullable String user,
        @Nullable String password,
        HostPort hostPort,
        Parameters parameters,
        Parameters headers)
        implements Uri {

    /** {@code sip:user@host[:port]}. */
    public static SipUri of(@Nullable String user, HostPort hostPort) {
        return new SipUri(false, user, null, hostPort, Parameters.EMPTY, Parameters.EMPTY);
    }

    /** Reads a {@code sip:} or {@code sips:} URI; any other scheme is a {@link SipParseException}. */
    public static SipUri parse(String text) {
        if (Uri.parse(text) instanceof SipUri uri) {
            return uri;
        }
        throw new SipParseException("Not a SIP URI", text, 0);
    }

    static SipUri parse(String text, boolean secure, int from) {
        int at = text.indexOf('@', from);
        String user = null;
        String password = null;
        int host = from;
        if (at >= 0) {
            int colon = text.indexOf(':', from);
            boolean hasPassword = colon >= 0 && colon < at;
            int userEnd = hasPassword ? colon : at;
            if (userEnd == from) {
                throw new SipParseException("Empty user in URI", text, from);
            }
            user = userPart(text, from, userEnd);
            password = hasPassword ? userPart(text, colon + 1, at) : null;
            host = at + 1;
        }
        int end = HostPort.endOfHost(text, host);
        int port = -1;
        String hostText = text.substring(host, end);
        if (end < text.length() && text.charAt(end) == ':') {
            int portEnd = end + 1;
            while (portEnd < text.length() && text.charAt(portEnd) != ';' && text.charAt(portEnd) != '?') {
                portEnd++;
            }
            port = HostPort.port(text, end + 1, portEnd);
            end = portEnd;
        }
        int question = text.indexOf('?', end);
        int parametersEnd = question < 0 ? text.length() : question;
        Parameters parameters = Parameters.EMPTY;
        if (end < parametersEnd) {
            if (text.charAt(end) != ';') {
                throw new SipParseException("Character not allowed in a host", text, end);
            }
            parameters = Parameters.parseUri(text.substring(end + 1, parametersEnd), ';');
        }
        Parameters headers = question < 0 ? Parameters.EMPTY : Parameters.parseUri(text.substring(question + 1), '&');
        return new SipUri(secure, user, password, new HostPort(hostText, port), parameters, headers);
    }

    @Override
    public String scheme() {
        return secure ? "sips" : "sip";
    }

    /** The host alone; IPv6 without brackets. */
    public String host() {
        return hostPort.host();
    }

    /** The port written, or -1. */
    public int port() {
        return hostPort.port();
    }

    /** The {@code transport} parameter as written, or null. */
    public @Nullable String transport() {
        return parameters.value("transport");
    }

    /** Whether the {@code lr} parameter marks a loose router. RFC 3261 section 19.1.1. */
    public boolean isLooseRouter() {
        return parameters.has("lr");
    }

    /** As {@code sips:} or {@code sip:}. */
    public SipUri withSecure(boolean newSecure) {
        return new SipUri(newSecure, user, password, hostPort, parameters, headers);
    }

    /** With that user, unescaped; null takes the password away too. */
    public SipUri withUser(@Nullable String newUser) {
        return new SipUri(secure, newUser, newUser == null ? null : password, hostPort, parameters, headers);
    }

    /** With that password, unescaped, or none for null. */
    public SipUri withPassword(@Nullable String newPassword) {
        return new SipUri(secure, user, newPassword, hostPort, parameters, headers);
    }

    /** With that host and port. */
    public SipUri withHostPort(HostPort newHostPort) {
        return new SipUri(secure, user, password, newHostPort, parameters, headers);
    }

    /** With those URI parameters instead. */
    public SipUri withParameters(Parameters newParameters) {
        return new SipUri(secure, user, password, hostPort, newParameters, headers);
    }

    /** With that URI parameter set, value unescaped or null for the name alone. */
    public SipUri withParameter(String name, @Nullable String value) {
        return withParameters(parameters.with(name, value));
    }

    /** Without any URI parameter of that name. */
    public SipUri withoutParameter(String name) {
        return withParameters(parameters.without(name));
    }

    /** With those URI headers ({@code ?name=value}) instead. */
    public SipUri withHeaders(Parameters newHeaders) {
        return new SipUri(secure, user, password, hostPort, parameters, newHeaders);
    }

    /** Scheme, user, host and port alone: the canonical form for an address of record, RFC 3261 section 10.3 step 5. */
    public SipUri bare() {
        return new SipUri(secure, user, null, hostPort, Parameters.EMPTY, Parameters.EMPTY);
    }

    @Override
    public boolean matches(Uri other) {
        return other instanceof SipUri sip && matches(sip);
    }

    /**
     * Whether both are equal by RFC 3261 section 19.1.4: user and password with regard to case, the rest without; {@code user},
     * {@code ttl}, {@code method}, {@code maddr} and {@code transport} must be in both or neither, other parameters need agree only where
     * both have them; headers must be the same in any order.
     */
    public boolean matches(SipUri other) {
        return secure == other.secure
                && Objects.equals(user, other.user)
                && Objects.equals(password, other.password)
                && hostPort.equals(other.hostPort)
                && parametersMatch(parameters, other.parameters)
                && parametersMatch(other.parameters, parameters)
                && headersMatch(headers, other.headers);
    }

    @Override
    public String toString() {
        var out = new StringBuilder(64);
        out.append(secure ? "sips:" : "sip:");
        if (user != null) {
            SipText.appendEscaped(out, user, USER);
            if (password != null) {
                out.append(':');
                SipText.appendEscaped(out, password, PASSWORD);
            }
            out.append('@');
        }
        out.append(hostPort);
        parameters.appendUri(out, ';', ';', PARAMETER);
        headers.appendUri(out, '?', '&', HEADER);
        return out.toString();
    }

    private static String userPart(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '"' || c == '<' || c == '>' || c == 0x7f) {
                throw new SipParseException("Character not allowed in a URI", text, i);
            }
        }
        return SipText.unescape(text.substring(from, to));
    }

    private static boolean parametersMatch(Parameters mine, Parameters theirs) {
        for (Parameters.Parameter p : mine) {
            if (!theirs.has(p.name())) {
                if (isTelling(p.name())) {
                    return false;
                }
            } else if (!equalIgnoringCase(p.value(), theirs.value(p.name()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTelling(String name) {
        return name.equalsIgnoreCase("user")
                || name.equalsIgnoreCase("ttl")
                || name.equalsIgnoreCase("method")
                || name.equalsIgnoreCase("maddr")
                || name.equalsIgnoreCase("transport");
    }

    private static boolean headersMatch(Parameters mine, Parameters theirs) {
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (Parameters.Parameter p : mine) {
            if (!theirs.has(p.name()) || !Objects.equals(p.value(), theirs.value(p.name()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalIgnoringCase(@Nullable String a, @Nullable String b) {
        return a == null || b == null ? a == null && b == null : a.equalsIgnoreCase(b);
    }

    private static final boolean[] USER = SipText.alphabet("-_.!~*'()&=+$,;?/");
    private static final boolean[] PASSWORD = SipText.alphabet("-_.!~*'()&=+$,");
    private static final boolean[] PARAMETER = SipText.alphabet("-_.!~*'()[]/:&+$");
    private static final boolean[] HEADER = SipText.alphabet("-_.!~*'()[]/?:+$");
}
