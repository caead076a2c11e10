package io.allo.server.ask;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --language}. */
public final class LanguageOption {

    @Option(names = "--language", paramLabel = "LANG", description = "Speak this language (en, fr) instead of LANG's.")
    private @Nullable String language;

    /** What to speak. */
    public String spoken() {
        return Language.of(language, System.getenv());
    }
}
