package io.allo.io.recording;

/** A recording that can't begin: an ending nobody knows, a directory that can't be written. The message is for people. */
public final class RecordingException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, in words. */
    public RecordingException(String message) {
        super(message);
    }

    /** With what is wrong, in words, and what the system said. */
    public RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
