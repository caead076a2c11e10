package io.allo.pbx.app.conference.profile;

import java.util.Locale;

/**
 * One thing that a key of a conference's menu does. Immutable.
 *
 * @param argument what stands in parentheses: sounds joined by {@code &}, or a place of the dialplan; "" for none
 */
public record MenuAction(Kind kind, String argument) {

    /** What can be done. */
    public enum Kind {
        /** Sounds are played, whatever is pressed. */
        PLAYBACK,
        /** Sounds are played, and the sequence of keys goes on. */
        PLAYBACK_AND_CONTINUE,
        /** Is heard no more, or again. */
        TOGGLE_MUTE,
        /** Nothing. */
        NO_OP,
        /** Hears the others more softly. */
        DECREASE_LISTENING_VOLUME,
        /** Hears them louder. */
        INCREASE_LISTENING_VOLUME,
        /** Hears them as they are. */
        RESET_LISTENING_VOLUME,
        /** Is heard more softly. */
        DECREASE_TALKING_VOLUME,
        /** Is heard louder. */
        INCREASE_TALKING_VOLUME,
        /** Is heard as he is. */
        RESET_TALKING_VOLUME,
        /** Leaves for a place of the dialplan and comes back. */
        DIALPLAN_EXEC,
        /** Leaves. */
        LEAVE_CONFERENCE,
        /** An admin throws out who came last. */
        ADMIN_KICK_LAST,
        /** An admin lets nobody in any more, or everybody again. */
        ADMIN_TOGGLE_CONFERENCE_LOCK,
        /** An admin mutes all but admins, or lets them speak. */
        ADMIN_TOGGLE_MUTE_PARTICIPANTS,
        /** Hears how many there are. */
        PARTICIPANT_COUNT,
        /** No video here. */
        SET_AS_SINGLE_VIDEO_SRC,
        /** No video here. */
        RELEASE_AS_SINGLE_VIDEO_SRC,
        /** No binaural sound here. */
        TOGGLE_BINAURAL;

        /** As it is written. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it needs something in parentheses. */
        public boolean needsArgument() {
            return this == PLAYBACK || this == PLAYBACK_AND_CONTINUE || this == DIALPLAN_EXEC;
        }

        /** Whether it does nothing in allo. */
        public boolean isInert() {
            return this == SET_AS_SINGLE_VIDEO_SRC || this == RELEASE_AS_SINGLE_VIDEO_SRC || this == TOGGLE_BINAURAL;
        }
    }
}
