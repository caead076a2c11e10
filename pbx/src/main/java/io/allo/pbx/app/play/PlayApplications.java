package io.allo.pbx.app.play;

import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/** The applications of this room, given to a runner. */
public final class PlayApplications {

    private PlayApplications() {}

    /** Makes them known to the runner. */
    public static void register(DialplanRunner runner, Prompts prompts) {
        var signals = new Signals(runner, prompts);
        add(runner, "Answer", signals::answer);
        add(runner, "Ringing", (call, data) -> signals.ringing(call));
        add(runner, "Progress", (call, data) -> call.channel().progress());
        add(runner, "Proceeding", (call, data) -> {});
        add(runner, "Busy", signals::busy);
        add(runner, "Congestion", signals::congestion);
        add(runner, "Hangup", signals::hangUp);
        add(runner, "Wait", signals::pause);
        add(runner, "Playback", new Playback(runner, prompts)::play);
        add(runner, "ControlPlayback", new ControlPlayback(runner, prompts)::play);
        var tones = new Tones(prompts);
        add(runner, "Milliwatt", tones::milliwatt);
        add(runner, "PlayTones", tones::play);
        add(runner, "StopPlayTones", (call, data) -> prompts.stopTones(call));
        add(runner, "Echo", (call, data) -> tones.echo(call));
        add(runner, "SendDTMF", new SendDigits(prompts)::send);
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(Application.of(name, body));
    }
}
