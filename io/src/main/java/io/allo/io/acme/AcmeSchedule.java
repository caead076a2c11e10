package io.allo.io.acme;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an ACME authority is asked: as soon as there is no certificate for the names, and again when two thirds of its time are over. After
 * a failure not for 15 minutes, then 30 and so on to 12 hours: authorities count failures, and refuse who fails too often. Immutable.
 *
 * @param failures in a row
 * @param notBefore the earliest time of the next attempt after them
 */
public record AcmeSchedule(int failures, Instant notBefore) {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(12);
    private static final int MOST_DOUBLINGS = 6;

    /** Before the first attempt. */
    public static final AcmeSchedule FRESH = new AcmeSchedule(0, Instant.MIN);

    /**
     * Whether to ask now.
     *
     * @param renewAt when the certificate at hand is due; empty without one for all names
     */
    public boolean isDue(Optional<Instant> renewAt, Instant now) {
        return !now.isBefore(notBefore) && renewAt.map(at -> !now.isBefore(at)).orElse(true);
    }

    /** After an attempt that failed. */
    public AcmeSchedule failed(Instant now) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return new AcmeSchedule(failures + 1, now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }
}
