package io.allo.pbx.dialplan.check;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.ApplicationCall;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.Assignment;
import io.allo.pbx.dialplan.BranchText;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanContext;
import io.allo.pbx.dialplan.Expression;
import io.allo.pbx.dialplan.ExpressionException;
import io.allo.pbx.dialplan.Extension;
import io.allo.pbx.dialplan.ExtensionPattern;
import io.allo.pbx.dialplan.Include;
import io.allo.pbx.dialplan.Priority;
import io.allo.pbx.dialplan.Substitution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a dialplan would trip over at run time: unknown applications and functions, jumps to places that are not
 * there, includes of missing contexts, priorities that no call reaches, brackets that do not close. Pure; any thread.
 *
 * <p>Only what is written out is judged; a target with a variable in it may be anything.
 */
public final class DialplanCheck {
    private final Dialplan dialplan;
    private final Set<String> applications = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> functions = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final List<ConfProblem> problems = new ArrayList<>();

    private DialplanCheck(Dialplan dialplan, Collection<String> applications, Collection<String> functions) {
        this.dialplan = dialplan;
        this.applications.addAll(applications);
        this.functions.addAll(functions);
    }

    /** What is wrong with a dialplan, given the applications and functions that exist (case matters not). */
    public static List<ConfProblem> check(
            Dialplan dialplan, Collection<String> applications, Collection<String> functions) {
        var check = new DialplanCheck(dialplan, applications, functions);
        for (DialplanContext context : dialplan.contexts()) check.context(context);
        return List.copyOf(check.problems);
    }

    private void context(DialplanContext context) {
        for (Include include : context.includes()) {
            if (dialplan.context(include.context()).isPresent()) continue;
            problem(
                    ConfProblem.Severity.WARNING,
                    include.file(),
                    include.line(),
                    "include-missing",
                    new Text(
                            "the included context " + include.context() + " does not exist",
                            "le contexte inclus " + include.context() + " n'existe pas"),
                    Spelling.didYouMean(include.context(), contextNames()).orElse(null));
        }
        var targets = new TargetCheck(dialplan, this);
        for (Extension extension : context.extensions()) {
            reachable(context, extension);
            for (Priority priority : extension.priorities().values()) {
                application(priority, priority.application(), priority.data());
                text(priority, priority.data(), 0);
                targets.check(context, extension, priority);
            }
        }
    }

    List<String> contextNames() {
        return dialplan.contexts().stream().map(DialplanContext::name).toList();
    }

    // ---- priorities that are never reached

    private void reachable(DialplanContext context, Extension extension) {
        int before = 0;
        for (Map.Entry<Integer, Priority> entry : extension.priorities().entrySet()) {
            int number = entry.getKey();
            Priority priority = entry.getValue();
            boolean follows = number == before + 1 || fallsInto(context, extension, number - 1);
            boolean jumpedTo =
                    priority.label() != null || extension.priority(number - 101).isPresent();
            if (!follows && !jumpedTo) {
                String place = extension.name() + "@" + context.name();
                problem(
                        ConfProblem.Severity.WARNING,
                        priority.file(),
                        priority.line(),
                        "priority-unreached",
                        new Text(
                                place + " has no priority " + (number - 1) + ", so " + number + " follows nothing",
                                place + " n'a pas de priorité " + (number - 1) + ", donc " + number + " ne suit rien"),
                        before == 0
                                ? new Text(
                                        "an extension begins with priority 1",
                                        "une extension commence par la priorité 1")
                                : null);
            }
            before = number;
        }
    }

    /** Whether another extension that the same number may match has this priority, so that a call may come from there. */
    private boolean fallsInto(DialplanContext context, Extension extension, int number) {
        return context.extensions().stream()
                .anyMatch(other -> other != extension
                        && other.priority(number).isPresent()
                        && mayShare(other.pattern(), extension.pattern()));
    }

    private static boolean mayShare(ExtensionPattern one, ExtensionPattern two) {
        if (!one.isPattern()) return two.matches(one.text());
        return two.isPattern() || one.matches(two.text());
    }

    // ---- applications and functions

