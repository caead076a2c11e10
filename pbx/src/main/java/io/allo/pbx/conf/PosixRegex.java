package io.allo.pbx.conf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A POSIX extended regular expression, as Asterisk's files use them ({@code :} and {@code =~} in expressions, REGEX(),
 * filters of sections). Immutable; any thread.
 *
 * <p>The match is the leftmost, and of those the longest, as POSIX asks. It runs all alternatives side by side (Thompson's
 * construction as a Pike machine), so its time is the length of the text times the size of the expression for any
 * expression whatever; Java's own engine would need exponential time or stack for some. Groups are taken by the
 * priorities of greedy backtracking, which differs from POSIX only for ambiguous groups under repetition. There are no
 * back references, as POSIX gives extended expressions none.
 */
public final class PosixRegex {
    /** The longest expression. */
    public static final int MAX_LENGTH_CHARS = 4_096;

    /** The most steps an expression may compile to; {@code {m,n}} repeats its steps. */
    public static final int MAX_STEPS = 20_000;

    /** How deep parentheses may nest. */
    public static final int MAX_DEPTH = 100;

    /** The most work one search may do: characters times steps. */
    public static final long MAX_WORK = 50_000_000;

    /** An expression that cannot be read; the message says why. */
    public static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        SyntaxException(String message) {
            super(message);
        }
    }

    /**
     * Where an expression matched.
     *
     * @param start index of the first character matched
     * @param end index behind the last
     * @param groups the texts of the groups {@code ( )}, an unused one empty
     */
    public record Match(int start, int end, List<String> groups) {
        public Match {
            groups = List.copyOf(groups);
        }

        /** How many characters were matched. */
        public int length() {
            return end - start;
        }
    }

    private final PosixRegexCompiler.Program program;

    private PosixRegex(PosixRegexCompiler.Program program) {
        this.program = program;
    }

    /** Reads an expression. */
    public static PosixRegex compile(String expression) throws SyntaxException {
        return compile(expression, false);
    }

    /** Reads an expression, to match without regard to case if so wished. */
    public static PosixRegex compile(String expression, boolean ignoreCase) throws SyntaxException {
        return new PosixRegex(new PosixRegexCompiler(expression, ignoreCase).compile());
    }

    /** How many groups {@code ( )} the expression has. */
    public int groupCount() {
        return program.groupCount();
    }

    /** The leftmost longest match anywhere in the text. */
    public Optional<Match> find(String text) {
        return search(text, false);
    }

    /** The longest match that begins where the text begins. */
    public Optional<Match> findAtStart(String text) {
        return search(text, true);
    }

    /** Whether the whole text matches. */
    public boolean matches(String text) {
        return findAtStart(text).filter(match -> match.end() == text.length()).isPresent();
    }

    private Optional<Match> search(String text, boolean anchored) {
        if ((long) text.length() * program.size() > MAX_WORK) return Optional.empty();
        int slots = 2 * (program.groupCount() + 1);
        var current = new Threads(program.size());
        var next = new Threads(program.size());
        int[] best = null;
        for (int at = 0; ; at++) {
            if (best == null && (at == 0 || !anchored)) {
                int[] fresh = new int[slots];
                Arrays.fill(fresh, -1);
                fresh[0] = at;
                follow(current, 0, fresh, text, at);
            }
            if (current.count == 0) break;
            char c = at < text.length() ? text.charAt(at) : 0;
            for (int index = 0; index < current.count; index++) {
                int step = current.steps[index];
                int[] groups = current.groups.get(index);
                if (program.isMatch(step)) {
                    if (best == null || groups[0] < best[0] || (groups[0] == best[0] && at > best[1])) {
                        best = groups.clone();
                        best[1] = at;
                    }
                } else if (at < text.length() && program.accepts(step, c)) {
                    if (best == null || groups[0] <= best[0]) follow(next, program.next(step), groups, text, at + 1);
                }
            }
            Threads spent = current;
            current = next;
            next = spent;
            next.clear();
            if (at >= text.length()) break;
        }
        return best == null ? Optional.empty() : Optional.of(match(text, best));
    }

    /** Adds a step and all that can be reached from it without reading a character, in order of priority. */
    private void follow(Threads threads, int first, int[] firstGroups, String text, int at) {
        var pending = new ArrayList<Pending>();
        pending.add(new Pending(first, firstGroups));
        while (!pending.isEmpty()) {
            Pending top = pending.removeLast();
            int step = top.step();
            if (!threads.mark(step)) continue;
            switch (program.kind(step)) {
                case SPLIT -> {
                    pending.add(new Pending(program.other(step), top.groups()));
                    pending.add(new Pending(program.next(step), top.groups()));
                }
                case SAVE -> {
                    int[] groups = top.groups().clone();
                    groups[program.other(step)] = at;
                    pending.add(new Pending(program.next(step), groups));
                }
                case START -> {
                    if (at == 0) pending.add(new Pending(program.next(step), top.groups()));
                }
                case END -> {
                    if (at == text.length()) pending.add(new Pending(program.next(step), top.groups()));
                }
                case CHARACTER, MATCH -> threads.add(step, top.groups());
            }
        }
    }

    private static Match match(String text, int[] slots) {
        var groups = new ArrayList<String>();
        for (int slot = 2; slot < slots.length; slot += 2) {
            boolean used = slots[slot] >= 0 && slots[slot + 1] >= slots[slot];
            groups.add(used ? text.substring(slots[slot], slots[slot + 1]) : "");
        }
        return new Match(slots[0], slots[1], groups);
    }

    private record Pending(int step, int[] groups) {}

    /** The alternatives alive at one character, in order of priority. */
    private static final class Threads {
        final int[] steps;
        final List<int[]> groups = new ArrayList<>();
        final boolean[] marked;
        int count;

        Threads(int size) {
            steps = new int[size];
            marked = new boolean[size];
        }

        boolean mark(int step) {
            boolean fresh = !marked[step];
            marked[step] = true;
            return fresh;
        }

        void add(int step, int[] slots) {
            steps[count++] = step;
            groups.add(slots);
        }

        void clear() {
            Arrays.fill(marked, false);
            groups.clear();
            count = 0;
        }
    }
}
