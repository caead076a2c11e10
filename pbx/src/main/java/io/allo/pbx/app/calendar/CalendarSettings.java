package io.allo.pbx.app.calendar;

import io.allo.io.calendar.CalendarSource;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * calendar.conf: a section for each calendar, {@code type} ical or caldav (the address of the collection, which gives the whole
 * calendar), {@code url}, {@code user}, {@code secret}, {@code refresh} in minutes (60). Immutable.
 */
public record CalendarSettings(Map<String, CalendarSource> calendars) {

    /** As if there were no file. */
    public static final CalendarSettings NONE = new CalendarSettings(Map.of());

    private static final int WEEK_MINUTES = 7 * 24 * 60;

    /** What makes Asterisk call somebody when an event begins. */
    private static final List<String> REMINDERS = List.of(
            "autoreminder",
            "timeframe",
            "channel",
            "context",
            "extension",
            "app",
            "appdata",
            "waittime",
            "setvar",
            "fetch_again_at_reload");

    private static final Text NO_REMINDER = new Text(
            "allo asks calendars when the dialplan does; it calls nobody when an event begins",
            "allo interroge les agendas quand le plan de numérotation le demande ; il n'appelle personne au début d'un événement");

    public CalendarSettings {
        calendars = Map.copyOf(calendars);
    }

    /** Reads the file; what is wrong is reported and the calendar left out. */
    public static CalendarSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var calendars = new LinkedHashMap<String, CalendarSource>();
        for (var section : file.sections()) {
            if (!section.name().equalsIgnoreCase("general")) {
                read(section, calendars, problems);
            }
        }
        return new CalendarSettings(calendars);
    }

    private static void read(
            ConfSection section, Map<String, CalendarSource> calendars, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var type = reader.text("type", "ical").toLowerCase(Locale.ROOT);
        var source = new CalendarSource(
                section.name(),
                reader.text("url", ""),
                reader.text("user", ""),
                reader.text("secret", ""),
                Duration.ofMinutes(reader.integer("refresh", 60, 1, WEEK_MINUTES)));
        REMINDERS.forEach(name -> reader.inert(name, NO_REMINDER));
        reader.finish();
        if (!type.equals("ical") && !type.equals("caldav")) {
            problems.accept(problem(
                    section,
                    "the calendar " + section.name() + " of type " + type
                            + " is left out: allo reads ical and caldav; export it as iCalendar (.ics)",
                    "l'agenda " + section.name() + " de type " + type
                            + " est laissé : allo lit ical et caldav ; exportez-le en iCalendar (.ics)"));
        } else if (source.url().isBlank()) {
            problems.accept(problem(
                    section,
                    "the calendar " + section.name() + " needs a url: https://..., or the path of a file",
                    "l'agenda " + section.name() + " demande une url : https://..., ou le chemin d'un fichier"));
        } else {
            calendars.put(section.name(), source);
        }
    }

    private static ConfProblem problem(ConfSection section, String english, String french) {
        return ConfProblem.warning(section.file(), section.line(), "calendar", new Text(english, french), null);
    }
}
