package io.allo.sip.address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ;name=value} parameters of a URI or a header value: immutable, in order, names without regard to case. Values are held
 * without quotes and escapes; a value that came in quotes is written in quotes again. RFC 3261 section 25.1 {@code generic-param} and
 * {@code uri-parameter}.
 */
public final class Parameters implements Iterable<Parameters.Parameter> {
    /** No parameters. */
    public static final Parameters EMPTY = new Parameters(List.of());

    /** How many parameters one value may carry. */
    public static final int MAX_PARAMETERS = 64;

    /** One parameter; {@code value} is null where only the name is written, {@code quoted} says it is written in quotes. */
    public record Parameter(String name, @Nullable String value, boolean quoted) {}

    private final List<Parameter> list;

    private Parameters(List<Parameter> list) {
        this.list = list;
    }

    /** One parameter. */
    public static Parameters of(String name, @Nullable String value) {
        return EMPTY.with(name, value);
    }

    /**
     * Reads {@code ;name=value;name} of a header value up to the end of the text. White space may stand around the separators; values are
     * tokens, hosts or quoted strings (any character but separators is let through, since peers write base64 in tags and branches).
     */
    public static Parameters parse(String text, int from) {
        int i = SipText.skipSpace(text, from);
        if (i == text.length()) {
            return EMPTY;
        }
        var list = new ArrayList<Parameter>(4);
        while (i < text.length()) {
            if (text.charAt(i) != ';') {
                throw new SipParseException("Expected \";\"", text, i);
            }
            if (list.size() == MAX_PARAMETERS) {
                throw new SipParseException("Too many parameters", text, i);
            }
            i = parameter(text, SipText.skipSpace(text, i + 1), ';', list);
        }
        return new Parameters(list);
    }

    /**
     * Reads comma-separated {@code name=value} up to the end of the text, as credentials and challenges carry them (RFC 3261 section 25.1
     * {@code digest-response}). Empty elements are passed over.
     */
    public static Parameters parseCommaSeparated(String text, int from) {
        var list = new ArrayList<Parameter>(10);
        int i = SipText.skipSpace(text, from);
        while (i < text.length()) {
            if (text.charAt(i) == ',') {
                i = SipText.skipSpace(text, i + 1);
                continue;
            }
            if (list.size() == MAX_PARAMETERS) {
                throw new SipParseException("Too many parameters", text, i);
            }
            i = parameter(text, i, ',', list);
            if (i < text.length() && text.charAt(i) != ',') {
                throw new SipParseException("Expected \",\"", text, i);
            }
        }
        return list.isEmpty() ? EMPTY : new Parameters(list);
    }

    /** Reads {@code name=value} pairs of a URI, percent escapes resolved, {@code text} being what follows the first separator. */
    static Parameters parseUri(String text, char separator) {
        var list = new ArrayList<Parameter>(2);
        int from = 0;
        while (from <= text.length()) {
            int to = text.indexOf(separator, from);
            to = to < 0 ? text.length() : to;
            int equals = text.indexOf('=', from);
            boolean valued = equals >= 0 && equals < to;
            String name = text.substring(from, valued ? equals : to);
            if (name.isEmpty() || list.size() == MAX_PARAMETERS) {
                throw new SipParseException(name.isEmpty() ? "Empty parameter" : "Too many parameters", text, from);
            }
            String value = valued ? text.substring(equals + 1, to) : null;
            checkUriChars(name, text, from);
            if (value != null) {
                checkUriChars(value, text, equals + 1);
            }
            list.add(new Parameter(SipText.unescape(name), value == null ? null : SipText.unescape(value), false));
            from = to + 1;
        }
        return new Parameters(list);
    }

    /** The value of the first parameter of that name; null where it is missing or has no value. */
    public @Nullable String value(String name) {
        Parameter found = find(name);
        return found == null ? null : found.value;
    }

    /** The value, or {@code otherwise} where the parameter is missing or has no value. */
    public String valueOr(String name, String otherwise) {
        String value = value(name);
        return value == null ? otherwise : value;
    }

    /** Whether a parameter of that name is there, with or without a value. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** With that parameter set: replaced in its place, or added last. A value that is not a token is written in quotes. */
    public Parameters with(String name, @Nullable String value) {
        return with(new Parameter(name, value, value != null && !isBare(value)));
    }

    /** With that parameter set and its value written in quotes whatever it holds. */
    public Parameters withQuoted(String name, String value) {
        return with(new Parameter(name, value, true));
    }

