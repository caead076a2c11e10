package io.allo.pbx.call.prompt;

import java.util.Locale;

/** The gender of what is counted, where a language minds. */
public enum Gender {
    /** Un. */
    MASCULINE,
    /** Une. */
    FEMININE;

    /** As SayNumber takes it: f or F is feminine; anything else (m, c, n, nothing) is not. */
    public static Gender parse(String text) {
        return text.strip().toLowerCase(Locale.ROOT).startsWith("f") ? FEMININE : MASCULINE;
    }
}
