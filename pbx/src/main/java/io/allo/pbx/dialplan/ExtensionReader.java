package io.allo.pbx.dialplan;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.ContextDraft.ExtensionDraft;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code exten =>} and {@code same =>} lines of one section, remembering the extension and number before. Owned
 * by the parser.
 */
final class ExtensionReader {
    private final ContextDraft context;
    private final DialplanParser parser;
    private @Nullable ExtensionDraft current;
    private int lastNumber;

    ExtensionReader(ContextDraft context, DialplanParser parser) {
        this.context = context;
        this.parser = parser;
    }

    void readExten(ConfEntry entry) {
        String[] parts = entry.value().split(",", 3);
        String name = parser.replaceGlobals(parts[0].trim(), entry);
        if (name.isEmpty() || parts.length < 2) {
            error(
                    entry,
                    "extension-line",
                    "an extension needs a name, a priority and an application",
                    "une extension a besoin d'un nom, d'une priorité et d'une application",
                    "write exten => 100,1,Answer()",
                    "écrivez exten => 100,1,Answer()");
            return;
        }
        current = extension(name, entry);
        readStep(current, parts[1].trim(), parts.length > 2 ? parts[2].trim() : "", entry);
    }

    void readSame(ConfEntry entry) {
        ExtensionDraft same = current;
        if (same == null) {
            error(
                    entry,
                    "same-without-extension",
                    "same stands before any exten of this section",
                    "same se trouve avant tout exten de cette section",
                    null,
                    null);
            return;
        }
        String[] parts = entry.value().split(",", 2);
        readStep(same, parts[0].trim(), parts.length > 1 ? parts[1].trim() : "", entry);
    }

    private ExtensionDraft extension(String name, ConfEntry entry) {
        int slash = name.indexOf('/');
        String callers = slash < 0 ? null : name.substring(slash + 1).trim();
        ExtensionPattern pattern =
                pattern(slash < 0 ? name : name.substring(0, slash).trim(), entry);
        ExtensionPattern callerId = callers == null ? null : pattern(callers, entry);
        if (pattern.isCatchAll()) {
            warning(
                    entry,
                    "catch-all",
                    pattern + " matches everything, h, i and t too",
                    pattern + " correspond à tout, y compris h, i et t",
                    "write _X.",
                    "écrivez _X.");
        }
        return context.extension(pattern, callerId);
    }

    private ExtensionPattern pattern(String text, ConfEntry entry) {
        String name = text;
        if (text.length() > ExtensionPattern.MAX_LENGTH_CHARS) {
            error(
                    entry,
                    "extension-name",
                    "the extension's name is longer than " + ExtensionPattern.MAX_LENGTH_CHARS + " characters",
                    "le nom de l'extension dépasse " + ExtensionPattern.MAX_LENGTH_CHARS + " caractères",
                    null,
                    null);
            name = text.substring(0, ExtensionPattern.MAX_LENGTH_CHARS);
        }
        ExtensionPattern pattern = ExtensionPattern.of(name);
        for (String fault : pattern.faults()) {
            warning(entry, "extension-pattern", pattern + ": " + fault, "motif " + pattern + " : " + fault, null, null);
        }
        return pattern;
    }

    /** Reads what follows the name: {@code number(label)+101,application}. */
    private void readStep(ExtensionDraft extension, String step, String call, ConfEntry entry) {
        int open = step.indexOf('(');
        int close = step.indexOf(')', open + 1);
        String label = open < 0
                ? ""
                : step.substring(open + 1, close < 0 ? step.length() : close).trim();
        String rest = open < 0 ? step : step.substring(0, open) + (close < 0 ? "" : step.substring(close + 1));
        if (open >= 0 && close < 0) {
            warning(entry, "label", "the label is not closed by )", "l'étiquette n'est pas fermée par )", null, null);
        }
        int plus = rest.indexOf('+');
        String base = (plus < 0 ? rest : rest.substring(0, plus)).trim();
        if (base.equalsIgnoreCase("hint")) {
            readHint(extension, call, entry);
            return;
        }
        int number = number(extension, base, entry);
        if (number < 1) return;
        if (plus >= 0) {
            int more = digits(rest.substring(plus + 1).trim());
            if (more < 0) {
                badPriority(step, entry);
                return;
            }
            number += more;
        }
        if (number > MAX_PRIORITY) {
            badPriority(step, entry);
            return;
        }
        lastNumber = number;
        add(extension, number, label, call, entry);
    }

    private int number(ExtensionDraft extension, String base, ConfEntry entry) {
        boolean following = base.equals("n") || base.equals("next");
        if (following || base.equals("s") || base.equals("same")) {
            if (lastNumber > 0) return following ? lastNumber + 1 : lastNumber;
            error(
                    entry,
                    "priority-first",
                    "\"" + base + "\" cannot be the first priority of a section",
                    "« " + base + " » ne peut être la première priorité d'une section",
                    "the first priority is 1",
                    "la première priorité est 1");
            return 0;
        }
        int number = digits(base);
        Priority labelled = number < 0 ? extension.labelled(base) : null;
        if (labelled != null) return labelled.number();
        if (number < 1) badPriority(base, entry);
        return number;
    }

