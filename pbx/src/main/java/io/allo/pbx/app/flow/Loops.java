package io.allo.pbx.app.flow;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;

/**
 * While, EndWhile, ExitWhile, ContinueWhile: they find each other by the priorities of the extension, so no state is kept
 * and a loop may be left by any jump. Any thread.
 */
final class Loops {

    private final DialplanRunner runner;
    private final Blocks blocks;

    Loops(DialplanRunner runner) {
        this.runner = runner;
        this.blocks = new Blocks(runner, "While", "EndWhile");
    }

    void begin(Call call, String data) {
        if (!Condition.isTrue(data)) {
            leave(call, call.channel().location());
        }
    }

    void end(Call call, String data) {
        again(call, data);
    }

    void exit(Call call, String data) {
        leave(call, blocks.beginOf(call, call.channel().location()));
    }

    void again(Call call, String data) {
        call.channel().location(blocks.beginOf(call, call.channel().location()));
    }

    private void leave(Call call, DialplanLocation begin) {
        var end = blocks.endOf(call, begin);
        call.channel().location(end.withPriority(end.priority() + 1));
        if (!runner.exists(call, end)) {
            throw new DialplanException("While without EndWhile");
        }
    }
}
