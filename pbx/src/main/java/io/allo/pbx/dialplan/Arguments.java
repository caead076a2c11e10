package io.allo.pbx.dialplan;

import java.util.ArrayList;
import java.util.List;

/**
 * What is between an application's parentheses, taken apart at its commas as Asterisk does: commas inside parentheses,
 * square brackets or double quotes do not separate; a backslash makes the next character plain; quotes and backslashes
 * are dropped. Immutable.
 *
 * <p>An empty last argument does not count: {@code a,} has one argument.
 */
public final class Arguments {
    /** The most arguments that are taken apart; what follows is the last one's. */
    public static final int MAX_COUNT = 256;

    private final String raw;
    private final List<String> values;

    private Arguments(String raw, List<String> values) {
        this.raw = raw;
        this.values = List.copyOf(values);
    }

    /** Takes all arguments apart. */
    public static Arguments of(String data) {
        return of(data, MAX_COUNT);
    }

    /** Takes at most {@code maxCount} apart; the last one is the rest as written, commas, quotes and backslashes included. */
    public static Arguments of(String data, int maxCount) {
        return new Arguments(data, split(data, ',', maxCount));
    }

    /** Splits by the same rules at another character ({@code &} of Dial's targets, {@code :} of GotoIf). */
    public static List<String> split(String data, char separator, int maxCount) {
        var values = new ArrayList<String>();
        int at = 0;
        while (at < data.length() && values.size() < Math.min(maxCount, MAX_COUNT) - 1) {
            var value = new StringBuilder();
            at = readOne(data, at, separator, value);
            values.add(value.toString());
        }
        if (at < data.length()) values.add(data.substring(at));
        return values;
    }

    private static int readOne(String data, int start, char separator, StringBuilder value) {
        int parentheses = 0;
        int brackets = 0;
        boolean quoted = false;
        int at = start;
        for (; at < data.length(); at++) {
            char c = data.charAt(at);
            if (c == separator && parentheses == 0 && brackets == 0 && !quoted) return at + 1;
            switch (c) {
                case '(' -> parentheses++;
                case ')' -> parentheses = Math.max(0, parentheses - 1);
                case '[' -> brackets++;
                case ']' -> brackets = Math.max(0, brackets - 1);
                case '"' -> {
                    quoted = !quoted;
                    continue;
                }
                case '\\' -> {
                    if (++at < data.length()) value.append(data.charAt(at));
                    continue;
                }
                default -> {}
            }
            value.append(c);
        }
        return at;
    }

    /** Everything as written. */
    public String raw() {
        return raw;
    }

    /** How many there are. */
    public int count() {
        return values.size();
    }

    /** The argument at an index from 0; empty where there is none. */
    public String get(int index) {
        return index < values.size() ? values.get(index) : "";
    }

    /** The argument at an index, or {@code fallback} where there is none or it is empty. */
    public String get(int index, String fallback) {
        String value = get(index);
        return value.isEmpty() ? fallback : value;
    }

    /** All in order. */
    public List<String> all() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Arguments that && raw.equals(that.raw) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return raw;
    }
}
