package io.allo.pbx.app.say;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.prompt.Say;
import io.allo.pbx.call.prompt.UnspeakableException;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.List;
import java.util.function.Function;

/** Says words, and where keys may interrupt, goes where they lead. Any thread. */
final class Speaking {

    private final DialplanRunner runner;
    private final Prompts prompts;

    Speaking(DialplanRunner runner, Prompts prompts) {
        this.runner = runner;
        this.prompts = prompts;
    }

    /** Says words in the channel's language; keys interrupt where SAY_DTMF_INTERRUPT is true. */
    void say(Call call, Function<Say, List<String>> words) {
        say(call, words, isTrue(runner.variable(call, "SAY_DTMF_INTERRUPT")));
    }

    /** Says words in the channel's language. A key that interrupts is the first of an extension to go to. */
    void say(Call call, Function<Say, List<String>> words, boolean interruptible) {
        var played = prompts.play(call, spoken(call, words), interruptible ? Prompts.ANY_DIGIT : "");
        if (played.hasDigit()) {
            runner.crossroads()
                    .dial(call, String.valueOf(played.digit()), call.channel().digitTimeoutMs());
        }
    }

    private static List<String> spoken(Call call, Function<Say, List<String>> words) {
        try {
            return words.apply(Say.in(call.channel().language()));
        } catch (UnspeakableException unspeakable) {
            throw new DialplanException(String.valueOf(unspeakable.getMessage()));
        }
    }

    private static boolean isTrue(String text) {
        return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "yes", "true", "y", "t", "1", "on" -> true;
            default -> false;
        };
    }
}
