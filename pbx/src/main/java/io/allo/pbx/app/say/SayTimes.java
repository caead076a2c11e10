package io.allo.pbx.app.say;

import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.prompt.SpokenText;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * SayUnixTime(seconds,zone,format,options): answers and says a time, the present one if none is given; option j: a key
 * interrupts and is the first of an extension. Without a format a French channel hears day, month and hour in French
 * order, where Asterisk takes the English one. Any thread.
 */
final class SayTimes {

    private final DialplanRunner runner;
    private final Prompts prompts;
    private final Speaking speaking;

    SayTimes(DialplanRunner runner, Prompts prompts, Speaking speaking) {
        this.runner = runner;
        this.prompts = prompts;
        this.speaking = speaking;
    }

    void say(Call call, String data) {
        var arguments = Arguments.of(data);
        var now = in(arguments.get(1).strip(), runner.now());
        prompts.answer(call);
        speaking.say(
                call,
                say -> say.time(SpokenText.moment(arguments.get(0), now), now, arguments.get(2)),
                OptionLetters.parse(arguments.get(3)).has('j'));
    }

    private static ZonedDateTime in(String zone, ZonedDateTime now) {
        if (zone.isEmpty()) {
            return now;
        }
        try {
            return now.withZoneSameInstant(ZoneId.of(zone));
        } catch (DateTimeException unknown) {
            throw new DialplanException("there is no time zone " + zone);
        }
    }
}
