package io.allo.pbx.settings;

import io.allo.io.store.CdrCsvSettings;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * cdr.conf: {@code [general]} and {@code [csv]}. Immutable.
 *
 * @param enabled {@code enable}: records are made at all; yes
 * @param unanswered {@code unanswered}: also of calls that reached nobody and dialed nobody; no
 * @param congestion {@code congestion}: CONGESTION is a disposition of its own, otherwise FAILED; no
 * @param endBeforeH {@code endbeforehexten}: the extension h is no part of the record; yes
 * @param initiatedSeconds {@code initiatedseconds}: a begun second of billsec counts whole; no
 * @param defaultEnabled {@code channeldefaultenabled}: channels are recorded unless CDR_PROP(disable) says otherwise; yes
 * @param csv the columns of Master.csv; without a file those of Asterisk's sample, with a section {@code [csv]} as written
 */
public record CdrSettings(
        boolean enabled,
        boolean unanswered,
        boolean congestion,
        boolean endBeforeH,
        boolean initiatedSeconds,
        boolean defaultEnabled,
        CdrCsvSettings csv) {

    /** As if there were no file. */
    public static final CdrSettings DEFAULT =
            new CdrSettings(true, false, false, true, false, true, CdrCsvSettings.DEFAULT);

    private static final String AT_ONCE_EN = "each record is written at once";
    private static final String AT_ONCE_FR = "chaque enregistrement est écrit immédiatement";

    private static final List<Inert> INERT = List.of(
            Inert.of("batch", AT_ONCE_EN, AT_ONCE_FR),
            Inert.of("size", AT_ONCE_EN, AT_ONCE_FR),
            Inert.of("time", AT_ONCE_EN, AT_ONCE_FR),
            Inert.of("scheduleronly", AT_ONCE_EN, AT_ONCE_FR),
            Inert.of("safeshutdown", AT_ONCE_EN, AT_ONCE_FR));

    private static final List<String> OTHER_BACKENDS = List.of(
            "custom",
            "mappings",
            "manager",
            "odbc",
            "pgsql",
            "radius",
            "sqlite",
            "sqlite3",
            "syslog",
            "tds",
            "beanstalkd");

    /** Reads the file; what is wrong is reported and the default taken. */
    public static CdrSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var settings = DEFAULT;
        for (var section : file.sections()) {
            var name = section.name().toLowerCase(Locale.ROOT);
            switch (name) {
                case "general" -> settings = general(section, settings.csv(), problems);
                case "csv" -> settings = settings.withCsv(csv(section, problems));
                default ->
                    problems.accept(
                            OTHER_BACKENDS.contains(name)
                                    ? Sections.inert(section, OTHER_BACKEND)
                                    : Sections.unknown(section, List.of("general", "csv")));
            }
        }
        return settings;
    }

    private CdrSettings withCsv(CdrCsvSettings newCsv) {
        return new CdrSettings(enabled, unanswered, congestion, endBeforeH, initiatedSeconds, defaultEnabled, newCsv);
    }

    private static CdrSettings general(ConfSection section, CdrCsvSettings csv, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var settings = new CdrSettings(
                reader.yesNo("enable", DEFAULT.enabled()),
                reader.yesNo("unanswered", DEFAULT.unanswered()),
                reader.yesNo("congestion", DEFAULT.congestion()),
                reader.yesNo("endbeforehexten", DEFAULT.endBeforeH()),
                reader.yesNo("initiatedseconds", DEFAULT.initiatedSeconds()),
                reader.yesNo("channeldefaultenabled", DEFAULT.defaultEnabled()),
                csv);
        reader.yesNo("ignorestatechanges", false);
        reader.yesNo("ignoredialchanges", false);
        Inert.report(reader, INERT);
        reader.finish();
        return settings;
    }

    private static CdrCsvSettings csv(ConfSection section, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var settings = new CdrCsvSettings(
                reader.yesNo("usegmtime", false),
                reader.yesNo("loguniqueid", false),
                reader.yesNo("loguserfield", false),
                reader.yesNo("newcdrcolumns", false),
                reader.yesNo("accountlogs", true));
        reader.finish();
        return settings;
    }

    private static final Text OTHER_BACKEND = new Text(
            "records go into Master.csv and into allo's own database",
            "les enregistrements vont dans Master.csv et dans la base d'allo");
}
