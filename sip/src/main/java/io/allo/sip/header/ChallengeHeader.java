package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import org.jspecify.annotations.Nullable;

/** WWW-Authenticate and Proxy-Authenticate: a scheme and its parameters, written with the quotes their grammar asks for. RFC 3261 section 20.44. */
public record ChallengeHeader(String scheme, Parameters parameters) {

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static ChallengeHeader parse(String text) {
        int end = SipText.endOfToken(text, 0);
        int from = SipText.skipSpace(text, end);
        if (end == 0 || from == end && from < text.length()) {
            throw new SipParseException("Malformed authentication scheme", text, end);
        }
        return new ChallengeHeader(text.substring(0, end), Parameters.parseCommaSeparated(text, from));
    }

    /** Whether the scheme is Digest. */
    public boolean isDigest() {
        return scheme.equalsIgnoreCase("Digest");
    }

    /** A parameter without its quotes, or null. */
    public @Nullable String value(String name) {
        return parameters.value(name);
    }

    /** With that parameter; those whose grammar asks for quotes get them, the others are written bare. RFC 7616 section 3.3. */
    public ChallengeHeader with(String name, String value) {
        return new ChallengeHeader(scheme, DigestQuoting.with(parameters, name, value, DigestQuoting.CHALLENGE));
    }

    @Override
    public String toString() {
        var out = new StringBuilder(200).append(scheme);
        if (!parameters.isEmpty()) {
            out.append(' ');
            parameters.appendCommaSeparated(out);
        }
        return out.toString();
    }
}
