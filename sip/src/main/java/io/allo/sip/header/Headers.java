package io.allo.sip.header;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message in their order: immutable, names without regard to case and in full or compact form, values unfolded
 * and trimmed. A line of a comma-separated header may hold several values; {@link #first}, {@link #all} and {@link #withoutFirst} speak
 * of values, {@link #forEach} of lines. Typed values are read when first asked for and kept. RFC 3261 section 7.3.
 */
public final class Headers {
    /** No headers. */
    public static final Headers EMPTY = new Headers(new String[0], new String[0], 0, null);

    /** How many header lines a message may have. */
    public static final int MAX_LINES = 512;

    private final String[] names;
    private final String[] values;
    private final int size;

    /**
     * Per line, what was read from its value: a {@code List} of typed values. Filled without synchronisation: entries are immutable, so a
     * race only reads a line twice.
     */
    private @Nullable Object @Nullable [] typed;

    private Headers(String[] names, String[] values, int size, @Nullable Object @Nullable [] typed) {
        this.names = names;
        this.values = values;
        this.size = size;
        this.typed = typed;
    }

    /** A builder that begins empty. */
    public static Builder builder() {
        return new Builder(16);
    }

    /** A builder that begins with these headers. */
    public Builder toBuilder() {
        var builder = new Builder(size + 8);
        System.arraycopy(names, 0, builder.names, 0, size);
        System.arraycopy(values, 0, builder.values, 0, size);
        if (typed != null) {
            builder.typed = Arrays.copyOf(typed, builder.names.length);
        }
        builder.size = size;
        return builder;
    }

    /** The first value of that header, or null where it is missing (or a list without values). */
    public @Nullable String first(String name) {
        String canonical = HeaderName.canonical(name);
        boolean list = HeaderName.isList(canonical);
        for (int i = find(canonical, 0); i >= 0; i = find(canonical, i + 1)) {
            String value = values[i];
            if (!list) {
                return value;
            }
            int end = ValueList.endOfValue(value, 0);
            if (end == value.length() && !value.isEmpty()) {
                return value;
            }
            List<String> all = ValueList.split(value);
            if (!all.isEmpty()) {
                return all.get(0);
            }
        }
        return null;
    }

    /** The first value of that header, or {@code otherwise}. */
    public String firstOr(String name, String otherwise) {
        String value = first(name);
        return value == null ? otherwise : value;
    }

    /** All values of that header in order, comma-separated lists split. */
    public List<String> all(String name) {
        String canonical = HeaderName.canonical(name);
        int at = find(canonical, 0);
        if (at < 0) {
            return List.of();
        }
        boolean list = HeaderName.isList(canonical);
        var all = new ArrayList<String>();
        for (; at >= 0; at = find(canonical, at + 1)) {
            if (list) {
                ValueList.split(values[at], all);
            } else {
                all.add(values[at]);
            }
        }
        return List.copyOf(all);
    }

    /** Whether a line of that name is there, even an empty one. */
    public boolean has(String name) {
        return find(HeaderName.canonical(name), 0) >= 0;
    }

    /** How many lines of that name there are. */
    public int lines(String name) {
        String canonical = HeaderName.canonical(name);
        int lines = 0;
        for (int i = find(canonical, 0); i >= 0; i = find(canonical, i + 1)) {
            lines++;
        }
        return lines;
    }

    /** Whether the header, a list of tokens, holds that token (without regard to case). */
    public boolean hasToken(String name, String token) {
        for (String value : all(name)) {
            if (value.equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    /** With that header set to one line of this value, in the place of its first line, or last. */
    public Headers with(String name, String value) {
        return toBuilder().set(name, value).build();
    }

    /** With a line of that name added: after the last one of its name, or last. */
    public Headers adding(String name, String value) {
        return toBuilder().add(name, value).build();
    }

    /** With a line of that name put before all others of its name, or first of all. */
    public Headers prepending(String name, String value) {
        return toBuilder().prepend(name, value).build();
    }

    /** Without any line of that name. */
    public Headers without(String name) {
        return has(name) ? toBuilder().remove(name).build() : this;
    }

    /** Without the first value of that header: the rest of a comma-separated line stays. */
    public Headers withoutFirst(String name) {
        String canonical = HeaderName.canonical(name);
        int at = find(canonical, 0);
        if (at < 0) {
            return this;
        }
        List<String> split = HeaderName.isList(canonical) ? ValueList.split(values[at]) : List.of();
        Builder builder = toBuilder();
        if (split.size() > 1) {
            builder.replace(at, String.join(", ", split.subList(1, split.size())));
        } else {
            builder.removeAt(at);
        }
        return builder.build();
    }

    /** Hands over every line, name and whole value, in order. */
    public void forEach(BiConsumer<String, String> line) {
        for (int i = 0; i < size; i++) {
            line.accept(names[i], values[i]);
        }
    }

    /** How many lines there are. */
    public int size() {
        return size;
    }

    /** The name on line {@code index}. */
    public String nameAt(int index) {
        return names[index];
    }

    /** The whole value on line {@code index}. */
    public String valueAt(int index) {
        return values[index];
    }

    /**
     * The values of that header read by {@code reader}, kept for the next time: a header must always be asked for with the same type.
     * Throws {@link SipParseException} where a value is malformed.
     */
    @SuppressWarnings("unchecked")
    public <T> List<T> typed(String name, Function<String, T> reader) {
        String canonical = HeaderName.canonical(name);
        int at = find(canonical, 0);
        if (at < 0) {
            return List.of();
        }
        List<T> first = (List<T>) typedLine(at, HeaderName.isList(canonical), reader);
        int next = find(canonical, at + 1);
        if (next < 0) {
            return first;
        }
        var all = new ArrayList<>(first);
        for (; next >= 0; next = find(canonical, next + 1)) {
            all.addAll((List<T>) typedLine(next, HeaderName.isList(canonical), reader));
        }
        return List.copyOf(all);
    }

    /** The first value of that header read by {@code reader}, or null; see {@link #typed}. */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T typedFirst(String name, Function<String, T> reader) {
        String canonical = HeaderName.canonical(name);
        for (int at = find(canonical, 0); at >= 0; at = find(canonical, at + 1)) {
            List<T> line = (List<T>) typedLine(at, HeaderName.isList(canonical), reader);
            if (!line.isEmpty()) {
                return line.get(0);
            }
        }
        return null;
    }

    /** All Via values, topmost first. RFC 3261 section 20.42. */
    public List<ViaHeader> vias() {
        return typed(HeaderName.VIA, ViaHeader::parse);
    }

    /** The topmost Via, or null. */
    public @Nullable ViaHeader topVia() {
        return typedFirst(HeaderName.VIA, ViaHeader::parse);
    }

    /** From, or null. RFC 3261 section 20.20. */
    public @Nullable NameAddress from() {
        return typedFirst(HeaderName.FROM, NameAddress::parse);
    }

    /** To, or null. RFC 3261 section 20.39. */
    public @Nullable NameAddress to() {
        return typedFirst(HeaderName.TO, NameAddress::parse);
    }

    /** CSeq, or null. RFC 3261 section 20.16. */
    public @Nullable CSeqHeader cseq() {
        return typedFirst(HeaderName.CSEQ, CSeqHeader::parse);
    }

    /** Contact: a star, a list, or (where the header is missing) {@link ContactHeader#NONE}. RFC 3261 section 20.10. */
    public ContactHeader contact() {
        return ContactHeader.of(typed(HeaderName.CONTACT, ContactHeader::parseValue));
    }

    /** Route values, topmost first. RFC 3261 section 20.34. */
    public List<RouteHeader> routes() {
        return typed(HeaderName.ROUTE, RouteHeader::parse);
    }

    /** Record-Route values, topmost first. RFC 3261 section 20.30. */
    public List<RecordRouteHeader> recordRoutes() {
        return typed(HeaderName.RECORD_ROUTE, RecordRouteHeader::parse);
    }

    /** Addresses of a header whose values are name-addrs, such as P-Asserted-Identity, Path, Diversion, Refer-To. */
    public List<NameAddress> addresses(String name) {
        return typed(name, NameAddress::parse);
    }

    /** The first address of such a header, or null. */
    public @Nullable NameAddress address(String name) {
        return typedFirst(name, NameAddress::parse);
    }

    /** Content-Type, or null. RFC 3261 section 20.15. */
    public @Nullable MediaType contentType() {
        return typedFirst(HeaderName.CONTENT_TYPE, MediaType::parse);
    }

    /** The decimal number (at most 2^32-1) that is the first value of that header, or -1 where the header is missing. */
    public long number(String name) {
        String value = first(name);
        return value == null ? -1 : ValueList.number(value);
    }

    /** Same lines in the same order, names without regard to case. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Headers that) || that.size != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!names[i].equalsIgnoreCase(that.names[i]) || !values[i].equals(that.values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = hash * 31 + names[i].toLowerCase(Locale.ROOT).hashCode();
            hash = hash * 31 + values[i].hashCode();
        }
        return hash;
    }

    /** The lines as they are written, each ended by CRLF. */
    @Override
    public String toString() {
        var out = new StringBuilder(size * 40);
        forEach((name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
        return out.toString();
    }

    private Object typedLine(int at, boolean list, Function<String, ?> reader) {
        Object[] kept = typed;
        if (kept == null) {
            kept = new Object[size];
            typed = kept;
        }
        Object line = kept[at];
        if (line == null) {
            line = list ? ValueList.read(values[at], reader) : List.of(reader.apply(values[at]));
            kept[at] = line;
        }
        return line;
    }

    private int find(String canonical, int from) {
        return find(names, size, canonical, from);
    }

    @SuppressWarnings("ReferenceEquality")
    private static int find(String[] names, int size, String canonical, int from) {
        for (int i = from; i < size; i++) {
            if (names[i] == canonical || names[i].equalsIgnoreCase(canonical)) {
                return i;
            }
        }
        return -1;
    }

    /** Collects header lines. Owned by whoever made it. */
    public static final class Builder {
        private String[] names;
        private String[] values;
        private int size;
        /** What was already read from lines taken over; null, or as long as {@code names}. */
        private @Nullable Object @Nullable [] typed;

        private Builder(int capacity) {
            names = new String[capacity];
            values = new String[capacity];
        }

        /** Sets that header to one line of this value, in the place of its first line, or last. */
        public Builder set(String name, String value) {
            String canonical = check(name, value);
            int at = find(names, size, canonical, 0);
            if (at < 0) {
                return append(canonical, value);
            }
            replace(at, value);
            for (int i = find(names, size, canonical, at + 1); i >= 0; i = find(names, size, canonical, i)) {
                removeAt(i);
            }
            return this;
        }

        /** Adds a line: after the last one of its name, or last. */
        public Builder add(String name, String value) {
            String canonical = check(name, value);
            int last = -1;
            for (int i = find(names, size, canonical, 0); i >= 0; i = find(names, size, canonical, i + 1)) {
                last = i;
            }
            return last < 0 ? append(canonical, value) : insert(last + 1, canonical, value);
        }

        /** Puts a line before all others of its name, or first of all. */
        public Builder prepend(String name, String value) {
            String canonical = check(name, value);
            return insert(Math.max(0, find(names, size, canonical, 0)), canonical, value);
        }

        /** Adds a line of each value. */
        public Builder addAll(String name, Iterable<?> newValues) {
            newValues.forEach(value -> add(name, String.valueOf(value)));
            return this;
        }

        /** Removes all lines of that name. */
        public Builder remove(String name) {
            String canonical = HeaderName.canonical(name);
            for (int i = find(names, size, canonical, 0); i >= 0; i = find(names, size, canonical, i)) {
                removeAt(i);
            }
            return this;
        }

        /**
         * Adds a line last, as the parser does: the name is canonical and a token, the value holds no line break, and nothing is checked
         * again.
         */
        public Builder append(String canonicalName, String value) {
            grow();
            names[size] = canonicalName;
            values[size++] = value;
            return this;
        }

        /** How many lines there are. */
        public int size() {
            return size;
        }

        /** The lines so far; the builder may be used on. */
        public Headers build() {
            return new Headers(
                    Arrays.copyOf(names, size),
                    Arrays.copyOf(values, size),
                    size,
                    typed == null ? null : Arrays.copyOf(typed, size));
        }

        private void replace(int at, String value) {
            values[at] = value;
            if (typed != null) {
                typed[at] = null;
            }
        }

        private Builder insert(int at, String name, String value) {
            grow();
            System.arraycopy(names, at, names, at + 1, size - at);
            System.arraycopy(values, at, values, at + 1, size - at);
            if (typed != null) {
                System.arraycopy(typed, at, typed, at + 1, size - at);
                typed[at] = null;
            }
            names[at] = name;
            values[at] = value;
            size++;
            return this;
        }

        private void removeAt(int at) {
            System.arraycopy(names, at + 1, names, at, size - at - 1);
            System.arraycopy(values, at + 1, values, at, size - at - 1);
            if (typed != null) {
                System.arraycopy(typed, at + 1, typed, at, size - at - 1);
                typed[size - 1] = null;
            }
            size--;
        }

        private void grow() {
            if (size == names.length) {
                names = Arrays.copyOf(names, size * 2 + 4);
                values = Arrays.copyOf(values, size * 2 + 4);
                typed = typed == null ? null : Arrays.copyOf(typed, size * 2 + 4);
            }
        }

        private static String check(String name, String value) {
            if (!SipText.isToken(name) || SipText.breaksLine(value)) {
                throw new IllegalArgumentException("header \"" + name + "\" cannot hold \"" + value + "\"");
            }
            return HeaderName.canonical(name);
        }
    }
}
