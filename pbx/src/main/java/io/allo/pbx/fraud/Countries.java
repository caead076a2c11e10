package io.allo.pbx.fraud;

import java.util.Locale;
import java.util.Set;

/**
 * A list of countries. Immutable.
 *
 * @param words ISO 3166 codes in capitals, HOME, EU (the European Union, EEA and Switzerland), ALL
 */
public record Countries(Set<String> words) {

    /** The home country alone. */
    public static final Countries HOME = new Countries(Set.of("HOME"));

    /** None at all. */
    public static final Countries NONE = new Countries(Set.of());

    /** All there are. */
    public static final Countries ALL = new Countries(Set.of("ALL"));

    private static final Set<String> EU = Set.of(
            "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
            "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO", "CH");

    public Countries {
        words = Set.copyOf(words);
    }

    /** Whether a country is among them. */
    boolean contains(String region, String home) {
        return words.contains(region)
                || words.contains("ALL")
                || words.contains("HOME") && region.equals(home)
                || words.contains("EU") && EU.contains(region);
    }

    /** Whether a word may stand in such a list. */
    static boolean isWord(String word) {
        var upper = word.toUpperCase(Locale.ROOT);
        return Set.of("HOME", "EU", "ALL").contains(upper) || NumberPlan.isCountry(upper);
    }
}
