package io.allo.pbx.conf;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a POSIX extended regular expression into steps: parser and code of {@link PosixRegex}. Owned by its caller. */
final class PosixRegexCompiler {
    /** What a step does. */
    enum Kind {
        /** Reads one character of a set. */
        CHARACTER,
        /** Goes two ways, the first preferred. */
        SPLIT,
        /** Notes the place as a border of a group. */
        SAVE,
        /** Goes on only at the text's beginning. */
        START,
        /** Goes on only at the text's end. */
        END,
        /** The expression has matched. */
        MATCH
    }

    /** The compiled steps. Immutable after compilation. */
    record Program(List<Kind> kinds, List<@Nullable CharacterSet> sets, int[] next, int[] other, int groupCount) {
        int size() {
            return kinds.size();
        }

        Kind kind(int step) {
            return kinds.get(step);
        }

        boolean isMatch(int step) {
            return kinds.get(step) == Kind.MATCH;
        }

        boolean accepts(int step, char c) {
            CharacterSet set = sets.get(step);
            return set != null && set.holds(c);
        }

        int next(int step) {
            return next[step];
        }

        int other(int step) {
            return other[step];
        }
    }

    /** A set of characters, perhaps all but these. */
    record CharacterSet(BitSet characters, boolean negated) {
        boolean holds(char c) {
            return characters.get(c) != negated;
        }
    }

    private sealed interface Node {}

    private record Characters(CharacterSet set) implements Node {}

    private record Border(Kind kind) implements Node {}

    private record Sequence(List<Node> parts) implements Node {}

    private record Choice(List<Node> ways) implements Node {}

    private record Group(int number, Node inner) implements Node {}

    private record Repeat(Node inner, int min, int max) implements Node {}

    private static final int UNLIMITED = -1;
    private static final int MAX_REPEAT = 255;
    private static final int MAX_STACKED = 4;

    private final String text;
    private final boolean ignoreCase;
    private final List<Kind> kinds = new ArrayList<>();
    private final List<@Nullable CharacterSet> sets = new ArrayList<>();
    private final List<Integer> next = new ArrayList<>();
    private final List<Integer> other = new ArrayList<>();
    private int at;
    private int depth;
    private int groups;

    PosixRegexCompiler(String text, boolean ignoreCase) {
        this.text = text;
        this.ignoreCase = ignoreCase;
    }

    Program compile() throws PosixRegex.SyntaxException {
        if (text.length() > PosixRegex.MAX_LENGTH_CHARS) throw fault("the expression is too long");
        Node root = choice();
        if (at < text.length()) throw fault("unmatched )");
        emit(root);
        add(Kind.MATCH, null, 0, 0);
        return new Program(
                List.copyOf(kinds),
                new ArrayList<>(sets),
                next.stream().mapToInt(Integer::intValue).toArray(),
                other.stream().mapToInt(Integer::intValue).toArray(),
                groups);
    }

    // ---- reading

