package io.allo.pbx.endpoint;

import io.allo.pbx.call.PartyId;

/** Reads a caller id as people write it: {@code "Alice" <100>}, {@code Alice <100>}, {@code <100>}, {@code 100}, {@code Alice}. */
public final class CallerIdText {

    private CallerIdText() {}

    /** The party; what is neither in brackets nor a number is a name. */
    public static PartyId parse(String text) {
        var open = text.lastIndexOf('<');
        var close = text.lastIndexOf('>');
        if (open >= 0 && close > open) {
            var name = text.substring(0, open).strip();
            return PartyId.UNKNOWN
                    .withName(unquoted(name))
                    .withNumber(text.substring(open + 1, close).strip());
        }
        var bare = unquoted(text.strip());
        return bare.matches("[0-9+*#() .-]+")
                ? PartyId.UNKNOWN.withNumber(bare.replaceAll("[() .-]", ""))
                : PartyId.UNKNOWN.withName(bare);
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\\\"", "\"")
                : text;
    }
}
