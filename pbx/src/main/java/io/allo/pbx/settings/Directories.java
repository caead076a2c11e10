package io.allo.pbx.settings;

import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where files are: asterisk.conf {@code [directories]}. Immutable. What the file does not name lies below the state directory,
 * or below what it does name, as in Asterisk.
 *
 * @param varlib {@code astvarlibdir}: what the system keeps; STATE
 * @param database {@code astdbdir}: the database; varlib
 * @param data {@code astdatadir}: sounds, music and documentation; varlib
 * @param keys {@code astkeydir}: keys and certificates, in its folder {@code keys}; data
 * @param agi {@code astagidir}: AGI programs; agi-bin in data
 * @param spool {@code astspooldir}: voicemail, recordings, call files; STATE/spool
 * @param run {@code astrundir}: the control socket; STATE
 * @param log {@code astlogdir}: logs and cdr-csv/Master.csv; STATE/log
 */
public record Directories(Path varlib, Path database, Path data, Path keys, Path agi, Path spool, Path run, Path log) {

    /** A directory's name. */
    private static final OptionType<Path> DIRECTORY =
            OptionType.of(new Text("the name of a directory", "le nom d'un répertoire"), text -> {
                try {
                    return text.isEmpty() ? null : Path.of(text);
                } catch (InvalidPathException e) {
                    return null;
                }
            });

    /** Where Asterisk's own programs, modules and configuration lie: in every file, and no matter of allo's. */
    private static final List<String> ASTERISKS_OWN = List.of("astetcdir", "astmoddir", "astsbindir", "astcachedir");

    /** As if the file named none. */
    public static Directories below(Path state) {
        return new Directories(
                state,
                state,
                state,
                state,
                state.resolve("agi-bin"),
                state.resolve("spool"),
                state,
                state.resolve("log"));
    }

    static Directories read(SectionReader reader, Path state) {
        var fallback = below(state);
        var varlib = written(reader, "astvarlibdir").orElse(fallback.varlib());
        var data = written(reader, "astdatadir").orElse(varlib);
        var directories = new Directories(
                varlib,
                written(reader, "astdbdir").orElse(varlib),
                data,
                written(reader, "astkeydir").orElse(data),
                written(reader, "astagidir").orElse(data.resolve("agi-bin")),
                written(reader, "astspooldir").orElse(fallback.spool()),
                written(reader, "astrundir").orElse(fallback.run()),
                written(reader, "astlogdir").orElse(fallback.log()));
        ASTERISKS_OWN.forEach(reader::entry);
        reader.finish();
        return directories;
    }

    private static Optional<Path> written(SectionReader reader, String name) {
        return reader.optional(name, DIRECTORY);
    }
}
