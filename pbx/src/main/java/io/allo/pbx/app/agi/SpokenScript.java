package io.allo.pbx.app.agi;

import io.allo.pbx.call.prompt.Prompts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What googletts.agi and its kin are asked: a text to be spoken. Immutable. Their arguments are {@code text, language, intkey,
 * speed}; where the second is no language it is the key (flite.agi) or the name of a voice (polly).
 *
 * @param language an Asterisk language tag, "" for the channel's
 * @param keys what interrupts: any of these
 */
record SpokenScript(String text, String language, String keys, double speed) {

    private static final Set<String> NAMES = Set.of(
            "googletts",
            "google-tts",
            "gtts",
            "picotts",
            "pico-tts",
            "pico",
            "espeak",
            "espeak-ng",
            "flite",
            "polly",
            "polly-tts",
            "pollytts",
            "aws-polly",
            "awspolly",
            "amazonpolly");

    private static final Pattern NAME =
            Pattern.compile("(.*/)?(?<name>[a-z0-9_-]+)(\\.(agi|pl|py|php|sh|rb|js))?", Pattern.CASE_INSENSITIVE);

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([_-][A-Za-z]{2,4})?");

    private static final Pattern KEYS = Pattern.compile("[0-9*#A-Da-d]{1,16}");

    /** The languages of the voices that scripts for Amazon's Polly are given by name, as far as they are French or English. */
    private static final Map<String, String> VOICES = Map.ofEntries(
            Map.entry("celine", "fr"),
            Map.entry("mathieu", "fr"),
            Map.entry("lea", "fr"),
            Map.entry("remi", "fr"),
            Map.entry("chantal", "fr_CA"),
            Map.entry("gabrielle", "fr_CA"),
            Map.entry("liam", "fr_CA"),
            Map.entry("joanna", "en"),
            Map.entry("matthew", "en"),
            Map.entry("salli", "en"),
            Map.entry("kendra", "en"),
            Map.entry("joey", "en"),
            Map.entry("amy", "en_GB"),
            Map.entry("emma", "en_GB"),
            Map.entry("brian", "en_GB"));

    /** What is asked, if the script's name is one of these; in any letter case, with or without an ending. */
    static Optional<SpokenScript> of(String script, List<String> arguments) {
        var match = NAME.matcher(script.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        var name = match.group("name").toLowerCase(Locale.ROOT).replace('_', '-');
        return NAMES.contains(name) ? Optional.of(read(arguments)) : Optional.empty();
    }

    private static SpokenScript read(List<String> arguments) {
        var second = AgiCommand.optional(arguments, 1).strip();
        var third = AgiCommand.optional(arguments, 2).strip();
        var keys = keys(third);
        var language = "";
        var voice = VOICES.get(second.toLowerCase(Locale.ROOT));
        if (voice != null) {
            language = voice;
        } else if (isKeys(second)) {
            keys = keys(second);
            language = LANGUAGE.matcher(third).matches() && !isKeys(third) ? third.replace('-', '_') : "";
        } else if (LANGUAGE.matcher(second).matches()) {
            language = second.replace('-', '_');
        }
        return new SpokenScript(
                AgiCommand.optional(arguments, 0), language, keys, speed(AgiCommand.optional(arguments, 3)));
    }

    private static boolean isKeys(String text) {
        return text.equalsIgnoreCase("any") || text.matches("[0-9*#]+");
    }

    private static String keys(String text) {
        if (text.equalsIgnoreCase("any")) {
            return Prompts.ANY_DIGIT;
        }
        return KEYS.matcher(text).matches() ? text.toUpperCase(Locale.ROOT) : "";
    }

    private static double speed(String text) {
        return text.strip().matches("[0-9]{1,2}(\\.[0-9]{0,4})?") ? Double.parseDouble(text.strip()) : 1;
    }
}
