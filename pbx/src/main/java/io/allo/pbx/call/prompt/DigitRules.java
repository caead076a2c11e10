package io.allo.pbx.call.prompt;

import java.util.concurrent.TimeUnit;

/**
 * What a {@link DigitReader} takes.
 *
 * @param most digits after which it is complete
 * @param firstWaitMs how long to wait for the first after the prompt
 * @param nextWaitMs how long for each of the others
 * @param terminators the keys that end it and do not count, "" for none
 */
public record DigitRules(int most, long firstWaitMs, long nextWaitMs, String terminators) {

    /** The wait that stands for no limit: a day. */
    public static final long UNLIMITED_MS = TimeUnit.DAYS.toMillis(1);

    public DigitRules {
        if (most < 1 || firstWaitMs < 0 || nextWaitMs < 0) {
            throw new IllegalArgumentException("digit rules out of range");
        }
    }

    /** Ended by {@code #}. */
    public static DigitRules of(int most, long firstWaitMs, long nextWaitMs) {
        return new DigitRules(most, firstWaitMs, nextWaitMs, "#");
    }
}
