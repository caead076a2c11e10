package io.allo.server.ask;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The language that allo speaks to whoever runs a command: English, or French. No state. */
public final class Language {

    private static final List<String> VARIABLES = List.of("LC_ALL", "LC_MESSAGES", "LANG");

    private Language() {}

    /** What {@code --language} says, otherwise the first of LC_ALL, LC_MESSAGES and LANG that is set; English without any. */
    public static String of(@Nullable String option, Map<String, String> environment) {
        if (option != null && !option.isBlank()) {
            return option.strip();
        }
        for (var variable : VARIABLES) {
            var value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "en";
    }
}
