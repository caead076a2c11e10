package io.allo.pbx.settings;

import io.allo.pbx.conf.ConfFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * logger.conf, of which allo takes one thing: into which files the security log goes, those of {@code [logfiles]} with the level
 * {@code security}. Immutable.
 *
 * @param securityFiles names, relative to the log directory; {@code security} where the file names none: it is always written
 */
public record LoggerSettings(List<String> securityFiles) {

    /** As if there were no file. */
    public static final LoggerSettings DEFAULT = new LoggerSettings(List.of("security"));

    /** What no line of a log file can go into. */
    private static final List<String> NO_FILES = List.of("console", "syslog");

    public LoggerSettings {
        securityFiles = List.copyOf(securityFiles);
    }

    /** Reads the file. Formats in brackets before the levels are passed over, as are all other levels. */
    public static LoggerSettings read(ConfFile file) {
        var names = new ArrayList<String>();
        file.section("logfiles")
                .ifPresent(section -> section.entries().forEach(entry -> {
                    var levels =
                            entry.value().replaceFirst("^\\[[^\\]]*\\]", "").split(",", -1);
                    var wanted = Arrays.stream(levels)
                            .map(level -> level.strip().toLowerCase(Locale.ROOT))
                            .anyMatch(level -> level.equals("security"));
                    var kind = entry.key().strip().split("\\.", -1)[0].toLowerCase(Locale.ROOT);
                    if (wanted && !NO_FILES.contains(kind)) {
                        names.add(entry.key().strip());
                    }
                }));
        return names.isEmpty() ? DEFAULT : new LoggerSettings(names);
    }
}
