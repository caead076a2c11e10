package io.allo.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What happened in a world, in order: lines for people, made only when asked for, and a fingerprint that is equal for two
 * runs only if they did the same. Whoever has the turn.
 */
public final class Trace {

    /** Lines kept; older ones are forgotten. */
    static final int LIMIT = 400_000;

    private record Line(long atNanos, Supplier<String> text) {}

    private final SimClock clock;
    private final List<Line> lines = new ArrayList<>();
    private long fingerprint = 1;

    Trace(SimClock clock) {
        this.clock = clock;
    }

    /** Notes something; {@code mark} is what the fingerprint sees of it. */
    void note(long mark, Supplier<String> text) {
        fingerprint =
                (fingerprint * 0x9E3779B97F4A7C15L + mark) ^ (clock.nanoTime() + Long.rotateLeft(fingerprint, 29));
        if (lines.size() >= LIMIT) {
            lines.subList(0, LIMIT / 2).clear();
        }
        lines.add(new Line(clock.nanoTime(), text));
    }

    void note(String text) {
        note(text.hashCode(), () -> text);
    }

    /** Of all that was noted until now. */
    public long fingerprint() {
        return fingerprint;
    }

    /** How many lines there are. */
    public int size() {
        return lines.size();
    }

    /** The lines that hold one of these words, all without words; with their time in seconds since the beginning. */
    public List<String> lines(String... words) {
        var out = new ArrayList<String>();
        for (var line : lines) {
            var text = line.text().get();
            if (words.length == 0 || List.of(words).stream().anyMatch(text::contains)) {
                out.add(String.format(
                        Locale.ROOT, "%12.6f  %s", (line.atNanos() - SimClock.BEGINNING_NANOS) / 1e9, text));
            }
        }
        return out;
    }
}
