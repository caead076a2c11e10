package io.allo.pbx.call;

/**
 * Leaves a script from wherever it waits: the one use of an exception for control. Only runners catch it; scripts let it
 * pass and tidy up in {@code finally}. It has no stack trace.
 */
public abstract sealed class CallInterrupted extends RuntimeException permits CallEnded, CallMoved {

    private static final long serialVersionUID = 1L;

    CallInterrupted(String message) {
        super(message, null, false, false);
    }
}
