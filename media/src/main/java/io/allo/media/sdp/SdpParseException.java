package io.allo.media.sdp;

/** A body that is no session description: which line (1 is the first; 0 the whole) and why. */
public final class SdpParseException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    SdpParseException(int line, String reason) {
        super(line == 0 ? "SDP: " + reason : "SDP line " + line + ": " + reason);
        this.line = line;
    }

    /** The number of the line at fault, 1 for the first; 0 where it is the body as a whole. */
    public int line() {
        return line;
    }
}
