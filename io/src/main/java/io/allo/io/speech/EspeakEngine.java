package io.allo.io.speech;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** espeak-ng: small, quick, a hundred languages. Its text comes by standard input. */
final class EspeakEngine implements SpeechEngine {

    private static final int WORDS_PER_MINUTE = 150;
    private static final Set<String> LANGUAGES = Set.of(
            "fr", "en", "es", "it", "de", "pt", "nl", "ru", "pl", "ca", "sv", "da", "nb", "fi", "cs", "el", "tr", "ro",
            "hu", "uk", "ar", "he", "hi", "ja", "ko", "cmn", "zh", "vi", "eu", "ga", "cy", "sk", "hr", "bg", "et", "lv",
            "lt", "is");

    private final SpeechSettings settings;

    EspeakEngine(SpeechSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "espeak-ng";
    }

    @Override
    public boolean isInstalled() {
        return Programs.find("espeak-ng").isPresent();
    }

    @Override
    public boolean speaks(SpeechText text) {
        return settings.voice(text).isPresent() || LANGUAGES.contains(text.primaryLanguage());
    }

    @Override
    public String voice(SpeechText text) {
        return settings.voice(text).orElseGet(() -> switch (text.language().toLowerCase(Locale.ROOT)) {
            case "en", "en_us" -> "en-us";
            case "en_gb" -> "en-gb";
            case "fr_be" -> "fr-be";
            case "fr_ch" -> "fr-ch";
            case "pt_br" -> "pt-br";
            default -> text.primaryLanguage().equals("zh") ? "cmn" : text.primaryLanguage();
        });
    }

    @Override
    public List<String> command(SpeechText spoken, Path text, Path wav) {
        return List.of(
                program("espeak-ng"),
                "--stdin",
                "-b",
                "1",
                "-v",
                voice(spoken),
                "-s",
                String.valueOf(Math.round(WORDS_PER_MINUTE * spoken.speed())),
                "-w",
                wav.toString());
    }

    private static String program(String name) {
        return Programs.find(name).map(Path::toString).orElse(name);
    }
}
