package io.allo.pbx.app.recording;

import io.allo.io.recording.FinishedRecording;
import io.allo.io.recording.RecordingException;
import io.allo.media.recording.RecordedSides;
import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.recording.FinishingCommand;
import io.allo.pbx.call.recording.Recording;
import io.allo.pbx.call.recording.RecordingRequest;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * MixMonitor(file.ext,options,command): records the channel's call from now on, both sides in one file. Sets
 * MIXMONITOR_FILENAME. Options a b D i p P r t v V W as in Asterisk; S is always so; m, B and d are told as problems. Any thread.
 */
final class MixMonitor {

    private static final Set<Character> KNOWN =
            Set.of('a', 'b', 'c', 'D', 'i', 'n', 'p', 'P', 'r', 't', 'S', 'v', 'V', 'W');

    private final RecordingWorld world;
    private final Monitorings monitorings;
    private final Notice notice;

    MixMonitor(RecordingWorld world, Monitorings monitorings) {
        this.world = world;
        this.monitorings = monitorings;
        this.notice = new Notice(world);
    }

    void start(Call call, String data) {
        var arguments = Arguments.of(data, 3);
        var options = OptionLetters.parse(arguments.get(1));
        var name = arguments.get(0).strip();
        if (name.isEmpty() && !options.has('r') && !options.has('t')) {
            throw new DialplanException("MixMonitor needs the name of a file");
        }
        for (var letter : options.letters()) {
            if (!KNOWN.contains(letter)) {
                world.problem(call, "MixMonitor", "option " + letter + " is not done here");
            }
        }
        if (!notice.isAccepted(call)) {
            world.runner().assign(call, "MIXMONITOR_FILENAME", "");
            return;
        }
        if (options.has('p')) {
            world.beep(call);
        }
        try {
            var recordings = begin(call, name, options);
            var monitoring = new Monitoring(monitorings.newId(), true, options.has('P'), recordings);
            monitorings.add(call.channel(), monitoring);
            if (options.has('i') && !options.argument('i', "").isBlank()) {
                world.runner().assign(call, options.argument('i', "").strip(), monitoring.id());
            }
            whenDone(call, monitoring, arguments.get(2));
        } catch (RecordingException refused) {
            world.problem(call, "MixMonitor", String.valueOf(refused.getMessage()));
        }
    }

    private List<Recording> begin(Call call, String name, OptionLetters options) throws RecordingException {
        var begun = new ArrayList<Recording>();
        try {
            if (!name.isEmpty()) {
                var sides = options.has('D') ? RecordedSides.STEREO : RecordedSides.MIX;
                var mix = begin(call, name, sides, options);
                begun.add(mix);
                world.runner().assign(call, "MIXMONITOR_FILENAME", mix.path().toString());
            }
            if (options.has('r')) {
                begun.add(begin(call, options.argument('r', ""), RecordedSides.HEARD, options));
            }
            if (options.has('t')) {
                begun.add(begin(call, options.argument('t', ""), RecordedSides.SPOKEN, options));
            }
            return begun;
        } catch (RecordingException refused) {
            begun.forEach(Recording::discard);
            throw refused;
        }
    }

    private Recording begin(Call call, String name, RecordedSides sides, OptionLetters options)
            throws RecordingException {
        var path =
                world.path(world.places().get().monitor(), name.strip(), sides == RecordedSides.STEREO ? "wav" : "raw");
        var both = gain(options, 'W');
        var request = RecordingRequest.of(path, "mixmonitor")
                .sides(sides)
                .appending(options.has('a'))
                .gains(options.has('v') ? gain(options, 'v') : both, options.has('V') ? gain(options, 'V') : both)
                .described(world.settings().get().sidecar());
        var channel = call.channel();
        var recording = world.recorder().start(channel, request);
        if (options.has('b')) {
            recording.pause(!channel.isBridged());
            channel.whenBridged(bridged -> recording.pause(!bridged));
        }
        return recording;
    }

    private static int gain(OptionLetters options, char letter) {
        var text = options.argument(letter, "0").strip();
        return text.matches("-?[0-4]") ? Integer.parseInt(text) : 0;
    }

    /** When the last file is whole, the command runs; its {@code ^{name}} are the channel's variables of now. */
    private void whenDone(Call call, Monitoring monitoring, String command) {
        if (command.isBlank()) {
            return;
        }
        if (!world.allowPrograms().get()) {
            world.problem(
                    call,
                    "MixMonitor",
                    "the command is not run: set live_dangerously=yes in asterisk.conf [options] to allow it");
            return;
        }
        var text = world.runner().substitute(call, command.replace("^{", "${"));
        var left = new AtomicInteger(monitoring.recordings().size());
        for (var recording : monitoring.recordings()) {
            recording.whenFinished((FinishedRecording finished) -> {
                if (left.decrementAndGet() == 0) {
                    world.helper().execute(() -> FinishingCommand.run(text));
                }
            });
        }
    }

    /** StopMixMonitor([id]): one, or all of the channel. */
    void stop(Call call, String data) {
        var id = Arguments.of(data).get(0).strip();
        var beeps = false;
        for (var monitoring : monitorings.of(call.channel(), true)) {
            if (id.isEmpty() || id.equals(monitoring.id())) {
                monitoring.stop();
                beeps |= monitoring.beepsAtEnd();
            }
        }
        if (beeps) {
            world.beep(call);
        }
    }

    /** PauseMixMonitor and UnpauseMixMonitor: what is said meanwhile, a card's number, is not in the file. */
    void pause(Call call, boolean on) {
        monitorings.of(call.channel(), true).forEach(monitoring -> monitoring.pause(on));
    }
}
