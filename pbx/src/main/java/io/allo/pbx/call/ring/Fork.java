package io.allo.pbx.call.ring;

import io.allo.pbx.call.Channel;
import io.allo.pbx.call.HangupCause;
import org.jspecify.annotations.Nullable;

/**
 * One of several that are rung: its dial string, its channel (null if none could be made) and how it ended. Owned by the
 * call.
 */
public final class Fork {

    private final String dialString;
    private final @Nullable Channel channel;
    private @Nullable HangupCause failed;
    private int protocolStatus;
    private String why = "";
    private Redirect redirect = Redirect.NONE;

    /** What became of a wish to be called elsewhere. */
    enum Redirect {
        NONE,
        FOLLOWED,
        REFUSED
    }

    Fork(String dialString, @Nullable Channel channel) {
        this.dialString = dialString;
        this.channel = channel;
    }

    /** As it was dialed. */
    public String dialString() {
        return dialString;
    }

    /** Its channel; null if none could be made. */
    public @Nullable Channel channel() {
        return channel;
    }

    /** Why it will not answer; null while it may. */
    public @Nullable HangupCause failed() {
        return failed;
    }

    /** The SIP status that ended it, 0 if none. */
    public int protocolStatus() {
        return protocolStatus;
    }

    /** Why it will not answer, in words. */
    public String why() {
        return why;
    }

    /** Whether it sent the call elsewhere: then the place it sent it to counts, not this one. */
    boolean isForwarded() {
        return redirect == Redirect.FOLLOWED;
    }

    void redirected(boolean followed) {
        redirect = followed ? Redirect.FOLLOWED : Redirect.REFUSED;
    }

    /** How it ended; a redirect that was not followed counts as busy, as in Asterisk. */
    DialStatus status() {
        return failed == null ? DialStatus.NOANSWER : DialStatus.of(failed, protocolStatus);
    }

    boolean isLive() {
        return failed == null;
    }

    void fail(HangupCause cause, int status, String reason) {
        failed = redirect == Redirect.REFUSED ? HangupCause.USER_BUSY : cause;
        protocolStatus = status;
        why = reason;
    }
}
