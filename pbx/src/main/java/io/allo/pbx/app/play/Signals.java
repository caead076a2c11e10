package io.allo.pbx.app.play;

import io.allo.media.audio.ToneZone;
import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;

/** Answer, Ringing, Busy, Congestion, Hangup, Wait: what a channel is told without a word. Any thread. */
final class Signals {

    private final DialplanRunner runner;
    private final Prompts prompts;

    Signals(DialplanRunner runner, Prompts prompts) {
        this.runner = runner;
        this.prompts = prompts;
    }

    /** Answer(delay): the delay is in milliseconds. */
    void answer(Call call, String data) {
        var channel = call.channel();
        if (channel.isUp() || channel.isHungUp()) {
            return;
        }
        var delayMs = TimeLength.millis(Arguments.of(data).get(0), 0);
        prompts.stopTones(call);
        channel.answer();
        if (delayMs > 0) {
            call.pause(delayMs);
        }
    }

    /** Before an answer the phone rings by itself; after it, it hears the tone. */
    void ringing(Call call) {
        if (call.channel().isUp()) {
            prompts.tone(call, ToneZone.RING).ifPresent(tone -> prompts.startTones(call, tone));
        } else {
            call.channel().ring();
        }
    }

    void busy(Call call, String data) {
        refuse(call, data, HangupCause.USER_BUSY, ToneZone.BUSY);
    }

    void congestion(Call call, String data) {
        refuse(call, data, HangupCause.CONGESTION, ToneZone.CONGESTION);
    }

    /** A call that was not answered is refused at once; another hears the tone until the time is over or it hangs up. */
    private void refuse(Call call, String data, HangupCause cause, String toneName) {
        var channel = call.channel();
        if (channel.isHungUp()) {
            return;
        }
        if (channel.isUp()) {
            var waitMs = TimeLength.seconds(data, Long.MAX_VALUE);
            prompts.tone(call, toneName).ifPresent(tone -> prompts.startTones(call, tone));
            var deadline = waitMs == Long.MAX_VALUE ? Long.MAX_VALUE : call.inMillis(waitMs);
            while (call.await(deadline) != null) {
                // until the time is over: a hangup leaves from await
            }
        }
        throw call.hangUp(cause);
    }

    /** Hangup(cause): without one for the cause that a Dial has left (HANGUPCAUSE), else 16. */
    void hangUp(Call call, String data) {
        if (call.channel().isHungUp()) {
            return;
        }
        var wanted = Arguments.of(data).get(0).strip();
        if (!wanted.isEmpty()) {
            var cause = HangupCause.parse(wanted);
            if (cause == null) {
                call.problem(
                        "dialplan",
                        "Hangup: " + wanted + " is no cause that allo knows; 16 is taken",
                        "Hangup : " + wanted + " n'est pas une cause connue d'allo ; 16 est prise");
            }
            throw call.hangUp(cause == null ? HangupCause.NORMAL_CLEARING : cause);
        }
        var left = HangupCause.parse(runner.variable(call, "HANGUPCAUSE"));
        throw call.hangUp(left == null ? HangupCause.NORMAL_CLEARING : left);
    }

    /** Wait(seconds): digits that come meanwhile are lost, as in Asterisk. */
    void pause(Call call, String data) {
        if (data.isBlank()) {
            throw new DialplanException("Wait needs a number of seconds");
        }
        if (!call.channel().isHungUp()) {
            call.pause(TimeLength.seconds(data, 0));
        }
    }
}
