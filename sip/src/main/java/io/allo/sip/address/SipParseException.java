package io.allo.sip.address;

/**
 * A text from a peer is not what the grammar of RFC 3261 section 25.1 asks for: what is wrong, in which text, and where. Expected
 * input from the network, so whoever reads a peer's message catches it and answers 400 or drops the message.
 */
public class SipParseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int EXCERPT_CHARS = 80;

    private final String what;
    private final int at;

    /** {@code what} is wrong in {@code text} at the 0-based index {@code at}. */
    public SipParseException(String what, String text, int at) {
        super(what + " at " + at + " in \"" + excerpt(text, at) + "\"");
        this.what = what;
        this.at = at;
    }

    /** {@code what} is wrong; there is no one place to point to. */
    public SipParseException(String what) {
        super(what);
        this.what = what;
        this.at = -1;
    }

    /** What is wrong, in words fit for a reason phrase. */
    public String what() {
        return what;
    }

    /** The index in the text where it went wrong, or -1. */
    public int at() {
        return at;
    }

    private static String excerpt(String text, int at) {
        int from = Math.max(0, Math.min(at, text.length()) - EXCERPT_CHARS / 2);
        int to = Math.min(text.length(), from + EXCERPT_CHARS);
        var shown = new StringBuilder(to - from + 2);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            shown.append(c < ' ' || c == 0x7f ? '.' : c);
        }
        return shown.toString();
    }
}
