package io.allo.server;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --language}. */
final class LanguageOption {

    @Option(names = "--language", paramLabel = "LANG", description = "Speak this language (en, fr) instead of LANG's.")
    private @Nullable String language;

    /** What to speak. */
    String spoken() {
        return Language.of(language, System.getenv());
    }
}
