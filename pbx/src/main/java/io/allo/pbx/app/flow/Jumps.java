package io.allo.pbx.app.flow;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.ApplicationCall;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.BranchText;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.TimeCondition;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.time.ZoneId;
import java.util.List;

/** Goto, Gosub, Macro, Exec and their conditional forms. Any thread. */
final class Jumps {

    private final DialplanRunner runner;
    private final Targets targets;

    Jumps(DialplanRunner runner, Targets targets) {
        this.runner = runner;
        this.targets = targets;
    }

    void go(Call call, String data) {
        call.channel().location(targets.of(call, data));
    }

    void goIf(Call call, String data) {
        var branch = BranchText.of(data);
        var target = Condition.isTrue(branch.condition()) ? branch.yes() : branch.no();
        if (!target.isEmpty()) {
            go(call, target);
        }
    }

    void goIfTime(Call call, String data) {
        var branch = BranchText.of(data);
        var parts = branch.condition().split(",", -1);
        var now = runner.now();
        var times = branch.condition();
        if (parts.length == 5) {
            now = now.withZoneSameInstant(zone(parts[4].strip()));
            times = String.join(",", List.of(parts).subList(0, 4));
        }
        var condition = TimeCondition.of(times);
        if (!condition.faults().isEmpty()) {
            throw new DialplanException(String.join("; ", condition.faults()));
        }
        var target = condition.holds(now) ? branch.yes() : branch.no();
        if (!target.isEmpty()) {
            go(call, target);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (java.time.DateTimeException unknown) {
            throw new DialplanException("there is no time zone " + name);
        }
    }

    void gosub(Call call, String data) {
        var open = data.indexOf('(');
        var target = open < 0 ? data : data.substring(0, open);
        var close = data.lastIndexOf(')');
        var arguments = open < 0 || close < open
                ? List.<String>of()
                : Arguments.of(data.substring(open + 1, close)).all();
        var here = call.channel().location();
        runner.enter(call, targets.of(call, target), here.withPriority(here.priority() + 1), arguments);
    }

    void gosubIf(Call call, String data) {
        var branch = BranchText.of(data);
        var target = Condition.isTrue(branch.condition()) ? branch.yes() : branch.no();
        if (!target.isEmpty()) {
            gosub(call, target);
        }
    }

    /** Macro(name,args) is Gosub(macro-name,s,1(args)), with the variables that macros knew. */
    void macro(Call call, String data) {
        var arguments = Arguments.of(data).all();
        if (arguments.isEmpty()) {
            throw new DialplanException("Macro needs a name");
        }
        var start = new DialplanLocation("macro-" + arguments.getFirst().strip(), "s", 1);
        if (!runner.exists(call, start)) {
            throw new DialplanException("there is no context " + start.context() + " with an extension s");
        }
        var here = call.channel().location();
        runner.enter(call, start, here.withPriority(here.priority() + 1), arguments.subList(1, arguments.size()));
        var locals = call.channel().gosubStack().getFirst().locals();
        locals.put("MACRO_EXTEN", here.extension());
        locals.put("MACRO_CONTEXT", here.context());
        locals.put("MACRO_PRIORITY", Integer.toString(here.priority()));
    }

    void execute(Call call, String data) {
        var application = ApplicationCall.of(data);
        if (!application.name().isEmpty()) {
            runner.execute(call, application.name(), application.data());
        }
    }

    void executeIf(Call call, String data) {
        var branch = BranchText.of(data);
        execute(call, Condition.isTrue(branch.condition()) ? branch.yes() : branch.no());
    }

    void tryExecute(Call call, String data) {
        var application = ApplicationCall.of(data);
        var status = "NOAPP";
        if (runner.hasApplication(application.name())) {
            try {
                runner.execute(call, application.name(), application.data());
                status = "SUCCESS";
            } catch (DialplanException failed) {
                status = "FAILED";
            }
        }
        runner.assign(call, "TRYSTATUS", status);
    }

    void setAll(Call call, String data) {
        for (var assignment : Arguments.of(data).all()) {
            runner.assign(call, assignment.strip());
        }
    }
}