    private void application(Priority priority, String name, String data) {
        if (!applications.contains(name)) {
            problem(
                    ConfProblem.Severity.WARNING,
                    priority.file(),
                    priority.line(),
                    "unknown-application",
                    new Text(
                            "allo has no application " + name + "; a call that gets here ends",
                            "allo n'a pas d'application " + name + " ; un appel qui arrive ici se termine"),
                    Spelling.didYouMean(name, applications).orElse(null));
        }
        switch (name.toLowerCase(Locale.ROOT)) {
            case "set" -> assignment(priority, data);
            case "mset" -> {
                for (String each : Arguments.split(data, ',', Arguments.MAX_COUNT)) assignment(priority, each);
            }
            case "execif" -> {
                BranchText branches = BranchText.of(data);
                nested(priority, branches.yes());
                nested(priority, branches.no());
            }
            case "exec", "tryexec" -> nested(priority, data);
            default -> {}
        }
    }

    private void nested(Priority priority, String call) {
        if (call.isBlank() || call.startsWith("$")) return;
        ApplicationCall nested = ApplicationCall.of(call);
        if (!nested.faults().contains(ApplicationCall.Fault.VARIABLE_NAME)) {
            application(priority, nested.name(), nested.data());
        }
    }

    private void assignment(Priority priority, String text) {
        var assignment = Assignment.of(text);
        if (assignment.isEmpty()) {
            problem(
                    ConfProblem.Severity.WARNING,
                    priority.file(),
                    priority.line(),
                    "set-without-value",
                    new Text("Set needs name=value", "Set a besoin de nom=valeur"),
                    null);
        } else if (assignment.get().isFunction()) {
            function(priority, assignment.get().name());
        }
    }

    private void function(Priority priority, String name) {
        boolean literal = !name.isEmpty() && name.indexOf('$') < 0;
        if (!literal || functions.contains(name)) return;
        problem(
                ConfProblem.Severity.WARNING,
                priority.file(),
                priority.line(),
                "unknown-function",
                new Text(
                        "allo has no function " + name + "; a call that gets here ends",
                        "allo n'a pas de fonction " + name + " ; un appel qui arrive ici se termine"),
                Spelling.didYouMean(name, functions).orElse(null));
    }

    // ---- variables and expressions inside a text

    private void text(Priority priority, String text, int depth) {
        int dollar = text.indexOf('$');
        while (dollar >= 0) {
            char open = dollar + 1 < text.length() ? text.charAt(dollar + 1) : 0;
            boolean escaped = dollar > 0 && text.charAt(dollar - 1) == '\\';
            if ((open != '{' && open != '[') || escaped) {
                dollar = text.indexOf('$', dollar + 1);
                continue;
            }
            int end = Substitution.closing(text, dollar + 2, open);
            if (end >= text.length()) {
                char close = open == '{' ? '}' : ']';
                problem(
                        ConfProblem.Severity.WARNING,
                        priority.file(),
                        priority.line(),
                        "unbalanced",
                        new Text(
                                "$" + open + " is not closed by " + close,
                                "$" + open + " n'est pas fermé par " + close),
                        null);
                return;
            }
            String inner = text.substring(dollar + 2, end);
            if (open == '{') reference(priority, inner);
            else expression(priority, inner);
            if (depth < Substitution.MAX_DEPTH) text(priority, inner, depth + 1);
            dollar = text.indexOf('$', end + 1);
        }
    }

    private void reference(Priority priority, String inner) {
        int parenthesis = inner.indexOf('(');
        if (parenthesis > 0) function(priority, inner.substring(0, parenthesis).trim());
    }

    private void expression(Priority priority, String inner) {
        if (inner.indexOf('$') >= 0) return;
        try {
            Expression.check(inner);
        } catch (ExpressionException e) {
            String why = String.valueOf(e.getMessage());
            problem(
                    ConfProblem.Severity.WARNING,
                    priority.file(),
                    priority.line(),
                    "expression",
                    new Text(why, "expression illisible : " + why),
                    new Text("put strings in double quotes", "mettez les chaînes entre guillemets"));
        }
    }

    void problem(
            ConfProblem.Severity severity,
            String file,
            int line,
            String code,
            Text message,
            @Nullable Text suggestion) {
        problems.add(new ConfProblem(severity, file, line, code, message, suggestion));
    }
}
