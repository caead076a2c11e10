package io.allo.io.tls;

import java.io.Serial;

/** A certificate, key or list that can't be used: which file and why, in words for an administrator. */
public final class TlsException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
