package io.allo.io.speech;

/** A text can't be spoken; the message says why and what to do, in both languages. */
public final class SpeechException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String french;

    /** With the reason in English and French. */
    public SpeechException(String english, String french) {
        super(english);
        this.french = french;
    }

    /** In plain English. */
    public String english() {
        return String.valueOf(getMessage());
    }

    /** In plain French. */
    public String french() {
        return french;
    }
}
