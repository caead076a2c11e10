package io.allo.pbx.settings;

import io.allo.io.music.MusicClass;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * musiconhold.conf: each section but {@code [general]} is a class. Immutable.
 *
 * <p>{@code mode}: files (default) or playlist; {@code directory}: below astdatadir unless absolute; {@code sort}: alpha, random, randstart;
 * {@code entry}: files of a playlist, in order; {@code announcement}: between two pieces. mode=custom and the old players are refused, with the reason.
 */
public record MusicConf(List<MusicClass> classes) {

    private static final String GENERAL = "general";
    private static final List<String> MODES =
            List.of("files", "playlist", "custom", "mp3", "quietmp3", "mp3nb", "quietmp3nb", "mp3i");

    public MusicConf {
        classes = List.copyOf(classes);
    }

    /** As if there were no file: a class "default" of the usual directories. */
    public static MusicConf withoutFile(Path data) {
        return new MusicConf(List.of(usual(data)));
    }

    private static MusicClass usual(Path data) {
        return new MusicClass("default", usualDirectories(data), List.of(), MusicClass.Sort.RANDSTART, "");
    }

    private static List<Path> usualDirectories(Path data) {
        return List.of(data.resolve("moh"), Path.of("/var/lib/asterisk/moh"), Path.of("/usr/share/asterisk/moh"));
    }

    /** Reads the file; what is wrong is reported and left out. A class "default" is always there. */
    public static MusicConf read(ConfFile file, Path data, Consumer<ConfProblem> problems) {
        var classes = new ArrayList<MusicClass>();
        for (var section : file.sections()) {
            var name = section.name();
            if (!name.toLowerCase(Locale.ROOT).equals(GENERAL)) {
                read(section, data, problems).ifPresent(classes::add);
            }
        }
        if (classes.stream().noneMatch(music -> music.name().equals("default"))) {
            classes.add(usual(data));
        }
        return new MusicConf(classes);
    }

    private static Optional<MusicClass> read(ConfSection section, Path data, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var mode = reader.value("mode", MODE, "files");
        var directory = reader.text("directory", "");
        var directories = directory.isEmpty()
                ? usualDirectories(data)
                : List.of(
                        data.resolve(directory), Path.of("/usr/share/asterisk").resolve(directory));
        var random = reader.yesNo("random", false);
        var sort = reader.value("sort", SORT, random ? MusicClass.Sort.RANDOM : MusicClass.Sort.NONE);
        var entries = reader.values("entry", OptionType.of(ANYTHING, text -> text));
        var announcement = reader.text("announcement", "");
        var kept = new MusicClass(section.name(), directories, entries, sort, announcement);
        for (var inert : List.of("digit", "format", "kill_escalation_delay", "kill_method", "loop_last")) {
            if (reader.has(inert)) {
                reader.inert(inert, inert.equals("digit") ? NO_DIGIT : NOT_NEEDED);
            }
        }
        if (!mode.equals("files") && !mode.equals("playlist")) {
            reader.text("application", "");
            problems.accept(ConfProblem.warning(
                    section.file(),
                    section.line(),
                    "music-mode",
                    new Text(
                            "the class [" + section.name() + "] is left out: mode=" + mode
                                    + " runs a program for its sound, which allo does not; mode=files plays mp3 files too",
                            "la classe [" + section.name() + "] est écartée : mode=" + mode
                                    + " lance un programme, ce qu'allo ne fait pas ; mode=files lit aussi les mp3"),
                    null));
            reader.finish();
            return Optional.empty();
        }
        reader.finish();
        return Optional.of(kept);
    }

    private static final Text ANYTHING = new Text("a file", "un fichier");

    private static final Text NO_DIGIT = new Text(
            "callers can't choose another class by a key", "l'appelant ne peut changer de classe par une touche");

    private static final Text NOT_NEEDED = new Text(
            "the format is chosen by itself and no program is run",
            "le format se choisit seul et aucun programme n'est lancé");

    private static final OptionType<String> MODE = OptionType.of(
            new Text("files or playlist", "files ou playlist"),
            text -> MODES.contains(text.toLowerCase(Locale.ROOT)) ? text.toLowerCase(Locale.ROOT) : null);

    private static final OptionType<MusicClass.Sort> SORT = OptionType.of(
            new Text("alpha, random or randstart", "alpha, random ou randstart"),
            text -> switch (text.toLowerCase(Locale.ROOT)) {
                case "alpha" -> MusicClass.Sort.ALPHA;
                case "random" -> MusicClass.Sort.RANDOM;
                case "randstart" -> MusicClass.Sort.RANDSTART;
                default -> null;
            });
}
