package io.allo.pbx.dialplan.check;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Spelling;
import io.allo.pbx.conf.Text;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.BranchText;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanContext;
import io.allo.pbx.dialplan.Extension;
import io.allo.pbx.dialplan.Priority;
import io.allo.pbx.dialplan.Substitution;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that what Goto, Gosub, Macro and their like name is there: the part of {@link DialplanCheck} for jumps. Pure. */
final class TargetCheck {
    private final Dialplan dialplan;
    private final DialplanCheck check;

    TargetCheck(Dialplan dialplan, DialplanCheck check) {
        this.dialplan = dialplan;
        this.check = check;
    }

    void check(DialplanContext context, Extension extension, Priority priority) {
        String data = priority.data();
        switch (priority.application().toLowerCase(Locale.ROOT)) {
            case "goto" -> target(context, extension, priority, data);
            case "gosub" -> target(context, extension, priority, withoutArguments(data));
            case "gotoif", "gotoiftime" -> {
                BranchText branches = BranchText.of(data);
                target(context, extension, priority, branches.yes());
                target(context, extension, priority, branches.no());
            }
            case "gosubif" -> {
                BranchText branches = BranchText.of(data);
                target(context, extension, priority, withoutArguments(branches.yes()));
                target(context, extension, priority, withoutArguments(branches.no()));
            }
            case "macro" -> {
                String name = Arguments.of(data).get(0);
                if (isLiteral(name)) target(context, extension, priority, "macro-" + name + ",s,1");
            }
            default -> {}
        }
    }

    /** {@code ctx,ext,1(arg,arg)} without the arguments. */
    private static String withoutArguments(String target) {
        int at = 0;
        while (at < target.length() && target.charAt(at) != '(') {
            boolean opens = target.startsWith("${", at) || target.startsWith("$[", at);
            at = opens ? Substitution.closing(target, at + 2, target.charAt(at + 1)) + 1 : at + 1;
        }
        return target.substring(0, Math.min(at, target.length()));
    }

    private static boolean isLiteral(String text) {
        return !text.isEmpty() && text.indexOf('$') < 0;
    }

    private void target(DialplanContext context, Extension extension, Priority from, String text) {
        if (text.isBlank()) return;
        List<String> parts =
                Arguments.split(text, ',', 4).stream().map(String::trim).toList();
        String contextName = parts.size() > 2 ? parts.get(0) : context.name();
        if (isLiteral(contextName) && dialplan.context(contextName).isEmpty()) {
            missing(
                    from,
                    "the context " + contextName + " does not exist",
                    "le contexte " + contextName + " n'existe pas",
                    Spelling.didYouMean(contextName, check.contextNames()).orElse(null));
            return;
        }
        if (parts.stream().anyMatch(part -> !isLiteral(part))) return;
        String step = parts.getLast();
        if (step.startsWith("+") || step.startsWith("-")) return;
        if (parts.size() == 1) {
            ownStep(context, extension, from, step);
            return;
        }
        String name = parts.get(parts.size() - 2);
        if (find(contextName, name, step).isEmpty()) {
            missing(
                    from,
                    "there is no " + name + "@" + contextName + " with the priority or label " + step,
                    "il n'y a pas de " + name + "@" + contextName + " avec la priorité ou l'étiquette " + step,
                    null);
        }
    }

    private void ownStep(DialplanContext context, Extension extension, Priority from, String step) {
        if (step(extension, step).isPresent()) return;
        boolean elsewhere = context.extensions().stream()
                .anyMatch(other -> step(other, step).isPresent());
        boolean included =
                find(context.name(), extension.pattern().text(), step).isPresent();
        if (elsewhere || included) return;
        List<String> labels = extension.priorities().values().stream()
                .flatMap(priority -> Optional.ofNullable(priority.label()).stream())
                .toList();
        missing(
                from,
                extension.name() + " has no priority or label " + step,
                extension.name() + " n'a pas de priorité ni d'étiquette " + step,
                Spelling.didYouMean(step, labels).orElse(null));
    }

    private Optional<Dialplan.Found> find(String contextName, String name, String step) {
        return dialplan.findEver(contextName, name, found -> step(found, step));
    }

    private static Optional<Priority> step(Extension extension, String step) {
        boolean number = step.length() < 10 && step.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? extension.priority(Integer.parseInt(step)) : extension.labelled(step);
    }

    private void missing(Priority from, String en, String fr, @Nullable Text suggestion) {
        check.problem(
                ConfProblem.Severity.WARNING, from.file(), from.line(), "target-missing", new Text(en, fr), suggestion);
    }
}
