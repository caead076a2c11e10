package io.allo.pbx.conference;

import io.allo.media.mix.MixLeg;
import org.jspecify.annotations.Nullable;

/**
 * How somebody enters a room. Immutable; the {@code with} methods change one thing each.
 *
 * @param admin may enter a locked or full room, and is left out of {@link Conference#muteAll}
 * @param marked others may wait for him
 * @param muted nobody hears him at first
 * @param deaf he hears nobody
 * @param waiting he is not yet part of it: he neither hears nor is heard until {@link Member#waiting} is called
 * @param music the class that he hears while he waits or is alone; "" for the channel's own, null for none
 * @param passDigits digits of others go on to his phone
 * @param leg how his sound is judged (talk threshold, silence, drop silence, tell talk), and whether it is left out of recordings; the
 *     rest of it is ignored
 */
public record MemberSettings(
        boolean admin,
        boolean marked,
        boolean muted,
        boolean deaf,
        boolean waiting,
        @Nullable String music,
        boolean passDigits,
        MixLeg leg) {

    /** Nobody in particular, who talks and hears. */
    public static final MemberSettings USUAL =
            new MemberSettings(false, false, false, false, false, null, false, MixLeg.USUAL);

    /** With these rights. */
    public MemberSettings withRole(boolean isAdmin, boolean isMarked) {
        return new MemberSettings(isAdmin, isMarked, muted, deaf, waiting, music, passDigits, leg);
    }

    /** Muted at first, or not. */
    public MemberSettings withMuted(boolean on) {
        return new MemberSettings(admin, marked, on, deaf, waiting, music, passDigits, leg);
    }

    /** Deaf at first, or not. */
    public MemberSettings withDeaf(boolean on) {
        return new MemberSettings(admin, marked, muted, on, waiting, music, passDigits, leg);
    }

    /** Waiting at first, or not. */
    public MemberSettings withWaiting(boolean on) {
        return new MemberSettings(admin, marked, muted, deaf, on, music, passDigits, leg);
    }

    /** With music while he waits or is alone: its class, "" for the channel's own, null for none. */
    public MemberSettings withMusic(@Nullable String musicClass) {
        return new MemberSettings(admin, marked, muted, deaf, waiting, musicClass, passDigits, leg);
    }

    /** Digits of others go on to his phone, or not. */
    public MemberSettings withPassDigits(boolean on) {
        return new MemberSettings(admin, marked, muted, deaf, waiting, music, on, leg);
    }

    /** What he says is left out of the room's recordings, or not. */
    public MemberSettings withUnrecorded(boolean on) {
        var judged = new MixLeg(
                false, false, 1, 1, leg.dropSilence(), leg.talkThreshold(), leg.silenceMs(), leg.tellsTalk(), on);
        return new MemberSettings(admin, marked, muted, deaf, waiting, music, passDigits, judged);
    }

    /**
     * How his sound is judged.
     *
     * @param dropSilence he is left out of the sum while he does not talk
     * @param talkThreshold mean absolute value of 16-bit PCM, 0 for Asterisk's 160
     * @param silenceMs quiet after which he does not talk any more, 0 for Asterisk's 2500
     * @param tellTalk {@link io.allo.pbx.event.CallEvent.ConferenceFact#TALKING} and SILENT are logged
     */
    public MemberSettings withTalk(boolean dropSilence, int talkThreshold, int silenceMs, boolean tellTalk) {
        var judged = new MixLeg(
                false,
                false,
                1,
                1,
                dropSilence,
                talkThreshold > 0 ? talkThreshold : MixLeg.TALK_THRESHOLD,
                silenceMs > 0 ? silenceMs : MixLeg.SILENCE_MS,
                tellTalk,
                leg.unrecorded());
        return new MemberSettings(admin, marked, muted, deaf, waiting, music, passDigits, judged);
    }
}
