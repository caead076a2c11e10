package io.allo.pbx.app.recording;

import io.allo.io.recording.RecordingException;
import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.TimeLength;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallEnded;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.recording.Recording;
import io.allo.pbx.call.recording.RecordingHappened;
import io.allo.pbx.call.recording.RecordingRequest;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Record(file.format,silence,maxduration,options): records what the caller says until a key, silence, the time limit or a
 * hangup ends it. {@code %d} in the name is the first number that is free. Sets RECORDED_FILE and RECORD_STATUS (DTMF, SILENCE,
 * TIMEOUT, HANGUP, OPERATOR, SKIP, ERROR). Options a k n o q s t u x y. Any thread.
 */
final class RecordToFile {

    private static final long KEPT_SILENCE_MS = 1_000;
    private static final int MOST_NUMBERS = 100_000;
    private static final String KEYS = "0123456789*#ABCD";

    private final RecordingWorld world;

    RecordToFile(RecordingWorld world) {
        this.world = world;
    }

    void record(Call call, String data) {
        var arguments = Arguments.of(data, 4);
        var options = OptionLetters.parse(arguments.get(3));
        if (arguments.get(0).isBlank()) {
            throw new DialplanException("Record needs the name of a file");
        }
        if (!call.channel().isUp()) {
            if (options.has('s')) {
                status(call, "SKIP");
                return;
            }
            if (!options.has('n') && !world.prompts().answer(call)) {
                status(call, "ERROR");
                return;
            }
        }
        try {
            var path = path(arguments.get(0).strip());
            var text = path.toString();
            world.runner().assign(call, "RECORDED_FILE", text.substring(0, text.lastIndexOf('.')));
            if (!options.has('q')) {
                world.beep(call);
            }
            record(call, path, arguments, options);
        } catch (RecordingException refused) {
            status(call, "ERROR");
            world.problem(call, "Record", String.valueOf(refused.getMessage()));
        }
    }

    /** The file that {@code name.format} or {@code name:format} stands for, with a number in place of {@code %d}. */
    private Path path(String written) throws RecordingException {
        var colon = written.lastIndexOf(':');
        var name = colon > written.lastIndexOf('/') && written.indexOf('.', colon) < 0
                ? written.substring(0, colon) + "." + written.substring(colon + 1)
                : written;
        if (name.lastIndexOf('.') <= name.lastIndexOf('/')) {
            throw new RecordingException("\"" + name + "\" has no ending that says the format, e.g. " + name + ".wav");
        }
        var base = world.places().get().sounds();
        if (!name.contains("%d")) {
            return world.path(base, name, "");
        }
        for (var number = 0; number < MOST_NUMBERS; number++) {
            var path = world.path(base, name.replace("%d", String.valueOf(number)), "");
            if (!Files.exists(path)) {
                return path;
            }
        }
        throw new RecordingException("there are " + MOST_NUMBERS + " files of the name " + name);
    }

    private void record(Call call, Path path, Arguments arguments, OptionLetters options) throws RecordingException {
        var request = RecordingRequest.of(path, "record")
                .limits(TimeLength.seconds(arguments.get(2), 0), TimeLength.seconds(arguments.get(1), 0), 0)
                .appending(options.has('a'));
        var recording = world.recorder().start(call.channel(), request);
        recording.keepAtHangup(options.has('k'));
        try {
            listen(call, recording, options);
        } catch (CallEnded hungUp) {
            status(call, "HANGUP");
            throw hungUp;
        } finally {
            if (!call.channel().isHungUp() && !recording.isEnded()) {
                recording.stop();
            }
        }
    }

    private void listen(Call call, Recording recording, OptionLetters options) {
        while (!call.channel().isHungUp()) {
            var received = call.await(Long.MAX_VALUE);
            if (received == null || received.channel() != call.channel()) {
                continue;
            }
            if (received.event() instanceof ChannelEvent.Digit digit) {
                var status = meaning(digit.digit(), options);
                if (!status.isEmpty()) {
                    recording.stop();
                    status(call, status);
                    return;
                }
            } else if (received.event() instanceof RecordingHappened happened
                    && happened.recording().equals(recording.id())) {
                finish(call, recording, happened, options);
                return;
            }
        }
        status(call, "HANGUP");
    }

    private void finish(Call call, Recording recording, RecordingHappened happened, OptionLetters options) {
        switch (happened.what()) {
            case SILENCE -> {
                recording.stopTrimmed(options.has('u') ? Long.MAX_VALUE : KEPT_SILENCE_MS);
                status(call, "SILENCE");
            }
            case LIMIT -> {
                recording.stop();
                status(call, "TIMEOUT");
            }
            case FAILED -> {
                recording.stop();
                status(call, "ERROR");
            }
        }
    }

    /** What a key means: the status it ends with, "" for none. */
    private static String meaning(char key, OptionLetters options) {
        if (options.has('x')) {
            return "";
        }
        if (options.has('o') && key == '0') {
            return "OPERATOR";
        }
        var terminators = options.has('y') ? KEYS : options.has('t') ? "*" : "#";
        return terminators.indexOf(key) >= 0 ? "DTMF" : "";
    }

    private void status(Call call, String status) {
        world.runner().assign(call, "RECORD_STATUS", status);
    }
}
