package io.allo.pbx.app.music;

import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/** The applications of this room, given to a runner. */
public final class MusicApplications {

    private final Prompts prompts;

    private MusicApplications(Prompts prompts) {
        this.prompts = prompts;
    }

    /** Makes them known to the runner. */
    public static void register(DialplanRunner runner, Prompts prompts) {
        var music = new MusicApplications(prompts);
        add(runner, "MusicOnHold", music::play);
        add(runner, "WaitMusicOnHold", (call, data) -> music.play(call, "," + data));
        add(runner, "StartMusicOnHold", music::start);
        add(runner, "StopMusicOnHold", (call, data) -> prompts.music().stop(call.channel()));
        add(runner, "SetMusicOnHold", (call, data) -> call.channel().musicClass(data.strip()));
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(Application.of(name, body));
    }

    /** MusicOnHold(class,seconds): music for so long, or until the caller leaves; as early media before an answer. */
    private void play(Call call, String data) {
        var arguments = Arguments.of(data);
        if (!prompts.isAudible(call)) {
            return;
        }
        start(call, arguments.get(0));
        try {
            var ms = TimeLength.seconds(arguments.get(1), 0);
            call.pause(ms > 0 ? ms : FOR_EVER_MS);
        } finally {
            prompts.music().stop(call.channel());
        }
    }

    /** StartMusicOnHold(class): music while the dialplan goes on. */
    private void start(Call call, String data) {
        var name = Arguments.of(data).get(0).strip();
        if (prompts.isAudible(call)) {
            var own = call.channel().musicClass();
            prompts.music()
                    .start(
                            call.channel(),
                            !name.isEmpty() ? name : own.isBlank() ? io.allo.pbx.call.prompt.Music.DEFAULT : own);
        }
    }

    private static final long FOR_EVER_MS = java.util.concurrent.TimeUnit.DAYS.toMillis(365);
}
