package io.allo.pbx.app.conference.profile;

import io.allo.pbx.conf.ConfEntry;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a section of {@code type=menu}. Owned by the thread that reads the configuration. */
final class MenuReader {

    private static final int LONGEST = 8;

    private final ConfSection section;
    private final Consumer<ConfProblem> problems;

    private MenuReader(ConfSection section, Consumer<ConfProblem> problems) {
        this.section = section;
        this.problems = problems;
    }

    static MenuProfile read(ConfSection section, Consumer<ConfProblem> problems) {
        return new MenuReader(section, problems).menu();
    }

    private MenuProfile menu() {
        Map<String, List<MenuAction>> sequences = new LinkedHashMap<>();
        for (var entry : section.entries()) {
            var keys = entry.key().startsWith("\\") ? entry.key().substring(1) : entry.key();
            if (keys.equalsIgnoreCase("type") || keys.equalsIgnoreCase("template")) {
                continue;
            }
            if (!keys.matches("[0-9A-Da-d*#]{1," + LONGEST + "}")) {
                report(
                        ConfProblem.Severity.ERROR,
                        entry,
                        "menu-keys",
                        new Text(
                                "\"" + keys + "\" is no sequence of keys",
                                "« " + keys + " » n'est pas une suite de touches"),
                        new Text(
                                "up to " + LONGEST + " of 0-9 * # A-D, e.g. *1=toggle_mute",
                                "jusqu'à " + LONGEST + " parmi 0-9 * # A-D, p. ex. *1=toggle_mute"));
                continue;
            }
            var actions = actions(entry);
            if (!actions.isEmpty()) {
                sequences.put(keys.toUpperCase(Locale.ROOT), actions);
            }
        }
        return new MenuProfile(section.name(), sequences);
    }

    private List<MenuAction> actions(ConfEntry entry) {
        var found = new ArrayList<MenuAction>();
        for (var word : Arguments.split(entry.value(), ',', Arguments.MAX_COUNT)) {
            if (!word.isBlank()) {
                action(entry, word.strip()).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<MenuAction> action(ConfEntry entry, String word) {
        var open = word.indexOf('(');
        var name = (open < 0 ? word : word.substring(0, open)).strip();
        var close = word.lastIndexOf(')');
        var argument = open < 0
                ? ""
                : word.substring(open + 1, close > open ? close : word.length()).strip();
        var kind = Arrays.stream(MenuAction.Kind.values())
                .filter(each -> each.label().equalsIgnoreCase(name))
                .findFirst();
        if (kind.isEmpty()) {
            report(
                    ConfProblem.Severity.ERROR,
                    entry,
                    "menu-action",
                    new Text(
                            "\"" + name + "\" is no action of a conference's menu",
                            "« " + name + " » n'est pas une action de menu de conférence"),
                    Spelling.didYouMean(name, labels()).orElse(null));
            return Optional.empty();
        }
        if (kind.get().needsArgument() == argument.isEmpty()) {
            report(
                    ConfProblem.Severity.ERROR,
                    entry,
                    "menu-argument",
                    kind.get().needsArgument()
                            ? new Text(
                                    name + " needs something in parentheses",
                                    name + " demande quelque chose entre parenthèses")
                            : new Text(name + " takes nothing in parentheses", name + " ne prend pas de parenthèses"),
                    new Text("e.g. playback(conf-usermenu)", "p. ex. playback(conf-usermenu)"));
            return Optional.empty();
        }
        if (kind.get().isInert()) {
            report(
                    ConfProblem.Severity.WARNING,
                    entry,
                    "option-inert",
                    new Text(
                            name + " does nothing: conferences have sound in one channel, no video",
                            name + " ne fait rien : les conférences ont du son sur une voie, pas de vidéo"),
                    null);
        }
        return Optional.of(new MenuAction(kind.get(), argument));
    }

    private static List<String> labels() {
        return Arrays.stream(MenuAction.Kind.values())
                .map(MenuAction.Kind::label)
                .toList();
    }

    private void report(
            ConfProblem.Severity severity, ConfEntry entry, String code, Text message, @Nullable Text suggestion) {
        problems.accept(new ConfProblem(severity, entry.file(), entry.line(), code, message, suggestion));
    }
}
