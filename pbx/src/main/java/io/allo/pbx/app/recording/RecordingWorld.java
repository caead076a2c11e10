package io.allo.pbx.app.recording;

import io.allo.io.recording.RecordingException;
import io.allo.media.audio.Tone;
import io.allo.media.audio.ToneSequence;
import io.allo.media.port.PlaySource;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.call.recording.RecordingPlaces;
import io.allo.pbx.call.recording.RecordingSettings;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.voicemail.Deposit;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the applications of this room are made with. Immutable.
 *
 * @param allowPrograms whether a recording's command may run (live_dangerously)
 * @param deposit puts a recording into mailboxes (MixMonitor's m)
 * @param helper runs commands and what else takes its time
 */
public record RecordingWorld(
        DialplanRunner runner,
        Prompts prompts,
        Recorder recorder,
        Supplier<RecordingPlaces> places,
        Supplier<RecordingSettings> settings,
        Supplier<Boolean> allowPrograms,
        Deposit deposit,
        Executor helper) {

    private static final ToneSequence BEEP =
            new ToneSequence(List.of(new ToneSequence.Part(Tone.single(1_000, -10), 250, true)));

    /** The path of a name; one without ending gets this. */
    Path path(Path base, String name, String ending) throws RecordingException {
        var file = name.substring(name.lastIndexOf('/') + 1);
        var whole = file.indexOf('.') < 0 && !ending.isEmpty() ? name + "." + ending : name;
        return places.get().resolve(base, whole.endsWith(".wav49") ? whole.replaceFirst("wav49$", "WAV") : whole);
    }

    /** The recorded beep, or a tone where none is installed. */
    void beep(Call call) {
        prompts.play(call, beepOf(call), "");
    }

    /** The beep in place of what is heard from the other side, while the channel is bridged: it does not cut a prompt short. Any thread. */
    void beepIntoTalk(Channel channel) {
        channel.post(new ChannelEvent.Aside(call -> {
            if (channel.isBridged() && !channel.isHungUp() && channel.media() != null) {
                prompts.start(call, beepOf(call));
            }
        }));
    }

    private PlaySource beepOf(Call call) {
        var found = prompts.find(call, List.of("beep"), call.channel().language());
        return found.sounds().isEmpty() ? new PlaySource.Tones(BEEP) : new PlaySource.Sounds(found.sounds());
    }

    /** Tells what can't be done. */
    void problem(Call call, String application, String why) {
        call.problem("recording", application + ": " + why, application + " : " + why);
    }
}
