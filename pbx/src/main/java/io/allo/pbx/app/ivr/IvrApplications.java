package io.allo.pbx.app.ivr;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/** The applications of this room, given to a runner. */
public final class IvrApplications {

    private IvrApplications() {}

    /** Makes them known to the runner. */
    public static void register(DialplanRunner runner, Prompts prompts) {
        add(runner, "BackGround", new Background(runner, prompts)::play);
        add(runner, "BackgroundDetect", new BackgroundDetect(runner, prompts)::play);
        var waiting = new Waiting(runner, prompts);
        add(runner, "WaitExten", waiting::extension);
        add(runner, "WaitDigit", waiting::digit);
        add(runner, "Read", new Read(runner, prompts)::read);
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(Application.of(name, body));
    }
}
