package io.allo.io.vault;

import java.io.IOException;

/** A sealed file or key file that can't be used: changed, cut off, of another key, or readable by others. The message says which. */
public final class VaultException extends IOException {

    private static final long serialVersionUID = 1L;

    public VaultException(String message) {
        super(message);
    }

    public VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
