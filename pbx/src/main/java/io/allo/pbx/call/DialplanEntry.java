package io.allo.pbx.call;

/** A question that calls ask upward: how the dialplan is run. Answered by the dialplan's runner. Any thread. */
public interface DialplanEntry {

    /** The script that runs the dialplan on the call's channel from this place on, with {@code h} at the end. */
    CallScript script(DialplanLocation start);

    /** Whether this place is there, for this caller's number. */
    boolean exists(DialplanLocation location, String callerNumber);

    /**
     * Runs a subroutine on the call's current channel (Gosub from Dial's U, b and B, from queues, ...) and returns when it
     * returns.
     *
     * @param arguments ARG1, ARG2, ...
     */
    void subroutine(Call call, DialplanLocation start, java.util.List<String> arguments);
}
