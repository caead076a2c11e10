package io.allo.pbx.call.prompt;

/** Something can't be said; the message says what and why, for an administrator. */
public final class UnspeakableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what can't be said. */
    public UnspeakableException(String message) {
        super(message);
    }
}
