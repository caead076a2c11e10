package io.allo.pbx.app.ivr;

import io.allo.media.audio.ToneZone;
import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.DigitReader;
import io.allo.pbx.call.prompt.DigitRules;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.run.DialplanRunner;
import org.jspecify.annotations.Nullable;

/** WaitExten and WaitDigit. Any thread. */
final class Waiting {

    private final DialplanRunner runner;
    private final Prompts prompts;
    private final DigitReader reader;

    Waiting(DialplanRunner runner, Prompts prompts) {
        this.runner = runner;
        this.prompts = prompts;
        this.reader = new DigitReader(prompts);
    }

    /**
     * WaitExten(seconds,options): waits for an extension to be dialed, then for {@code t}. Option d: with dial tone. Option
     * m(class): with music.
     */
    void extension(Call call, String data) {
        if (call.channel().isHungUp()) {
            return;
        }
        var arguments = Arguments.of(data);
        var waitMs = TimeLength.seconds(arguments.get(0), 0);
        var options = OptionLetters.parse(arguments.get(1));
        var patience = waitMs > 0 ? waitMs : call.channel().responseTimeoutMs();
        var first = options.has('m')
                ? firstWithMusic(call, patience, options.argument('m', ""))
                : first(call, patience, options.has('d'));
        if (first == null) {
            runner.crossroads().nothingDialed(call);
        } else {
            runner.crossroads().dial(call, first.toString(), call.channel().digitTimeoutMs());
        }
    }

    private @Nullable Character firstWithMusic(Call call, long waitMs, String name) {
        try (var playing = prompts.start(call, prompts.music().source(call, name))) {
            return playing == null ? reader.digit(call, waitMs) : playing.awaitDigit(call.inMillis(waitMs));
        }
    }

    private @Nullable Character first(Call call, long waitMs, boolean dialTone) {
        if (!dialTone) {
            return reader.digit(call, waitMs);
        }
        prompts.tone(call, ToneZone.DIAL).ifPresent(tone -> prompts.startTones(call, tone));
        try {
            return reader.digit(call, waitMs);
        } finally {
            prompts.stopTones(call);
        }
    }

    /**
     * WaitDigit(seconds,digits): waits for one of these keys, any if none are named, for ever without a time. Sets
     * WAITDIGITSTATUS (DTMF, TIMEOUT, CANCEL for a key that was not wanted, ERROR) and WAITDIGITRESULT.
     */
    void digit(Call call, String data) {
        var arguments = Arguments.of(data);
        var status = "ERROR";
        var result = "";
        try {
            var digit = reader.digit(call, TimeLength.seconds(arguments.get(0), DigitRules.UNLIMITED_MS));
            if (digit == null) {
                status = call.channel().isHungUp() ? "ERROR" : "TIMEOUT";
            } else {
                status = arguments.get(1, Prompts.ANY_DIGIT).indexOf(digit) >= 0 ? "DTMF" : "CANCEL";
                result = digit.toString();
            }
        } finally {
            runner.assign(call, "WAITDIGITSTATUS", status);
            runner.assign(call, "WAITDIGITRESULT", result);
        }
    }
}
