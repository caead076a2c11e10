package io.allo.pbx.app.flow;

import java.util.regex.Pattern;

/** What counts as true in GotoIf and its kin. Stateless. */
final class Condition {
    private static final Pattern ZERO = Pattern.compile("[-+]?0*(\\.0*)?([^0-9.].*)?");

    private Condition() {}

    /** Not empty, and if it begins like a number not zero. */
    static boolean isTrue(String text) {
        var stripped = text.strip();
        return !stripped.isEmpty() && !ZERO.matcher(stripped).matches() || isWord(stripped);
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && !Character.isDigit(text.charAt(0)) && "+-.".indexOf(text.charAt(0)) < 0;
    }
}
