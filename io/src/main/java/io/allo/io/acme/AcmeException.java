package io.allo.io.acme;

import java.io.Serial;

/** No certificate could be had: why, in words for an administrator. */
public final class AcmeException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    AcmeException(String message) {
        super(message);
    }

    AcmeException(String message, Throwable cause) {
        super(message + ": " + reasons(cause), cause);
    }

    /** What the failure says, and what lies below it ("Network error" says little). */
    private static String reasons(Throwable failure) {
        var below = failure.getCause();
        return below == null ? String.valueOf(failure.getMessage()) : failure.getMessage() + " (" + below + ")";
    }
}
