package io.allo.io.speech;

import java.util.Locale;

/**
 * Something to be spoken. Immutable.
 *
 * @param text plain, without markup
 * @param language an Asterisk language tag: fr, fr_CA, en
 * @param speed 1 for the voice's own; 0.5 to 2
 */
public record SpeechText(String text, String language, double speed) {

    /** The slowest. */
    public static final double SLOWEST = 0.5;

    /** The fastest. */
    public static final double FASTEST = 2;

    public SpeechText {
        text = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        language = language.strip().replace('-', '_');
        speed = Math.clamp(speed, SLOWEST, FASTEST);
    }

    /** At the voice's own speed. */
    public static SpeechText of(String text, String language) {
        return new SpeechText(text, language, 1);
    }

    /** The language without its country: "fr". */
    public String primaryLanguage() {
        var end = language.indexOf('_');
        return (end < 0 ? language : language.substring(0, end)).toLowerCase(Locale.ROOT);
    }
}
