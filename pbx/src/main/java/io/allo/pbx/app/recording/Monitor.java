package io.allo.pbx.app.recording;

import io.allo.io.recording.RecordingException;
import io.allo.media.recording.RecordedSides;
import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.recording.Recording;
import io.allo.pbx.call.recording.RecordingRequest;
import io.allo.pbx.dialplan.Arguments;
import java.util.ArrayList;

/**
 * Monitor(format,base,options), which Asterisk 21 no longer has: each side in a file of its own, {@code base-in.wav} and
 * {@code base-out.wav}, or with {@code m} both in {@code base.wav}; i and o leave out a side, b records only what is bridged. Any thread.
 */
final class Monitor {

    private final RecordingWorld world;
    private final Monitorings monitorings;
    private final Notice notice;

    Monitor(RecordingWorld world, Monitorings monitorings) {
        this.world = world;
        this.monitorings = monitorings;
        this.notice = new Notice(world);
    }

    void start(Call call, String data) {
        var arguments = Arguments.of(data, 3);
        var ending = arguments.get(0).isBlank() ? "wav" : arguments.get(0).strip();
        var base = arguments.get(1).isBlank()
                ? call.channel().name().replace('/', '-') + "-" + call.channel().uniqueId()
                : arguments.get(1).strip();
        var options = OptionLetters.parse(arguments.get(2));
        if (!notice.isAccepted(call)) {
            return;
        }
        var begun = new ArrayList<Recording>();
        try {
            if (options.has('m')) {
                begun.add(begin(call, base, ending, RecordedSides.MIX, options.has('b')));
            } else {
                if (!options.has('i')) {
                    begun.add(begin(call, base + "-in", ending, RecordedSides.HEARD, options.has('b')));
                }
                if (!options.has('o')) {
                    begun.add(begin(call, base + "-out", ending, RecordedSides.SPOKEN, options.has('b')));
                }
            }
            monitorings.add(call.channel(), new Monitoring(monitorings.newId(), false, false, begun));
        } catch (RecordingException refused) {
            begun.forEach(Recording::discard);
            world.problem(call, "Monitor", String.valueOf(refused.getMessage()));
        }
    }

    private Recording begin(Call call, String name, String ending, RecordedSides sides, boolean bridgedOnly)
            throws RecordingException {
        var path = world.path(world.places().get().monitor(), name + "." + ending, "");
        var request = RecordingRequest.of(path, "monitor")
                .sides(sides)
                .described(world.settings().get().sidecar());
        var channel = call.channel();
        var recording = world.recorder().start(channel, request);
        if (bridgedOnly) {
            recording.pause(!channel.isBridged());
            channel.whenBridged(bridged -> recording.pause(!bridged));
        }
        return recording;
    }

    void stop(Call call) {
        monitorings.of(call.channel(), false).forEach(Monitoring::stop);
    }

    void pause(Call call, boolean on) {
        monitorings.of(call.channel(), false).forEach(monitoring -> monitoring.pause(on));
    }
}