    /** A number of up to nine digits, -1 for anything else. */
    private static int digits(String text) {
        boolean all = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return all ? Integer.parseInt(text) : -1;
    }

    private void badPriority(String text, ConfEntry entry) {
        error(
                entry,
                "priority",
                "\"" + text + "\" is no priority",
                "« " + text + " » n'est pas une priorité",
                "write 1, n, n(label), n+101 or hint",
                "écrivez 1, n, n(étiquette), n+101 ou hint");
    }

    private void readHint(ExtensionDraft extension, String text, ConfEntry entry) {
        if (extension.hint != null) {
            duplicate(entry, "hint", extension.hint.line());
            return;
        }
        extension.hint = Hint.of(text, entry.file(), entry.line());
    }

    private void add(ExtensionDraft extension, int number, String label, String call, ConfEntry entry) {
        Priority before = extension.priorities.get(number);
        if (before != null) {
            duplicate(entry, String.valueOf(number), before.line());
            return;
        }
        Priority labelled = label.isEmpty() ? null : extension.labelled(label);
        if (labelled != null) {
            warning(
                    entry,
                    "label-repeated",
                    "the label " + label + " is used already in line " + labelled.line() + "; that one counts",
                    "l'étiquette " + label + " est déjà employée ligne " + labelled.line() + " ; celle-là compte",
                    null,
                    null);
        }
        ApplicationCall application = ApplicationCall.of(call);
        for (ApplicationCall.Fault fault : application.faults()) report(fault, application, entry);
        if (application.name().isEmpty()) return;
        extension.priorities.put(
                number,
                new Priority(
                        number,
                        label.isEmpty() || labelled != null ? null : label,
                        application.name(),
                        application.data(),
                        entry.file(),
                        entry.line()));
    }

    private void duplicate(ConfEntry entry, String what, int line) {
        String extension = current == null ? "" : current.pattern.text();
        warning(
                entry,
                "priority-repeated",
                extension + " has priority " + what + " already, in line " + line + "; that one counts",
                extension + " a déjà la priorité " + what + ", ligne " + line + " ; celle-là compte",
                null,
                null);
    }

    private void report(ApplicationCall.Fault fault, ApplicationCall call, ConfEntry entry) {
        switch (fault) {
            case EMPTY ->
                error(
                        entry,
                        "application-missing",
                        "there is no application",
                        "il n'y a pas d'application",
                        null,
                        null);
            case UNCLOSED ->
                warning(
                        entry,
                        "application-parenthesis",
                        "the parenthesis of " + call.name() + "( is not closed",
                        "la parenthèse de " + call.name() + "( n'est pas fermée",
                        null,
                        null);
            case TRAILING ->
                warning(
                        entry,
                        "application-parenthesis",
                        "what follows the ) of " + call.name() + " is ignored",
                        "ce qui suit la ) de " + call.name() + " est ignoré",
                        null,
                        null);
            case OLD_FORM ->
                warning(
                        entry,
                        "old-form",
                        "Application,data is the form before Asterisk 1.6",
                        "Application,données est la forme d'avant Asterisk 1.6",
                        "write " + call.name() + "(" + call.data() + ")",
                        "écrivez " + call.name() + "(" + call.data() + ")");
            case OLD_SEPARATOR ->
                warning(
                        entry,
                        "old-separator",
                        "| separated arguments before Asterisk 1.6; it is read as a comma",
                        "| séparait les arguments avant Asterisk 1.6 ; il est lu comme une virgule",
                        "write " + call.name() + "(" + call.data() + ")",
                        "écrivez " + call.name() + "(" + call.data() + ")");
            case VARIABLE_NAME ->
                warning(
                        entry,
                        "application-variable",
                        "an application's name cannot be a variable: " + call.name(),
                        "le nom d'une application ne peut être une variable : " + call.name(),
                        "use Exec(...)",
                        "utilisez Exec(...)");
        }
    }

    private void error(
            ConfEntry entry, String code, String en, String fr, @Nullable String hintEn, @Nullable String hintFr) {
        parser.problem(ConfProblem.Severity.ERROR, entry, code, new Text(en, fr), hint(hintEn, hintFr));
    }

    private void warning(
            ConfEntry entry, String code, String en, String fr, @Nullable String hintEn, @Nullable String hintFr) {
        parser.problem(ConfProblem.Severity.WARNING, entry, code, new Text(en, fr), hint(hintEn, hintFr));
    }

    private static @Nullable Text hint(@Nullable String en, @Nullable String fr) {
        return en == null || fr == null ? null : new Text(en, fr);
    }

    private static final int MAX_PRIORITY = 1_000_000;
}
