package io.allo.sip.agent;

import org.jspecify.annotations.Nullable;

/**
 * How the contacts of an address of record are asked whether they are there: every {@code frequencyNanos} (0: never), given up after
 * {@code timeoutNanos} without an answer; {@code profile} says who asks and with which credentials a challenge is answered, null for the
 * agent itself and no answer ({@code qualify_frequency}, {@code qualify_timeout}, {@code authenticate_qualify}).
 */
public record Qualification(
        long frequencyNanos, long timeoutNanos, @Nullable OutgoingProfile profile) {
    /** Not at all. */
    public static final Qualification NEVER = new Qualification(0, 0, null);
}
