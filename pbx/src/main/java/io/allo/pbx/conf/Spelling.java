package io.allo.pbx.conf;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known word nearest to one that nobody knows. Pure; any thread. */
public final class Spelling {
    private static final int LONGEST_WORD = 80;

    private Spelling() {}

    /** The known word nearest to {@code word}, if near enough to be a slip: about a third of its letters. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > LONGEST_WORD) return Optional.empty();
        String wanted = word.toLowerCase(Locale.ROOT);
        int best = Math.max(1, word.length() / 3) + 1;
        String found = null;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - wanted.length()) >= best) continue;
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance < best) {
                best = distance;
                found = candidate;
            }
        }
        return Optional.ofNullable(found);
    }

    /** {@code "aor": did you mean "aors"?} as a suggestion, if a known word is near. */
    public static Optional<Text> didYouMean(String word, Collection<String> known) {
        return nearest(word, known)
                .map(near -> new Text(
                        "\"" + word + "\": did you mean \"" + near + "\"?",
                        "« " + word + " » : vouliez-vous dire « " + near + " » ?"));
    }

    /**
     * Damerau-Levenshtein distance in its restricted form (optimal string alignment): insertions, deletions,
     * substitutions and swaps of neighbours, each counting one.
     */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) last[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