    private Node choice() throws PosixRegex.SyntaxException {
        var ways = new ArrayList<Node>();
        ways.add(sequence());
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            ways.add(sequence());
        }
        return ways.size() == 1 ? ways.getFirst() : new Choice(ways);
    }

    private Node sequence() throws PosixRegex.SyntaxException {
        var parts = new ArrayList<Node>();
        while (at < text.length() && text.charAt(at) != '|' && (text.charAt(at) != ')' || depth == 0)) {
            parts.add(repeated(atom()));
        }
        return new Sequence(parts);
    }

    private Node repeated(Node atom) throws PosixRegex.SyntaxException {
        Node node = atom;
        int stacked = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '*') node = new Repeat(node, 0, UNLIMITED);
            else if (c == '+') node = new Repeat(node, 1, UNLIMITED);
            else if (c == '?') node = new Repeat(node, 0, 1);
            else if (c == '{') {
                node = bounds(node);
                at--;
            } else return node;
            if (atom instanceof Border border && border.kind() == Kind.START) throw fault(c + " has nothing to repeat");
            if (++stacked > MAX_STACKED) throw fault("too many repetitions of repetitions");
            at++;
            while (c != '{' && at < text.length() && text.charAt(at) == c) at++; // ** is *
        }
        return node;
    }

    private Node bounds(Node node) throws PosixRegex.SyntaxException {
        at++;
        boolean bounded = digitAt(at) || (at < text.length() && text.charAt(at) == ',');
        if (!bounded) throw fault("{ needs a number");
        int min = digitAt(at) ? number() : 0;
        int max = min;
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            max = digitAt(at) ? number() : UNLIMITED;
        }
        if (at >= text.length() || text.charAt(at) != '}') throw fault("unmatched {");
        at++;
        if (max != UNLIMITED && max < min) throw fault("{} counts down");
        return new Repeat(node, min, max);
    }

    private boolean digitAt(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private int number() throws PosixRegex.SyntaxException {
        int value = 0;
        while (digitAt(at)) {
            value = value * 10 + text.charAt(at++) - '0';
            if (value > MAX_REPEAT) throw fault("{} counts more than " + MAX_REPEAT);
        }
        return value;
    }

    private Node atom() throws PosixRegex.SyntaxException {
        char c = text.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> new Characters(bracket());
            case '.' -> new Characters(new CharacterSet(new BitSet(), true));
            case '^' -> new Border(Kind.START);
            case '$' -> new Border(Kind.END);
            case '\\' -> escaped();
            case '*', '+', '?', '{' -> throw fault(c + " has nothing to repeat");
            default -> literal(c);
        };
    }

    private Node group() throws PosixRegex.SyntaxException {
        if (++depth > PosixRegex.MAX_DEPTH) throw fault("parentheses nest too deep");
        int number = ++groups;
        Node inner = choice();
        if (at >= text.length()) throw fault("unmatched (");
        at++;
        depth--;
        return new Group(number, inner);
    }

    /** A backslash makes the next character plain; {@code \w \W \s \S \d \D} are the usual classes. */
    private Node escaped() throws PosixRegex.SyntaxException {
        if (at >= text.length()) throw fault("a backslash stands at the end");
        char c = text.charAt(at++);
        String name = switch (Character.toLowerCase(c)) {
            case 'w' -> "alnum";
            case 's' -> "space";
            case 'd' -> "digit";
            default -> "";
        };
        if (name.isEmpty()) return literal(c);
        var set = new BitSet();
        addClass(set, name);
        if (name.equals("alnum")) set.set('_');
        return new Characters(new CharacterSet(set, Character.isUpperCase(c)));
    }

    private Node literal(char c) {
        var set = new BitSet();
        addCharacter(set, c);
        return new Characters(new CharacterSet(set, false));
    }

    private void addCharacter(BitSet set, char c) {
        set.set(c);
        if (ignoreCase) {
            set.set(Character.toLowerCase(c));
            set.set(Character.toUpperCase(c));
        }
    }

    private CharacterSet bracket() throws PosixRegex.SyntaxException {
        boolean negated = at < text.length() && text.charAt(at) == '^';
        if (negated) at++;
        var set = new BitSet();
        boolean first = true;
        while (true) {
            if (at >= text.length()) throw fault("unmatched [");
            char c = text.charAt(at);
            if (c == ']' && !first) break;
            first = false;
            if (text.startsWith("[:", at)) {
                int end = text.indexOf(":]", at + 2);
                if (end < 0) throw fault("unmatched [:");
                addClass(set, text.substring(at + 2, end));
                at = end + 2;
                continue;
            }
            at++;
            boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            char last = range ? text.charAt(at + 1) : c;
            if (range) at += 2;
            if (last < c) throw fault("the range " + c + "-" + last + " counts down");
            for (int each = c; each <= last; each++) addCharacter(set, (char) each);
        }
        at++;
        return new CharacterSet(set, negated);
    }

    private void addClass(BitSet set, String name) throws PosixRegex.SyntaxException {
        for (char c = 0; c < 128; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            boolean in = switch (name.toLowerCase(Locale.ROOT)) {
                case "alpha" -> letter;
                case "digit" -> digit;
                case "alnum" -> letter || digit;
                case "upper" -> letter && (c <= 'Z' || ignoreCase);
                case "lower" -> letter && (c >= 'a' || ignoreCase);
                case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
                case "blank" -> c == ' ' || c == '\t';
                case "punct" -> c > ' ' && c < 127 && !letter && !digit;
                case "xdigit" -> digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                case "cntrl" -> c < ' ' || c == 127;
                case "print" -> c >= ' ' && c < 127;
                case "graph" -> c > ' ' && c < 127;
                default -> throw fault("there is no class [:" + name + ":]");
            };
            if (in) set.set(c);
        }
    }

    private PosixRegex.SyntaxException fault(String why) {
        return new PosixRegex.SyntaxException(why + " (character " + (at + 1) + ")");
    }

    // ---- steps

    private int add(Kind kind, @Nullable CharacterSet set, int nextStep, int otherStep)
            throws PosixRegex.SyntaxException {
        if (kinds.size() >= PosixRegex.MAX_STEPS) throw fault("the expression repeats too much");
        kinds.add(kind);
        sets.add(set);
        next.add(nextStep);
        other.add(otherStep);
        return kinds.size() - 1;
    }

    private int addThrough(Kind kind, @Nullable CharacterSet set, int value) throws PosixRegex.SyntaxException {
        return add(kind, set, kinds.size() + 1, value);
    }

    private void emit(Node node) throws PosixRegex.SyntaxException {
        switch (node) {
            case Characters characters -> addThrough(Kind.CHARACTER, characters.set(), 0);
            case Border border -> addThrough(border.kind(), null, 0);
            case Sequence sequence -> {
                for (Node part : sequence.parts()) emit(part);
            }
            case Group group -> {
                addThrough(Kind.SAVE, null, 2 * group.number());
                emit(group.inner());
                addThrough(Kind.SAVE, null, 2 * group.number() + 1);
            }
            case Choice choice -> emitChoice(choice.ways());
            case Repeat repeat -> emitRepeat(repeat);
        }
    }

    private void emitChoice(List<Node> ways) throws PosixRegex.SyntaxException {
        var jumps = new ArrayList<Integer>();
        for (int way = 0; way < ways.size(); way++) {
            boolean last = way == ways.size() - 1;
            int split = last ? -1 : addThrough(Kind.SPLIT, null, 0);
            emit(ways.get(way));
            if (last) break;
            jumps.add(jump());
            other.set(split, kinds.size());
        }
        for (int jump : jumps) land(jump);
    }

    private void emitRepeat(Repeat repeat) throws PosixRegex.SyntaxException {
        int before = repeat.max() == UNLIMITED ? repeat.min() - 1 : repeat.min();
        for (int count = 0; count < before; count++) emit(repeat.inner());
        if (repeat.max() == UNLIMITED && repeat.min() > 0) {
            int start = kinds.size();
            emit(repeat.inner());
            int again = addThrough(Kind.SPLIT, null, 0);
            other.set(again, next.get(again));
            next.set(again, start);
            return;
        }
        if (repeat.max() == UNLIMITED) {
            int split = addThrough(Kind.SPLIT, null, 0);
            emit(repeat.inner());
            int back = jump();
            next.set(back, split);
            other.set(back, split);
            other.set(split, kinds.size());
            return;
        }
        var exits = new ArrayList<Integer>();
        for (int count = repeat.min(); count < repeat.max(); count++) {
            exits.add(addThrough(Kind.SPLIT, null, 0));
            emit(repeat.inner());
        }
        for (int exit : exits) other.set(exit, kinds.size());
    }

    /** A step that only leads elsewhere; {@link #land} says where. */
    private int jump() throws PosixRegex.SyntaxException {
        return add(Kind.SPLIT, null, 0, 0);
    }

    private void land(int jump) {
        next.set(jump, kinds.size());
        other.set(jump, kinds.size());
    }
}
