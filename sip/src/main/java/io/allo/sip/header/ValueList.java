package io.allo.sip.header;

import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Comma-separated lists of header values: commas in quoted strings and angle brackets do not separate. RFC 3261 section 7.3.1. */
final class ValueList {
    /** How many values one line may hold. */
    static final int MAX_VALUES = 256;

    private static final long MAX_NUMBER = 0xFFFF_FFFFL;

    private ValueList() {}

    static List<String> split(String line) {
        var into = new ArrayList<String>(2);
        split(line, into);
        return into;
    }

    /** Adds the values of the line; empty ones are passed over. */
    static void split(String line, List<String> into) {
        int from = 0;
        while (from <= line.length()) {
            int to = endOfValue(line, from);
            String value = line.substring(from, to).strip();
            if (!value.isEmpty()) {
                into.add(value);
            }
            if (into.size() > MAX_VALUES) {
                throw new SipParseException("Too many values", line, from);
            }
            from = to + 1;
        }
    }

    /** The index of the comma that ends the value starting at {@code from}, or the end of the line. */
    static int endOfValue(String line, int from) {
        boolean bracketed = false;
        for (int i = from; i < line.length(); i++) {
            switch (line.charAt(i)) {
                case '"' -> {
                    if (!bracketed) {
                        i = endOfQuoted(line, i) - 1;
                    }
                }
                case '<' -> bracketed = true;
                case '>' -> bracketed = false;
                case ',' -> {
                    if (!bracketed) {
                        return i;
                    }
                }
                default -> {
                    // part of the value
                }
            }
        }
        return line.length();
    }

    /** Reads every value of the line; an empty value between commas is malformed, a wholly empty line is an empty list. */
    static <T> List<T> read(String line, Function<String, T> reader) {
        if (line.isEmpty()) {
            return List.of();
        }
        int end = endOfValue(line, 0);
        if (end == line.length()) {
            return List.of(reader.apply(line));
        }
        var values = new ArrayList<T>(4);
        int from = 0;
        while (from <= line.length()) {
            int to = endOfValue(line, from);
            String value = line.substring(from, to).strip();
            if (value.isEmpty() || values.size() == MAX_VALUES) {
                throw new SipParseException(value.isEmpty() ? "Empty value in list" : "Too many values", line, from);
            }
            values.add(reader.apply(value));
            from = to + 1;
        }
        return List.copyOf(values);
    }

    /** The decimal number that is the whole text, at most 2^32-1. */
    static long number(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new SipParseException("Malformed number", text, i);
            }
            number = number * 10 + digit;
            if (number > MAX_NUMBER) {
                throw new SipParseException("Number too large", text, i);
            }
        }
        if (text.isEmpty()) {
            throw new SipParseException("Missing number");
        }
        return number;
    }

    private static int endOfQuoted(String line, int from) {
        int open = from;
        for (int i = open + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        return line.length();
    }

    static String firstWord(String text) {
        return text.substring(0, SipText.endOfToken(text, 0));
    }
}
