package io.allo.pbx.app.function.text;

import io.allo.pbx.dialplan.DialplanException;
import java.util.Locale;

/** What words and numbers in the dialplan mean, as C reads them, and numbers as C writes them. Stateless. */
public final class Numbers {

    private Numbers() {}

    /** What counts as true: not empty, and if it begins with a digit not zero. */
    public static boolean isTrue(String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            return false;
        }
        return !Character.isDigit(stripped.charAt(0)) || leadingNumber(stripped, 0) != 0;
    }

    /** "yes", "true", "on", "y", "t" or a number that is not zero. */
    public static boolean isYes(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on", "y", "t" -> true;
            default -> leadingNumber(text, 0) != 0;
        };
    }

    /** The whole number that a text begins with, as C reads it; {@code otherwise} if it begins with none. */
    public static long leadingNumber(String text, long otherwise) {
        var stripped = text.strip();
        var at = 0;
        var negative = stripped.startsWith("-");
        if (negative || stripped.startsWith("+")) {
            at++;
        }
        var start = at;
        long value = 0;
        while (at < stripped.length() && stripped.charAt(at) >= '0' && stripped.charAt(at) <= '9' && at - start < 18) {
            value = value * 10 + stripped.charAt(at++) - '0';
        }
        if (at == start) {
            return otherwise;
        }
        return negative ? -value : value;
    }

    /** A whole number, the argument's name in the complaint if it is none. */
    public static long number(String text, String what) {
        if (!text.strip().matches("[-+]?[0-9]{1,18}")) {
            throw new DialplanException(what + " is a whole number, not \"" + text + "\"");
        }
        return Long.parseLong(text.strip());
    }

    /** With a point and so many decimals, whatever the system's language. */
    public static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
