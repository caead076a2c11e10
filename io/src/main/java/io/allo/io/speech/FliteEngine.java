package io.allo.io.speech;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** flite: English voices, softer than espeak-ng's. Its text comes by a file. */
final class FliteEngine implements SpeechEngine {

    private final SpeechSettings settings;

    FliteEngine(SpeechSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "flite";
    }

    @Override
    public boolean isInstalled() {
        return Programs.find("flite").isPresent();
    }

    @Override
    public boolean speaks(SpeechText text) {
        return text.primaryLanguage().equals("en");
    }

    @Override
    public String voice(SpeechText text) {
        return settings.voice(text).orElse("slt");
    }

    @Override
    public List<String> command(SpeechText spoken, Path text, Path wav) {
        return List.of(
                Programs.find("flite").map(Path::toString).orElse("flite"),
                "-voice",
                voice(spoken),
                "--setf",
                String.format(Locale.ROOT, "duration_stretch=%.2f", 1 / spoken.speed()),
                "-f",
                text.toString(),
                "-o",
                wav.toString());
    }
}
