package io.allo.conformance.lab;

/** The laboratory itself failed: a program could not be started, a namespace not made. Not a finding about allo. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
