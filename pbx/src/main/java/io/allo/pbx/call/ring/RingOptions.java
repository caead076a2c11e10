package io.allo.pbx.call.ring;

import io.allo.media.audio.ToneSequence;
import io.allo.media.port.PlaySource;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.HangupCause;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What happens while it rings.
 *
 * @param deadlineNanos when to give up, Long.MAX_VALUE for never
 * @param heard what the caller hears
 * @param tone what ringing sounds like to a caller who hears us already
 * @param sound in place of ringing: a tone (r) or music (m); null for none
 * @param followRedirects extensions a phone redirects to are called through Local channels (not with i)
 * @param patientAfterRedirect the time is not counted any more once a phone has redirected (z)
 * @param cancelCause told to those who are cancelled; null for what fits (c, Q)
 * @param beforeDial done with each channel before any is dialed (b)
 * @param callerDigit asked for each digit of the caller; true ends the ringing (H, d)
 */
public record RingOptions(
        long deadlineNanos,
        Heard heard,
        ToneSequence tone,
        @Nullable PlaySource sound,
        boolean followRedirects,
        boolean patientAfterRedirect,
        @Nullable HangupCause cancelCause,
        Consumer<Channel> beforeDial,
        IntPredicate callerDigit) {

    /** Ringing as in North America, where the country isn't known. */
    public static final ToneSequence RING = ToneSequence.parse("440+480/2000,0/4000");

    /** What a caller hears while it rings. */
    public enum Heard {
        /** What happens: ringing when it rings, early media when it comes. */
        AS_IT_IS,
        /** Ringing at once and whatever happens, no early media (Dial's r). */
        RINGING,
        /** Ringing at once, until early media comes (R). */
        RINGING_UNTIL_MEDIA,
        /** A sound of ours, no early media and no ringing (m). */
        MUSIC
    }

    /** Until this moment, nothing special. */
    public static RingOptions until(long deadlineNanos) {
        return new RingOptions(
                deadlineNanos, Heard.AS_IT_IS, RING, null, true, false, null, channel -> {}, digit -> false);
    }
}
