package io.allo.sip.address;

import java.util.Locale;

/** An address of a resource: {@code sip:} and {@code sips:}, {@code tel:}, or any other scheme kept as text. RFC 3261 section 19.1. */
public sealed interface Uri permits SipUri, TelUri, OtherUri {
    /** How many characters a URI may have. */
    int MAX_CHARS = 8192;

    /** The scheme in lower case, without its colon. */
    String scheme();

    /** Whether both name the same resource by the rules of their scheme. */
    boolean matches(Uri other);

    /** Reads a URI; throws {@link SipParseException} where it is malformed. Unknown schemes become {@link OtherUri}. */
    static Uri parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || text.length() > MAX_CHARS) {
            throw new SipParseException(colon <= 0 ? "URI without a scheme" : "URI too long", text, 0);
        }
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
                throw new SipParseException("Malformed URI scheme", text, i);
            }
        }
        if (text.regionMatches(true, 0, "sip:", 0, 4)) {
            return SipUri.parse(text, false, 4);
        }
        if (text.regionMatches(true, 0, "sips:", 0, 5)) {
            return SipUri.parse(text, true, 5);
        }
        if (text.regionMatches(true, 0, "tel:", 0, 4)) {
            return TelUri.parseAfterScheme(text);
        }
        return OtherUri.parse(text.substring(0, colon).toLowerCase(Locale.ROOT), text, colon + 1);
    }
}
