package io.allo.pbx.conf;

import java.util.List;

/**
 * One documented option of a kind of section: its name, type, default and meaning. The reference manual is made from
 * these. Immutable.
 *
 * @param <T> the value's type
 * @param name the name in the file
 * @param aliases older names that mean the same
 * @param type how its text is read
 * @param fallback the value where the option is not written
 * @param about what it does, for the manual
 */
public record Option<T>(String name, List<String> aliases, OptionType<T> type, T fallback, Text about) {
    public Option {
        aliases = List.copyOf(aliases);
    }

    /** An option with one name. */
    public static <T> Option<T> of(String name, OptionType<T> type, T fallback, Text about) {
        return new Option<>(name, List.of(), type, fallback, about);
    }

    /** The same option, also read under an older name. */
    public Option<T> orAs(String... olderNames) {
        return new Option<>(name, List.of(olderNames), type, fallback, about);
    }
}
