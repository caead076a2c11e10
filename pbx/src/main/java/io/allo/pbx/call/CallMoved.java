package io.allo.pbx.call;

/** The script goes on elsewhere in the dialplan: a redirect from outside, or the absolute timeout's {@code T}. */
public final class CallMoved extends CallInterrupted {

    private static final long serialVersionUID = 1L;

    private final transient DialplanLocation location;

    /** To go on at {@code location}, whatever the script was doing. */
    public CallMoved(DialplanLocation location) {
        super("moved to " + location);
        this.location = location;
    }

    /** Where it goes on. */
    public DialplanLocation location() {
        return location;
    }
}
