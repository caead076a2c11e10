package io.allo.pbx.app.flow;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.Locale;
import java.util.Set;

/** If, ElseIf, Else, EndIf, ExitIf: found by the priorities of the extension, so no state is kept. Any thread. */
final class Branches {

    private static final Set<String> ALTERNATIVES = Set.of("elseif", "else");

    private final DialplanRunner runner;
    private final Blocks blocks;

    Branches(DialplanRunner runner) {
        this.runner = runner;
        this.blocks = new Blocks(runner, "If", "EndIf");
    }

    /** If: goes on behind it, or behind the first ElseIf that holds, the Else, the EndIf. */
    void begin(Call call, String data) {
        if (Condition.isTrue(data)) {
            return;
        }
        var at = call.channel().location();
        while (true) {
            at = blocks.next(call, at, ALTERNATIVES);
            if (holds(call, at)) {
                call.channel().location(at.withPriority(at.priority() + 1));
                return;
            }
        }
    }

    private boolean holds(Call call, DialplanLocation at) {
        var priority = runner.dialplan()
                .find(
                        at.context(),
                        at.extension(),
                        at.priority(),
                        call.channel().callerId().number(),
                        runner.now())
                .orElseThrow()
                .priority();
        return !priority.application().toLowerCase(Locale.ROOT).equals("elseif")
                || Condition.isTrue(runner.substitute(call, priority.data()));
    }

    /** ElseIf and Else, come upon from above: the branch before it is done. */
    void otherwise(Call call, String data) {
        leave(call, call.channel().location());
    }

    void exit(Call call, String data) {
        leave(call, blocks.beginOf(call, call.channel().location()));
    }

    private void leave(Call call, DialplanLocation within) {
        var end = blocks.endOf(call, within);
        call.channel().location(end.withPriority(end.priority() + 1));
    }
}
