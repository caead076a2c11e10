package io.allo.io.store;

import java.io.IOException;

/** The database can't be opened or read. The message says which file, and why, for an administrator. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
