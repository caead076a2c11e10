package io.allo.bench;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a run. Immutable.
 *
 * @param what what was measured
 * @param value the median
 * @param unit of the value
 * @param target the most that is wanted, null if nothing is
 * @param beside what to compare with, and how it came about
 */
record Figure(
        String what, double value, String unit, @Nullable Double target, String beside) {

    /** The middle one, or the mean of the two. */
    static double median(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        var half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The value in four digits or so. */
    String text() {
        var digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** Whether the target is met, in a word; empty without a target. */
    String verdict() {
        return target == null ? "" : value <= target ? "met" : "MISSED";
    }
}
