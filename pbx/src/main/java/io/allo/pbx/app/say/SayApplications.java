package io.allo.pbx.app.say;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/** The applications of this room, given to a runner. */
public final class SayApplications {

    private SayApplications() {}

    /** Makes them known to the runner. */
    public static void register(DialplanRunner runner, Prompts prompts) {
        var speaking = new Speaking(runner, prompts);
        var words = new SayWords(speaking);
        add(runner, "SayDigits", words::digits);
        add(runner, "SayNumber", words::number);
        add(runner, "SayOrdinal", words::ordinal);
        add(runner, "SayAlpha", words::letters);
        add(runner, "SayAlphaCase", words::lettersWithCase);
        add(runner, "SayPhonetic", words::phonetic);
        var times = new SayTimes(runner, prompts, speaking);
        add(runner, "SayUnixTime", times::say);
        add(runner, "DateTime", times::say);
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(Application.of(name, body));
    }
}
