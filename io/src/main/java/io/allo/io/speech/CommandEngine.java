package io.allo.io.speech;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A command of the administrator's (piper with a model, pico2wave, a client of a speech server). Its words are an argument
 * vector, no shell: {@code {text}} stands for a file with the text, which is its standard input too, {@code {wav}} for the file
 * to write, {@code {lang}} and {@code {speed}} for what they say.
 */
final class CommandEngine implements SpeechEngine {

    private final SpeechSettings settings;

    CommandEngine(SpeechSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public boolean isInstalled() {
        return !settings.command().isEmpty()
                && Programs.find(settings.command().getFirst()).isPresent();
    }

    @Override
    public boolean speaks(SpeechText text) {
        return settings.commandLanguages().isEmpty()
                || settings.commandLanguages().contains(text.primaryLanguage());
    }

    @Override
    public String voice(SpeechText text) {
        return String.join(" ", settings.command());
    }

    @Override
    public List<String> command(SpeechText spoken, Path text, Path wav) {
        return settings.command().stream()
                .map(word -> word.replace("{text}", text.toString())
                        .replace("{wav}", wav.toString())
                        .replace("{lang}", spoken.language().replace('_', '-'))
                        .replace("{speed}", String.format(Locale.ROOT, "%.2f", spoken.speed())))
                .toList();
    }
}
