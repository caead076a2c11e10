package io.allo.pbx.settings;

import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * asterisk.conf: {@code [directories]} and {@code [options]}. Immutable.
 *
 * @param directories where files are
 * @param verbose {@code verbose}: 0 quiet to 10; 0
 * @param debug {@code debug}: 0 off to 10; 0
 * @param systemName {@code systemname}: a prefix of unique ids and ${SYSTEMNAME}; empty
 * @param liveDangerously {@code live_dangerously}: gates may run SHELL() and their like; no
 * @param maxCalls {@code maxcalls}: calls at one time; 10000. 0 in the file means the default
 * @param defaultLanguage {@code defaultlanguage}: of prompts; en
 * @param transmitSilence {@code transmit_silence}: sound is sent while a call records or waits; no
 */
public record AsteriskSettings(
        Directories directories,
        int verbose,
        int debug,
        String systemName,
        boolean liveDangerously,
        int maxCalls,
        String defaultLanguage,
        boolean transmitSilence) {

    /** Calls at one time where nothing else is said. */
    public static final int MAX_CALLS = 10_000;

    private static final List<String> SECTIONS = List.of("directories", "options", "files", "compat");

    /** As if there were no file. */
    public static AsteriskSettings withoutFile(Path state) {
        return new AsteriskSettings(Directories.below(state), 0, 0, "", false, MAX_CALLS, "en", false);
    }

    /** Reads the file; what is wrong is reported and the default taken. What it does not name lies below {@code state}. */
    public static AsteriskSettings read(ConfFile file, Path state, Consumer<ConfProblem> problems) {
        var settings = withoutFile(state);
        for (var section : file.sections()) {
            switch (section.name().toLowerCase(Locale.ROOT)) {
                case "directories" ->
                    settings = settings.with(Directories.read(new SectionReader(section, problems), state));
                case "options" -> settings = options(section, settings.directories(), problems);
                case "files" -> problems.accept(Sections.inert(section, SOCKET));
                case "compat" -> problems.accept(Sections.inert(section, COMPAT));
                default -> problems.accept(Sections.unknown(section, SECTIONS));
            }
        }
        return settings;
    }

    private AsteriskSettings with(Directories newDirectories) {
        return new AsteriskSettings(
                newDirectories,
                verbose,
                debug,
                systemName,
                liveDangerously,
                maxCalls,
                defaultLanguage,
                transmitSilence);
    }

    private static AsteriskSettings options(
            ConfSection section, Directories directories, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var silence = OptionType.YES_NO;
        boolean oldName = reader.value("transmit_silence_during_record", silence, false);
        int maxCalls = reader.integer("maxcalls", 0, 0, 1_000_000);
        var settings = new AsteriskSettings(
                directories,
                level(reader, "verbose"),
                level(reader, "debug"),
                reader.text("systemname", ""),
                reader.yesNo("live_dangerously", false),
                maxCalls == 0 ? MAX_CALLS : maxCalls,
                reader.value("defaultlanguage", OptionType.NAME, "en"),
                reader.value("transmit_silence", silence, oldName));
        Inert.report(reader, InertOptions.OF_ASTERISK_CONF);
        reader.finish();
        return settings;
    }

    /** A level may be a number, or yes and no. */
    private static int level(SectionReader reader, String name) {
        var number = OptionType.integer(0, 10);
        return reader.value(
                name,
                OptionType.of(
                        new Text("a number from 0 to 10, or yes or no", "un nombre de 0 à 10, ou yes ou no"), text -> {
                            var level = number.read(text);
                            var word = OptionType.YES_NO.read(text);
                            return level != null ? level : word == null ? null : Integer.valueOf(word ? 1 : 0);
                        }),
                0);
    }

    private static final Text SOCKET = new Text(
            "the control socket lies in the state directory, for its owner only",
            "la socket de contrôle est dans le répertoire d'état, réservée à son propriétaire");

    private static final Text COMPAT =
            new Text("allo behaves as Asterisk 18 and later", "allo se comporte comme Asterisk 18 et suivants");
}
