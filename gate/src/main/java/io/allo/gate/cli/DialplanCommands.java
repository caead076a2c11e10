package io.allo.gate.cli;

import io.allo.pbx.dialplan.DialplanContext;
import io.allo.pbx.dialplan.Extension;
import io.allo.pbx.dialplan.Priority;
import java.util.List;

/** What is said about the dialplan. Any thread. */
final class DialplanCommands {

    private final CliDesk desk;

    DialplanCommands(CliDesk desk) {
        this.desk = desk;
    }

    /** {@code [context]}, {@code extension@context} or nothing for all, in the layout of Asterisk's {@code dialplan show}. */
    void show(List<String> arguments, Reply reply) {
        var wanted = arguments.isEmpty() ? "" : arguments.getFirst();
        var at = wanted.indexOf('@');
        var extension = at < 0 ? "" : wanted.substring(0, at);
        var context = at < 0 ? wanted : wanted.substring(at + 1);
        var contexts = desk.dialplan().contexts().stream()
                .filter(each -> context.isEmpty() || each.name().equals(context))
                .toList();
        if (contexts.isEmpty() && !context.isEmpty()) {
            var name = Table.clean(context);
            reply.fail("There is no existence of '" + name + "' context", "le contexte « " + name + " » n'existe pas");
            return;
        }
        var extensions = 0;
        var priorities = 0;
        for (var each : contexts) {
            reply.line("[ Context '" + each.name() + "' created by 'pbx_config' ]");
            for (var found : each.extensions()) {
                if (extension.isEmpty() || found.pattern().matches(extension)) {
                    extensions++;
                    priorities += show(found, reply);
                }
            }
            includes(each, reply);
            reply.line("");
        }
        reply.line("-= %d extensions (%d priorities) in %d contexts. =-"
                .formatted(extensions, priorities, contexts.size()));
    }

    private static int show(Extension extension, Reply reply) {
        var label = "  '" + extension.name() + "' =>";
        var lines = 0;
        var hint = extension.hint();
        if (hint.isPresent()) {
            reply.line(step(
                    label,
                    "hint: " + hint.get().devices(),
                    hint.get().file(),
                    hint.get().line()));
            label = "";
            lines++;
        }
        for (Priority priority : extension.priorities().values()) {
            if (priority.label() != null) {
                reply.line("%-18s [%s]".formatted(label.isEmpty() ? "     " : label, priority.label()));
                label = "";
            }
            var words = priority.number() + ". " + priority.application() + "(" + priority.data() + ")";
            reply.line(step(label, words, priority.file(), priority.line()));
            label = "";
            lines++;
        }
        return lines;
    }

    private static String step(String label, String words, String file, int line) {
        return "%-18s%-50s[%s:%d]".formatted(label, words + " ", file, line);
    }

    private static void includes(DialplanContext context, Reply reply) {
        context.includes()
                .forEach(include -> reply.line(
                        step("  Include =>", "'" + include.context() + "'", include.file(), include.line())));
        context.ignoredPatterns().forEach(pattern -> reply.line("  Ignore pattern => '" + pattern.text() + "'"));
    }

    void hints(List<String> arguments, Reply reply) {
        var table = new Table("EXTENSION", "HINT", "FILE");
        for (var context : desk.dialplan().contexts()) {
            for (var extension : context.extensions()) {
                extension
                        .hint()
                        .ifPresent(hint -> table.row(
                                extension.name() + "@" + context.name(),
                                hint.devices(),
                                hint.file() + ":" + hint.line()));
            }
        }
        reply.table(table);
        reply.line("- " + table.size() + " hints registered");
    }

    void applications(List<String> arguments, Reply reply) {
        desk.applications().forEach(reply::line);
        var count = desk.applications().size();
        reply.line(count + " applications", count + " applications");
    }

    void functions(List<String> arguments, Reply reply) {
        desk.functions().forEach(reply::line);
        var count = desk.functions().size();
        reply.line(count + " functions", count + " fonctions");
    }
}
