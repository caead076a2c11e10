package io.allo.pbx.app.flow;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/** The applications of this room, given to a runner. */
public final class FlowApplications {

    private FlowApplications() {}

    /** Makes them known to the runner; System and TrySystem only where programs may be run. */
    public static void register(DialplanRunner runner, boolean allowPrograms) {
        var targets = new Targets(runner);
        var jumps = new Jumps(runner, targets);
        var loops = new Loops(runner);
        var branches = new Branches(runner);
        var words = new Words();
        add(runner, "Goto", jumps::go);
        add(runner, "GotoIf", jumps::goIf);
        add(runner, "GotoIfTime", jumps::goIfTime);
        add(runner, "Gosub", jumps::gosub);
        add(runner, "GosubIf", jumps::gosubIf);
        add(runner, "Return", runner::leave);
        add(runner, "StackPop", (call, data) -> call.channel().gosubStack().poll());
        add(runner, "Macro", jumps::macro);
        add(runner, "MacroExit", (call, data) -> runner.leave(call, ""));
        add(runner, "Exec", (call, data) -> jumps.execute(call, data));
        add(runner, "ExecIf", jumps::executeIf);
        add(runner, "TryExec", jumps::tryExecute);
        add(runner, "While", loops::begin);
        add(runner, "EndWhile", loops::end);
        add(runner, "ExitWhile", loops::exit);
        add(runner, "ContinueWhile", loops::again);
        add(runner, "If", branches::begin);
        add(runner, "ElseIf", branches::otherwise);
        add(runner, "Else", branches::otherwise);
        add(runner, "EndIf", (call, data) -> {});
        add(runner, "ExitIf", branches::exit);
        add(runner, "Set", runner::assign);
        add(runner, "MSet", jumps::setAll);
        add(runner, "NoOp", (call, data) -> {});
        add(runner, "Verbose", words::verbose);
        add(runner, "Log", words::log);
        var programs = new Programs(runner, allowPrograms);
        add(runner, "System", programs::run);
        add(runner, "TrySystem", programs::run);
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(Application.of(name, body));
    }
}
