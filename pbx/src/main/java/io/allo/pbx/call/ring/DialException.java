package io.allo.pbx.call.ring;

import io.allo.pbx.call.HangupCause;

/** A dial string names nothing that could ring. Expected input: it becomes the dialed channel's cause. */
public final class DialException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HangupCause cause;
    private final String french;
    private final int protocolStatus;
    private final String code;

    public DialException(HangupCause cause, String english, String french) {
        this(cause, 0, "dial", english, french);
    }

    private DialException(HangupCause cause, int protocolStatus, String code, String english, String french) {
        super(english, null, false, false);
        this.cause = cause;
        this.protocolStatus = protocolStatus;
        this.code = code;
        this.french = french;
    }

    /** A rule of ours forbids the call: it ends as if the trunk had answered 403. */
    public static DialException forbidden(String code, String english, String french) {
        return new DialException(HangupCause.CALL_REJECTED, 403, code, english, french);
    }

    /** As HANGUPCAUSE has it. */
    public HangupCause hangupCause() {
        return cause;
    }

    /** What a SIP server would have said, 0 for nothing. */
    public int protocolStatus() {
        return protocolStatus;
    }

    /** Whether a rule of ours forbids the call. */
    public boolean isForbidden() {
        return protocolStatus == 403;
    }

    /** The code of the problem in the call's log. */
    public String code() {
        return code;
    }

    /** Why, in French; the message is English. */
    public String french() {
        return french;
    }
}
