package io.allo.sim;

/** An invariant does not hold; the message says which, and how to run the world again. */
public final class SimFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SimFailure(String message) {
        super(message);
    }

    public SimFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
