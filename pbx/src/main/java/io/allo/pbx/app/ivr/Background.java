package io.allo.pbx.app.ivr;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.prompt.Played;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.Locale;

/**
 * BackGround(file&file...,options,language,context): plays while an extension may be dialed. Options: s skips if the call
 * is not answered, n does not answer, m is interrupted only by keys that are extensions of one digit, p by none. Sets
 * BACKGROUNDSTATUS. Any thread.
 */
final class Background {

    private final DialplanRunner runner;
    private final Prompts prompts;

    Background(DialplanRunner runner, Prompts prompts) {
        this.runner = runner;
        this.prompts = prompts;
    }

    void play(Call call, String data) {
        var arguments = Arguments.of(data);
        if (arguments.get(0).isBlank()) {
            throw new DialplanException("BackGround needs the name of a sound");
        }
        var options = options(arguments.get(1));
        var context = arguments.get(3, call.channel().location().context()).strip();
        var whole = false;
        Played played = null;
        try {
            if (!call.channel().isUp() && options.has('s')) {
                whole = true;
            } else if (call.channel().isUp() || options.has('n') || prompts.answer(call)) {
                var names = Arguments.split(arguments.get(0), '&', Arguments.MAX_COUNT);
                var language = arguments.get(2, call.channel().language()).strip();
                played = prompts.play(call, names, stopDigits(call, options, context), language);
                whole = played.isWhole();
            }
        } finally {
            runner.assign(call, "BACKGROUNDSTATUS", whole ? "SUCCESS" : "FAILED");
        }
        if (played != null && played.hasDigit()) {
            go(call, context, String.valueOf(played.digit()));
        }
    }

    /** Asterisk still takes the words of its first versions. */
    private static OptionLetters options(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "skip" -> OptionLetters.parse("s");
            case "noanswer" -> OptionLetters.parse("n");
            default -> OptionLetters.parse(text);
        };
    }

    private String stopDigits(Call call, OptionLetters options, String context) {
        if (options.has('p')) {
            return "";
        }
        if (!options.has('m')) {
            return Prompts.ANY_DIGIT;
        }
        var digits = new StringBuilder();
        for (var digit : Prompts.ANY_DIGIT.toCharArray()) {
            if (runner.exists(call, new DialplanLocation(context, String.valueOf(digit), 1))) {
                digits.append(digit);
            }
        }
        return digits.toString();
    }

    private void go(Call call, String context, String digit) {
        var here = call.channel().location();
        if (!here.context().equals(context)) {
            call.channel().location(new DialplanLocation(context, here.extension(), here.priority()));
        }
        runner.crossroads().dial(call, digit, call.channel().digitTimeoutMs());
    }
}
