package io.allo.pbx.call;

/** The channel that runs the script is over: the runner catches this and runs {@code h}. */
public final class CallEnded extends CallInterrupted {

    private static final long serialVersionUID = 1L;

    /** {@code why} is for the log: who hung up, or what ended the call. */
    public CallEnded(String why) {
        super(why);
    }
}
