package io.allo.pbx.dialplan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The name of an extension: a plain one ({@code 100}, {@code s}, {@code demo}) or, after an underscore, a pattern ({@code
 * _NXX}, {@code _0[1-9].}). Immutable; any thread.
 *
 * <p>In patterns {@code X} is a digit, {@code Z} 1-9, {@code N} 2-9 (either case), {@code [1-46]} one of a set, {@code .}
 * one or more characters of any kind, {@code !} none or more, and then no further digit is waited for. A dash counts only
 * inside a set. All else stands for itself, case included. The natural order is the one in which Asterisk tries them:
 * plain names first by ASCII order, then patterns by the fewest possible characters at each place, {@code .} behind the
 * sets and {@code !} behind that.
 */
public final class ExtensionPattern implements Comparable<ExtensionPattern> {
    /** How a dialed number stands to an extension. */
    public enum Match {
        /** It is not this one and cannot become it. */
        NONE,
        /** With more digits it may become this one. */
        PARTIAL,
        /** It is this one, and no longer number is. */
        EXACT,
        /** It is this one; longer numbers are too ({@code .}). */
        OPEN,
        /** It is this one, and no more digits need be waited for ({@code !}). */
        EARLY;

        /** Whether the number as it is belongs to the extension. */
        public boolean isMatch() {
            return this == EXACT || this == OPEN || this == EARLY;
        }
    }

    /** The longest name. */
    public static final int MAX_LENGTH_CHARS = 256;

    private enum Tail {
        NONE,
        ONE_OR_MORE,
        ANY
    }

    private final String text;
    private final String plain;
    private final boolean pattern;
    private final List<BitSet> places;
    private final Tail tail;
    private final List<String> faults;

    private ExtensionPattern(
            String text, String plain, boolean pattern, List<BitSet> places, Tail tail, List<String> faults) {
        this.text = text;
        this.plain = plain;
        this.pattern = pattern;
        this.places = places;
        this.tail = tail;
        this.faults = List.copyOf(faults);
    }

    /** Reads a name. Nothing throws: what is wrong is in {@link #faults}, and a broken set matches nothing. */
    public static ExtensionPattern of(String text) {
        if (!text.startsWith("_")) {
            return new ExtensionPattern(text, withoutDashes(text), false, List.of(), Tail.NONE, List.of());
        }
        var places = new ArrayList<BitSet>();
        var faults = new ArrayList<String>();
        Tail tail = Tail.NONE;
        int at = 1;
        while (at < text.length() && tail == Tail.NONE) {
            char c = text.charAt(at++);
            switch (c) {
                case '-' -> {}
                case 'X', 'x' -> places.add(range('0', '9'));
                case 'Z', 'z' -> places.add(range('1', '9'));
                case 'N', 'n' -> places.add(range('2', '9'));
                case '.' -> tail = Tail.ONE_OR_MORE;
                case '!' -> tail = Tail.ANY;
                case '[' -> at = readSet(text, at, places, faults);
                default -> places.add(range(c, c));
            }
        }
        if (at < text.length()) faults.add("what follows . or ! is ignored: " + text.substring(at));
        return new ExtensionPattern(text, text, true, List.copyOf(places), tail, faults);
    }

    private static int readSet(String text, int start, List<BitSet> places, List<String> faults) {
        var set = new BitSet();
        int at = start;
        while (at < text.length() && text.charAt(at) != ']') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) at++;
            char first = text.charAt(at++);
            char last = first;
            if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
                if (text.charAt(at + 1) == '\\' && at + 2 < text.length()) at++;
                last = text.charAt(at + 1);
                at += 2;
            }
            if (last < first) faults.add("the range " + first + "-" + last + " counts down; it is read upwards");
            set.or(range((char) Math.min(first, last), (char) Math.max(first, last)));
        }
        if (at >= text.length()) {
            faults.add("[ is not closed by ]; the pattern matches nothing");
            set.clear();
        } else if (set.isEmpty()) {
            faults.add("[] holds no character; the pattern matches nothing");
        }
        places.add(set);
        return Math.min(at + 1, text.length());
    }

    private static BitSet range(char first, char last) {
        var set = new BitSet();
        set.set(first, last + 1);
        return set;
    }

    private static String withoutDashes(String text) {
        return text.indexOf('-') < 0 ? text : text.replace("-", "");
    }

    /** As written. */
    public String text() {
        return text;
    }

    /** Whether it is a pattern, not a plain name. */
    public boolean isPattern() {
        return pattern;
    }

    /** What is wrong with it, in English; empty when all is well. */
    public List<String> faults() {
        return faults;
    }

    /** Whether it is {@code _.} or {@code _!}: everything, the special extensions h, i and t too. */
    public boolean isCatchAll() {
        return pattern && places.isEmpty() && tail != Tail.NONE;
    }

    /** Whether a number as it is belongs to the extension. */
    public boolean matches(String dialed) {
        return match(dialed).isMatch();
    }

    /** How a number stands to the extension. Dashes in the number do not count. */
    public Match match(String dialed) {
        return pattern ? matchPattern(withoutDashes(dialed)) : matchPlain(withoutDashes(dialed));
    }

    private Match matchPlain(String number) {
        if (plain.equals(number)) return Match.EXACT;
        boolean begins = number.length() < plain.length() && plain.regionMatches(true, 0, number, 0, number.length());
        return begins ? Match.PARTIAL : Match.NONE;
    }

    private Match matchPattern(String number) {
        int common = Math.min(number.length(), places.size());
        for (int place = 0; place < common; place++) {
            if (!places.get(place).get(number.charAt(place))) return Match.NONE;
        }
        if (number.length() < places.size()) {
            boolean possible = places.stream().noneMatch(BitSet::isEmpty);
            return possible ? Match.PARTIAL : Match.NONE;
        }
        boolean more = number.length() > places.size();
        return switch (tail) {
            case NONE -> more ? Match.NONE : Match.EXACT;
            case ONE_OR_MORE -> more ? Match.OPEN : Match.PARTIAL;
            case ANY -> Match.EARLY;
        };
    }

    @Override
    public int compareTo(ExtensionPattern other) {
        if (pattern != other.pattern) return pattern ? 1 : -1;
        if (!pattern) return plain.compareTo(other.plain);
        int common = Math.min(places.size(), other.places.size());
        for (int place = 0; place < common; place++) {
            int order = compare(places.get(place), other.places.get(place));
            if (order != 0) return order;
        }
        return Integer.compare(rest(common), other.rest(common));
    }

    /** What comes at a place, in order: a set, {@code .}, {@code !}, the end. */
    private int rest(int place) {
        if (place < places.size()) return 0;
        return switch (tail) {
            case ONE_OR_MORE -> 1;
            case ANY -> 2;
            case NONE -> 3;
        };
    }

    /** Fewer characters first; of equally many, the one whose sorted characters come first. */
    private static int compare(BitSet one, BitSet two) {
        int order = Integer.compare(one.cardinality(), two.cardinality());
        if (order != 0) return order;
        int a = one.nextSetBit(0);
        int b = two.nextSetBit(0);
        while (a >= 0 && a == b) {
            a = one.nextSetBit(a + 1);
            b = two.nextSetBit(b + 1);
        }
        return Integer.compare(a, b);
    }

    /** Equal are names that no dialed number tells apart in order: {@code 555-1212} and {@code 5551212}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ExtensionPattern that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return pattern ? 31 * places.hashCode() + tail.hashCode() : plain.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
