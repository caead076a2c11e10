package io.allo.pbx.app.function.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Arguments of a function with their quotes and backslashes kept: a separator as {@code \n} or {@code \,} means what it
 * says. Immutable.
 */
public record RawArguments(List<String> values) {

    /** Keeps a copy. */
    public RawArguments {
        values = List.copyOf(values);
    }

    /** Takes a text apart at commas that no backslash precedes; at most {@code maxCount}, the last is the rest. */
    public static RawArguments of(String text, int maxCount) {
        var values = new ArrayList<String>();
        var depth = 0;
        var start = 0;
        for (var at = 0; at < text.length() && values.size() < maxCount - 1; at++) {
            var c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth <= 0) {
                values.add(text.substring(start, at));
                start = at + 1;
            }
        }
        values.add(text.substring(start));
        return new RawArguments(values);
    }

    /** The argument at an index from 0; empty where there is none. */
    public String get(int index) {
        return index < values.size() ? values.get(index) : "";
    }

    /** How many there are. */
    public int count() {
        return values.size();
    }

    /** An argument that is one character, escaped or quoted perhaps; {@code otherwise} if it is empty. */
    public char character(int index, char otherwise) {
        var text = unquoted(get(index));
        if (text.isEmpty()) {
            return otherwise;
        }
        return decoded(text).charAt(0);
    }

    /** Without the double quotes around it. */
    public static String unquoted(String text) {
        return text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    /** With {@code \n}, {@code \r}, {@code \t}, {@code \xHH}, {@code \0NN} and {@code \c} for any other c replaced. */
    public static String decoded(String text) {
        var result = new StringBuilder();
        for (var at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c != '\\' || at + 1 == text.length()) {
                result.append(c);
                continue;
            }
            var escaped = text.charAt(++at);
            switch (escaped) {
                case 'n' -> result.append('\n');
                case 'r' -> result.append('\r');
                case 't' -> result.append('\t');
                case 'x', '0' -> {
                    var radix = escaped == 'x' ? 16 : 8;
                    var value = 0;
                    var digits = 0;
                    while (digits < (radix == 16 ? 2 : 3)
                            && at + 1 < text.length()
                            && Character.digit(text.charAt(at + 1), radix) >= 0) {
                        value = value * radix + Character.digit(text.charAt(++at), radix);
                        digits++;
                    }
                    result.append((char) value);
                }
                default -> result.append(escaped);
            }
        }
        return result.toString();
    }
}
