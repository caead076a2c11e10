package io.allo.pbx.call.ring;

import io.allo.pbx.call.HangupCause;

/** A dial string names nothing that could ring. Expected input: it becomes the dialed channel's cause. */
public final class DialException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HangupCause cause;
    private final String french;

    public DialException(HangupCause cause, String english, String french) {
        super(english, null, false, false);
        this.cause = cause;
        this.french = french;
    }

    /** As HANGUPCAUSE has it. */
    public HangupCause hangupCause() {
        return cause;
    }

    /** Why, in French; the message is English. */
    public String french() {
        return french;
    }
}
