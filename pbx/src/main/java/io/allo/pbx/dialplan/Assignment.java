package io.allo.pbx.dialplan;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code NAME=value} or {@code FUNCTION(arguments)=value}, as in Set. Immutable.
 *
 * @param name the variable's name with its underscores, or the function's
 * @param arguments what is between the function's parentheses; null where a variable is meant
 * @param value the value as written
 */
public record Assignment(String name, @Nullable String arguments, String value) {
    /** Reads an assignment; empty where there is no {@code =} or no name before it. */
    public static Optional<Assignment> of(String text) {
        int equals = equalsSign(text);
        if (equals < 0) return Optional.empty();
        String target = text.substring(0, equals).trim();
        String value = text.substring(equals + 1);
        int open = target.indexOf('(');
        int close = target.lastIndexOf(')');
        String name = open < 0 ? target : target.substring(0, open).trim();
        if (name.isEmpty()) return Optional.empty();
        if (open < 0) return Optional.of(new Assignment(name, null, value));
        return Optional.of(
                new Assignment(name, target.substring(open + 1, close < open ? target.length() : close), value));
    }

    /** Whether a function is written, not a variable. */
    public boolean isFunction() {
        return arguments != null;
    }

    /** The first {@code =} outside parentheses; if they are not balanced, the first of all. */
    private static int equalsSign(String text) {
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '(') depth++;
            else if (c == ')') depth--;
            else if (c == '=' && depth <= 0) return at;
        }
        return text.indexOf('=');
    }
}
