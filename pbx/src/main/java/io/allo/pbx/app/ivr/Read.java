package io.allo.pbx.app.ivr;

import io.allo.media.audio.ToneSequence;
import io.allo.media.port.PlaySource;
import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.DigitReader;
import io.allo.pbx.call.prompt.DigitRules;
import io.allo.pbx.call.prompt.DigitsRead;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.List;
import java.util.function.Consumer;

/**
 * Read(variable,file&file...,maxdigits,options,attempts,timeout): digits into a variable. Options: s returns at once if the
 * call is not answered, n does not answer, i takes the file for a tone, t(keys) ends by these keys instead of {@code #}, e
 * takes the ending key for the value if it is the only one. Sets READSTATUS. Any thread.
 */
final class Read {

    private static final int MOST_DIGITS = 255;

    private final DialplanRunner runner;
    private final Prompts prompts;
    private final DigitReader reader;

    Read(DialplanRunner runner, Prompts prompts) {
        this.runner = runner;
        this.prompts = prompts;
        this.reader = new DigitReader(prompts);
    }

    void read(Call call, String data) {
        var arguments = Arguments.of(data);
        var variable = arguments.get(0).strip();
        if (variable.isEmpty()) {
            runner.assign(call, "READSTATUS", "ERROR");
            throw new DialplanException("Read needs the name of a variable");
        }
        var options = OptionLetters.parse(arguments.get(3));
        if (!call.channel().isUp() && !options.has('n')) {
            if (options.has('s')) {
                runner.assign(call, variable, "");
                runner.assign(call, "READSTATUS", "SKIPPED");
                return;
            }
            prompts.answer(call);
        }
        var status = "";
        try {
            status = attempts(call, arguments, options);
        } finally {
            if (call.channel().isHungUp()) {
                status = "HANGUP";
            }
            runner.assign(call, "READSTATUS", status.isEmpty() ? "INTERRUPTED" : status);
        }
    }

    /** Asks until something is entered, at most as often as wanted; the variable has what was entered so far at any time. */
    private String attempts(Call call, Arguments arguments, OptionLetters options) {
        var variable = arguments.get(0).strip();
        var rules = rules(call, arguments, options);
        Consumer<String> progress = digits -> runner.assign(call, variable, digits);
        var left = Math.max(1, integer(arguments.get(4), 1, "attempts"));
        var status = "TIMEOUT";
        while (left-- > 0 && !call.channel().isHungUp()) {
            progress.accept("");
            var read = once(call, arguments.get(1), options, rules, progress);
            status = read.end() == DigitsRead.End.TIMEOUT ? "TIMEOUT" : "OK";
            if (read.digits().isEmpty() && read.end() == DigitsRead.End.TERMINATED && options.has('e')) {
                progress.accept(String.valueOf(read.terminator()));
                return status;
            }
            if (!read.digits().isEmpty()) {
                return status;
            }
        }
        return status;
    }

    private DigitsRead once(
            Call call, String names, OptionLetters options, DigitRules rules, Consumer<String> progress) {
        if (names.isBlank()) {
            return reader.read(call, List.of(), rules, progress);
        }
        if (options.has('i')) {
            return reader.read(call, new PlaySource.Tones(tones(call, names.strip())), rules, progress);
        }
        return reader.read(call, Arguments.split(names, '&', Arguments.MAX_COUNT), rules, progress);
    }

    private ToneSequence tones(Call call, String text) {
        try {
            return prompts.tone(call, text).orElseGet(() -> ToneSequence.parse(text));
        } catch (IllegalArgumentException notTones) {
            throw new DialplanException(text + " is no tone: " + notTones.getMessage());
        }
    }

    private static DigitRules rules(Call call, Arguments arguments, OptionLetters options) {
        var most = integer(arguments.get(2), 0, "maxdigits");
        var waitMs = TimeLength.seconds(arguments.get(5), 0);
        var channel = call.channel();
        return new DigitRules(
                most <= 0 ? MOST_DIGITS : Math.min(most, MOST_DIGITS),
                waitMs > 0 ? waitMs : channel.responseTimeoutMs(),
                waitMs > 0 ? waitMs : channel.digitTimeoutMs(),
                options.argument('t', "#"));
    }

    private static int integer(String text, int fallback, String what) {
        if (text.isBlank()) {
            return fallback;
        }
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException noNumber) {
            throw new DialplanException("Read: " + what + " is a number, not: " + text);
        }
    }
}
