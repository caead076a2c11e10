package io.allo.pbx.app.dial;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which options of Dial act, and what is missing for those that don't. Stateless. */
final class DialOption {

    private static final String ACTING = "aAbBcCdDefFgGhHiILmMoQrRSTtUuwWxXz";

    private static final Map<Character, String> MISSING = Map.ofEntries(
            Map.entry('k', "call parking"),
            Map.entry('K', "call parking"),
            Map.entry('n', "call screening, which privacy (p, P) needs"),
            Map.entry('N', "call screening, which privacy (p, P) needs"),
            Map.entry('p', "call screening"),
            Map.entry('P', "the privacy database"),
            Map.entry('O', "operator services"),
            Map.entry('j', "more than one stream of sound in a call"),
            Map.entry('s', "caller id tags"),
            Map.entry('E', "the echo of digits sent"));

    private DialOption() {}

    /** Why an option does nothing; null if it does something. */
    static @Nullable String missing(char letter) {
        if (ACTING.indexOf(letter) >= 0) {
            return null;
        }
        var part = MISSING.get(letter);
        return part == null
                ? "Dial has no option " + letter
                : "option " + letter + " needs " + part + ", not built yet";
    }
}
