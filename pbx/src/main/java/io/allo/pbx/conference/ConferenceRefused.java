package io.allo.pbx.conference;

/** Somebody may not enter a room. */
public final class ConferenceRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** An admin has locked it. */
        LOCKED,
        /** As many are in as may be. */
        FULL
    }

    private final Reason reason;

    ConferenceRefused(Reason reason, String conference) {
        super("conference " + conference + " is " + (reason == Reason.LOCKED ? "locked" : "full"));
        this.reason = reason;
    }

    /** Why not. */
    public Reason reason() {
        return reason;
    }
}
