package io.allo.pbx.dialplan;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads extensions.conf: {@code [general]}, {@code [globals]}, and every other section as a context; sections of one name
 * are one context. Global variables in names of extensions, contexts and globals are replaced while reading, as Asterisk
 * does; those in the data of priorities when the priority runs. Used once, by the thread that reads the configuration.
 */
public final class DialplanParser {
    private final ConfFile file;
    private final List<ConfProblem> problems = new ArrayList<>();
    private final Map<String, String> globals = new LinkedHashMap<>();
    private final Map<String, ContextDraft> contexts = new LinkedHashMap<>();

    private DialplanParser(ConfFile file) {
        this.file = file;
        problems.addAll(file.problems());
    }

    /** Reads a parsed file. What cannot be read is left out and reported. */
    public static ParsedDialplan parse(ConfFile file) {
        return new DialplanParser(file).read();
    }

    private ParsedDialplan read() {
        DialplanSettings settings = DialplanSettings.DEFAULT;
        for (ConfSection section : file.sections()) {
            String name = section.name().toLowerCase(Locale.ROOT);
            if (name.equals("general")) settings = DialplanSettings.read(new SectionReader(section, problems::add));
            else if (name.equals("globals")) readGlobals(section);
        }
        for (ConfSection section : file.sections()) {
            String name = section.name().toLowerCase(Locale.ROOT);
            if (!name.equals("general") && !name.equals("globals")) readContext(section);
        }
        List<DialplanContext> finished =
                contexts.values().stream().map(ContextDraft::finish).toList();
        return new ParsedDialplan(new Dialplan(settings, globals, finished), problems);
    }

    private void readGlobals(ConfSection section) {
        for (ConfEntry entry : section.entries()) {
            String value = replaceGlobals(entry.value(), entry);
            globals.put(VariableName.of(entry.key()).name(), value);
        }
    }

    private void readContext(ConfSection section) {
        ContextDraft draft = contexts.computeIfAbsent(section.name(), ContextDraft::new);
        var extensions = new ExtensionReader(draft, this);
        for (ConfEntry entry : section.entries()) {
            switch (entry.key().toLowerCase(Locale.ROOT)) {
                case "exten" -> extensions.readExten(entry);
                case "same" -> extensions.readSame(entry);
                case "include" -> readInclude(draft, entry);
                case "ignorepat" ->
                    draft.ignoredPatterns.add(ExtensionPattern.of(replaceGlobals(entry.value(), entry)));
                case "switch", "lswitch", "eswitch" -> readSwitch(draft, entry);
                case "autohints" ->
                    problem(
                            ConfProblem.Severity.WARNING,
                            entry,
                            "option-inert",
                            new Text(
                                    "hints are not made by themselves",
                                    "les « hint » ne sont pas créés automatiquement"),
                            new Text("write exten => number,hint,device", "écrivez exten => numéro,hint,appareil"));
                default ->
                    problem(
                            ConfProblem.Severity.WARNING,
                            entry,
                            "unknown-option",
                            new Text(
                                    "a context has no option " + entry.key() + "; the line is ignored",
                                    "un contexte n'a pas d'option " + entry.key() + " ; la ligne est ignorée"),
                            Spelling.didYouMean(entry.key(), OPTIONS).orElse(null));
            }
        }
    }

    private void readInclude(ContextDraft draft, ConfEntry entry) {
        String value = replaceGlobals(entry.value(), entry);
        int end = 0;
        while (end < value.length() && ",|".indexOf(value.charAt(end)) < 0) end++;
        String name = value.substring(0, end).trim();
        TimeCondition condition = end < value.length() ? TimeCondition.of(value.substring(end + 1)) : null;
        if (name.isEmpty()) {
            problem(
                    ConfProblem.Severity.ERROR,
                    entry,
                    "include-context",
                    new Text("include names no context", "include ne nomme aucun contexte"),
                    null);
            return;
        }
        if (condition != null) {
            for (String fault : condition.faults()) timeFault(entry, fault);
        }
        if (draft.includes.stream()
                .anyMatch(include -> include.context().equals(name) && include.condition() == null)) {
            problem(
                    ConfProblem.Severity.WARNING,
                    entry,
                    "include-repeated",
                    new Text(name + " is included already", name + " est déjà inclus"),
                    null);
            return;
        }
        draft.includes.add(new Include(name, condition, entry.file(), entry.line()));
    }

    private void timeFault(ConfEntry entry, String fault) {
        problem(
                ConfProblem.Severity.ERROR,
                entry,
                "time-condition",
                new Text(fault, "condition horaire illisible : " + fault),
                new Text(
                        "write times,weekdays,days,months: 9:00-17:00,mon-fri,*,*",
                        "écrivez heures,jours,dates,mois : 9:00-17:00,mon-fri,*,*"));
    }

    private void readSwitch(ContextDraft draft, ConfEntry entry) {
        draft.switches.add(entry.value());
        problem(
                ConfProblem.Severity.WARNING,
                entry,
                "switch",
                new Text(
                        entry.key() + " is not followed; extensions that stand there are not found",
                        entry.key() + " n'est pas suivi ; les extensions qui s'y trouvent ne sont pas trouvées"),
                new Text("include the context instead", "incluez plutôt le contexte"));
    }

    /** The text with global variables put in, as while loading; a function other than GLOBAL is not known then. */
    String replaceGlobals(String text, ConfEntry entry) {
        if (text.indexOf('$') < 0) return text;
        try {
            return Substitution.replace(text, new LoadScope(entry));
        } catch (DialplanException e) {
            String why = String.valueOf(e.getMessage());
            problem(
                    ConfProblem.Severity.WARNING,
                    entry,
                    "load-time-variable",
                    new Text(why, "variable illisible au chargement : " + why),
                    null);
            return text;
        }
    }

    void problem(ConfProblem.Severity severity, ConfEntry entry, String code, Text message, @Nullable Text suggestion) {
        problems.add(new ConfProblem(severity, entry.file(), entry.line(), code, message, suggestion));
    }

    private static final List<String> OPTIONS =
            List.of("exten", "same", "include", "ignorepat", "switch", "lswitch", "eswitch");

    /** What variables are worth while loading: the globals so far. */
    private final class LoadScope implements VariableScope {
        private final ConfEntry entry;

        LoadScope(ConfEntry entry) {
            this.entry = entry;
        }

        @Override
        public @Nullable String variable(String name) {
            return globals.get(name);
        }

        @Override
        public @Nullable String function(String name, String arguments) {
            if (name.equalsIgnoreCase("GLOBAL")) return globals.get(arguments.trim());
            throw new DialplanException(name + "() has no value while the configuration is read");
        }

        @Override
        public void warning(String english) {
            problem(
                    ConfProblem.Severity.WARNING,
                    entry,
                    "load-time-variable",
                    new Text(english, "au chargement : " + english),
                    null);
        }
    }
}
