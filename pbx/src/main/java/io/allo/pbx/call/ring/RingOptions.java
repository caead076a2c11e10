package io.allo.pbx.call.ring;

import io.allo.pbx.call.Channel;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * What happens while it rings.
 *
 * @param deadlineNanos when to give up, Long.MAX_VALUE for never
 * @param alwaysRing the caller hears ringing at once and no early media (Dial's r)
 * @param quiet the caller is told nothing of ringing: he hears music (m)
 * @param followRedirects extensions a phone redirects to are called through Local channels (not with i)
 * @param beforeDial done with each channel before it is dialed (b)
 * @param callerDigit asked for each digit of the caller; true ends the ringing (H, d)
 */
public record RingOptions(
        long deadlineNanos,
        boolean alwaysRing,
        boolean quiet,
        boolean followRedirects,
        Consumer<Channel> beforeDial,
        IntPredicate callerDigit) {

    /** Until this moment, nothing special. */
    public static RingOptions until(long deadlineNanos) {
        return new RingOptions(deadlineNanos, false, false, true, channel -> {}, digit -> false);
    }
}
