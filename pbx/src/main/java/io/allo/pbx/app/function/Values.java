package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.Locale;

/** Variables by the name that a function is given, and what its words mean. Any thread. */
record Values(DialplanRunner runner) {

    /** What {@code ${name}} is worth; the name may be a function with its arguments. */
    String of(Call call, String name) {
        return name.indexOf('(') < 0 ? runner.variable(call, name.strip()) : runner.substitute(call, "${" + name + "}");
    }

    /** Sets a variable, or a function where the name is one. */
    void set(Call call, String name, String value) {
        if (name.isBlank()) {
            throw new DialplanException("needs the name of a variable");
        }
        if (name.indexOf('(') < 0) {
            runner.assign(call, name.strip(), value);
        } else {
            runner.assign(call, name + "=" + value);
        }
    }

    /** What counts as true: not empty, and if it begins with a digit not zero. */
    static boolean isTrue(String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            return false;
        }
        return !Character.isDigit(stripped.charAt(0)) || leadingNumber(stripped, 0) != 0;
    }

    /** "yes", "true", "on", "y", "t" or a number that is not zero. */
    static boolean isYes(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on", "y", "t" -> true;
            default -> leadingNumber(text, 0) != 0;
        };
    }

    /** The whole number that a text begins with, as C reads it; {@code otherwise} if it begins with none. */
    static long leadingNumber(String text, long otherwise) {
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
    static long number(String text, String what) {
        if (!text.strip().matches("[-+]?[0-9]{1,18}")) {
            throw new DialplanException(what + " is a whole number, not \"" + text + "\"");
        }
        return Long.parseLong(text.strip());
    }
}
