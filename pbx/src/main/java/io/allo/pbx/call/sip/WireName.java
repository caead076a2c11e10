package io.allo.pbx.call.sip;

/**
 * Extensions and numbers as they come from the wire. What separates dial strings, arguments, places and commands in a dialplan is
 * no part of either, so that whoever dials cannot write dialplan (AST-2010-002): a call to such an extension reaches nobody, and a
 * number is taken without it. Stateless.
 */
final class WireName {

    private static final String SIGNS = "+*#-_.!~";

    private WireName() {}

    /** Whether a text is letters, digits and {@code + * # - _ . ! ~} alone. */
    static boolean isPlain(String text) {
        return text.codePoints().allMatch(WireName::isPlain);
    }

    /** The text without what is neither. */
    static String plain(String text) {
        if (isPlain(text)) {
            return text;
        }
        var kept = new StringBuilder();
        text.codePoints().filter(WireName::isPlain).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isPlain(int c) {
        return Character.isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0;
    }
}
