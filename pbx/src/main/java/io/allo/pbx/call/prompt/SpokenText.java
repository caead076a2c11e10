package io.allo.pbx.call.prompt;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** Texts that say what kind they are, as say.conf has them: {@code number:100}, {@code digits:007}, {@code datetime:1763720000}. */
public final class SpokenText {

    private SpokenText() {}

    /**
     * The recorded words of such a text.
     *
     * @param now the moment it is, in the zone in which times are said
     * @throws UnspeakableException if its kind is not known or what follows is not of that kind
     */
    public static List<String> words(Say say, String text, ZonedDateTime now) {
        var colon = text.indexOf(':');
        if (colon < 0) {
            throw new UnspeakableException("a text to be said has a kind before a colon: " + text);
        }
        var what = text.substring(colon + 1).strip();
        return switch (text.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
            case "num", "number" -> say.number(number(what), Gender.MASCULINE);
            case "enum", "ordinal" -> say.ordinal(number(what), Gender.MASCULINE);
            case "digit", "digits" -> say.digits(what);
            case "char", "alpha" -> say.letters(what);
            case "phonetic" -> say.phonetic(what);
            case "date" -> say.time(moment(what, now), now, "dBY");
            case "time" -> say.time(moment(what, now), now, "HM");
            case "datetime" -> say.time(moment(what, now), now, "");
            default -> throw new UnspeakableException("nothing is known of how to say " + text);
        };
    }

    /**
     * A whole number.
     *
     * @throws UnspeakableException if it is none
     */
    public static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException noNumber) {
            throw new UnspeakableException("not a whole number: " + text);
        }
    }

    /**
     * Seconds since 1970, whole or not, in the zone of {@code now}; an empty text is now.
     *
     * @throws UnspeakableException if it is neither
     */
    public static ZonedDateTime moment(String text, ZonedDateTime now) {
        var plain = text.strip();
        if (plain.isEmpty()) {
            return now;
        }
        if (!plain.matches("-?[0-9]{1,11}(\\.[0-9]{0,9})?")) {
            throw new UnspeakableException("not a time in seconds since 1970: " + text);
        }
        var dot = plain.indexOf('.');
        var seconds = Long.parseLong(dot < 0 ? plain : plain.substring(0, dot));
        return Instant.ofEpochSecond(seconds).atZone(now.getZone());
    }
}
