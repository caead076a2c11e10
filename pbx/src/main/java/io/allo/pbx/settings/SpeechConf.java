package io.allo.pbx.settings;

import io.allo.io.speech.SpeechSettings;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** speech.conf, allo's own: {@code [general]} and {@code [voices]} become {@link SpeechSettings}. No state. */
public final class SpeechConf {

    private static final Map<String, String> ENGINES = Map.of(
            "auto", "auto", "espeak-ng", "espeak-ng", "espeak", "espeak-ng", "flite", "flite", "command", "command");

    private static final long MEGABYTE = 1_000_000;

    private SpeechConf() {}

    /** Reads the file; what is wrong is reported and the default taken. */
    public static SpeechSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var settings = SpeechSettings.DEFAULT;
        var voices = new HashMap<String, String>();
        for (var section : file.sections()) {
            switch (section.name().toLowerCase(Locale.ROOT)) {
                case "general" -> settings = general(section, problems);
                case "voices" -> section.entries().forEach(entry -> voices.put(entry.key(), entry.value()));
                default -> problems.accept(Sections.unknown(section, List.of("general", "voices")));
            }
        }
        return new SpeechSettings(
                settings.engine(),
                settings.command(),
                settings.commandLanguages(),
                settings.limitSeconds(),
                settings.mostCharacters(),
                settings.cacheBytes(),
                voices);
    }

    private static SpeechSettings general(ConfSection section, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var fallback = SpeechSettings.DEFAULT;
        var command = reader.value("command", OptionType.COMMAND, List.of());
        if (!command.isEmpty() && command.stream().noneMatch(word -> word.contains("{wav}"))) {
            problems.accept(ConfProblem.error(
                    section.file(),
                    section.line(),
                    "speech-command",
                    new Text(
                            "the command does not say where to write: put {wav} where its file's name belongs",
                            "la commande ne dit pas où écrire : mettez {wav} à la place du nom de son fichier"),
                    null));
            command = List.of();
        }
        var settings = new SpeechSettings(
                reader.value("engine", OptionType.oneOf(ENGINES), fallback.engine()),
                command,
                reader.value("languages", OptionType.LIST, fallback.commandLanguages()),
                reader.integer("timelimit", fallback.limitSeconds(), 1, 40),
                reader.integer("maxlength", fallback.mostCharacters(), 1, 100_000),
                reader.integer("cachesize", (int) (fallback.cacheBytes() / MEGABYTE), 1, 1_000_000) * MEGABYTE,
                Map.of());
        reader.finish();
        return settings;
    }
}
