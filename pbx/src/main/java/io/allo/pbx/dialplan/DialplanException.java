package io.allo.pbx.dialplan;

/** A priority could not be run as written; the message says why, for an administrator. The call goes on or ends as Asterisk's would. */
public final class DialplanException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DialplanException(String message) {
        super(message);
    }
}