    /** Without any parameter of that name. */
    public Parameters without(String name) {
        if (!has(name)) {
            return this;
        }
        var kept = new ArrayList<Parameter>(list.size());
        for (Parameter p : list) {
            if (!p.name.equalsIgnoreCase(name)) {
                kept.add(p);
            }
        }
        return kept.isEmpty() ? EMPTY : new Parameters(kept);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** How many there are. */
    public int size() {
        return list.size();
    }

    @Override
    public Iterator<Parameter> iterator() {
        return List.copyOf(list).iterator();
    }

    /** Appends {@code ;name=value} for each, as header values write them. */
    public void appendTo(StringBuilder out) {
        for (int i = 0; i < list.size(); i++) {
            out.append(';');
            appendOne(out, list.get(i));
        }
    }

    /** Appends {@code name=value, name=value}, as credentials write them. */
    public void appendCommaSeparated(StringBuilder out) {
        for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            appendOne(out, list.get(i));
        }
    }

    /** Appends the parameters as a URI writes them, what {@code allowed} does not hold escaped. */
    void appendUri(StringBuilder out, char first, char separator, boolean[] allowed) {
        for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? first : separator);
            Parameter p = list.get(i);
            SipText.appendEscaped(out, p.name, allowed);
            if (p.value != null) {
                out.append('=');
                SipText.appendEscaped(out, p.value, allowed);
            }
        }
    }

    /** Same names (without regard to case) and values in the same order; quotes do not count. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Parameters that) || that.list.size() != list.size()) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            Parameter a = list.get(i);
            Parameter b = that.list.get(i);
            if (!a.name.equalsIgnoreCase(b.name) || !Objects.equals(a.value, b.value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int[] parts = new int[list.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Objects.hashCode(list.get(i).value);
        }
        return Arrays.hashCode(parts);
    }

    @Override
    public String toString() {
        var out = new StringBuilder();
        appendTo(out);
        return out.toString();
    }

    private Parameters with(Parameter parameter) {
        var changed = new ArrayList<Parameter>(list.size() + 1);
        boolean placed = false;
        for (Parameter p : list) {
            if (!p.name.equalsIgnoreCase(parameter.name)) {
                changed.add(p);
            } else if (!placed) {
                changed.add(parameter);
                placed = true;
            }
        }
        if (!placed) {
            changed.add(parameter);
        }
        return new Parameters(changed);
    }

    private @Nullable Parameter find(String name) {
        for (int i = 0; i < list.size(); i++) {
            Parameter p = list.get(i);
            if (p.name.equalsIgnoreCase(name)) {
                return p;
            }
        }
        return null;
    }

    /** Reads one {@code name[=value]} at {@code from}; returns the index of what follows it and its white space. */
    private static int parameter(String text, int from, char separator, List<Parameter> into) {
        int end = SipText.endOfToken(text, from);
        if (end == from) {
            throw new SipParseException("Malformed parameter name", text, from);
        }
        String name = text.substring(from, end);
        int i = SipText.skipSpace(text, end);
        if (i == text.length() || text.charAt(i) != '=') {
            into.add(new Parameter(name, null, false));
            return i;
        }
        i = SipText.skipSpace(text, i + 1);
        if (i < text.length() && text.charAt(i) == '"') {
            end = SipText.endOfQuoted(text, i);
            into.add(new Parameter(name, SipText.unquote(text, i, end), true));
        } else {
            end = endOfBare(text, i, separator);
            if (end == i && separator == ';') {
                throw new SipParseException("Missing parameter value", text, i);
            }
            into.add(new Parameter(name, text.substring(i, end), false));
        }
        return SipText.skipSpace(text, end);
    }

    private static int endOfBare(String text, int from, char separator) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == separator || c <= ' ' || c == ',' || c == '"' || c == '<' || c == '>' || c == '\\' || c == 0x7f) {
                break;
            }
            i++;
        }
        return i;
    }

    private static boolean isBare(String value) {
        if (value.isEmpty()) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!SipText.isTokenChar(c) && c != '[' && c != ']' && c != ':') {
                return false;
            }
        }
        return true;
    }

    private static void checkUriChars(String part, String text, int at) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c <= ' ' || c == '"' || c == '<' || c == '>' || c == '@' || c == ';' || c == 0x7f) {
                throw new SipParseException("Character not allowed in a URI", text, at + i);
            }
        }
    }

    private static void appendOne(StringBuilder out, Parameter p) {
        out.append(p.name);
        if (p.value == null) {
            return;
        }
        out.append('=');
        if (p.quoted) {
            SipText.appendQuoted(out, p.value);
        } else {
            out.append(p.value);
        }
    }
}
