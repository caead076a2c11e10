package io.allo.sip.door;

import java.util.concurrent.TimeUnit;

/**
 * How many failures lead to what. A failure is credentials for which the answer was wrong: no challenge, no stale nonce, nothing that could
 * have been sent in somebody else's name.
 *
 * @param strangerFailures of one unknown address until it is banned
 * @param familiarFailures of one address from which a password has been proved within a day, but no phone is registered now
 * @param userFailures of one user from one address with registered phones until that user is banned there
 * @param userFailuresAnywhere of one user from all addresses until that user is banned for unknown addresses
 * @param forgiveNanos after so long one failure is forgiven
 * @param freeFailures answered at once; then the answer waits {@code firstDelayNanos}, and twice as long each time
 * @param maxDelayNanos the longest wait, shorter than what phones wait for an answer
 * @param firstBanNanos how long the first ban lasts; each further one twice as long
 * @param maxBanNanos the longest ban of an address
 * @param maxUserBanNanos the longest ban of a user
 * @param table entries of each table of failures; the one that was silent longest makes room
 */
public record FailureLimits(
        int strangerFailures,
        int familiarFailures,
        int userFailures,
        int userFailuresAnywhere,
        long forgiveNanos,
        int freeFailures,
        long firstDelayNanos,
        long maxDelayNanos,
        long firstBanNanos,
        long maxBanNanos,
        long maxUserBanNanos,
        int table) {

    /** 10, 30, 20 and 50 failures; one forgiven every two minutes; from the third on 0.25 s to 4 s; bans from 5 minutes to 24 hours, of users to 1 hour. */
    public static final FailureLimits DEFAULT = new FailureLimits(
            10,
            30,
            20,
            50,
            TimeUnit.MINUTES.toNanos(2),
            2,
            TimeUnit.MILLISECONDS.toNanos(250),
            TimeUnit.SECONDS.toNanos(4),
            TimeUnit.MINUTES.toNanos(5),
            TimeUnit.HOURS.toNanos(24),
            TimeUnit.HOURS.toNanos(1),
            20_000);
}
