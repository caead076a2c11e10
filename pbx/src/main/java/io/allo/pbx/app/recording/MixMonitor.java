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
import io.allo.pbx.voicemail.Deposit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MixMonitor(file.ext,options,command): records the channel's call from now on, both sides in one file. Sets
 * MIXMONITOR_FILENAME. Options a b B d D i m p P r t v V W as in Asterisk; S is always so. Any thread.
 */
final class MixMonitor {

    private static final Set<Character> KNOWN =
            Set.of('a', 'b', 'B', 'c', 'd', 'D', 'i', 'm', 'n', 'p', 'P', 'r', 't', 'S', 'v', 'V', 'W');

    /** Between two beeps, where B names none. */
    private static final int BEEP_SECONDS = 15;

    private static final Logger LOG = LoggerFactory.getLogger(MixMonitor.class);

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
            whenDone(call, monitoring, arguments.get(2), options);
            if (options.has('B')) {
                beepAtIntervals(call, monitoring, options);
            }
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

    private void beepAtIntervals(Call call, Monitoring monitoring, OptionLetters options) {
        var text = options.argument('B', "").strip();
        var seconds = text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0 ? Integer.parseInt(text) : BEEP_SECONDS;
        if (!text.isEmpty() && !text.equals(String.valueOf(seconds))) {
            world.problem(
                    call, "MixMonitor", "B takes a number of seconds, not " + text + ": " + seconds + " are taken");
        }
        var channel = call.channel();
        monitoring.recordings().getFirst().every(seconds * 1000L, () -> world.beepIntoTalk(channel));
    }

    /** When the last file is whole: the command runs, then mailboxes get their copy (m), then it is deleted (d). */
    private void whenDone(Call call, Monitoring monitoring, String command, OptionLetters options) {
        var runs = command(call, command);
        var boxes = boxes(call, options);
        var deletes = options.has('d');
        if (runs.isEmpty() && boxes.isEmpty() && !deletes) {
            return;
        }
        var origin = origin(call);
        var files = new ConcurrentHashMap<Recording, FinishedRecording>();
        var left = new AtomicInteger(monitoring.recordings().size());
        for (var recording : monitoring.recordings()) {
            recording.whenFinished(finished -> {
                files.put(recording, finished);
                if (left.decrementAndGet() == 0) {
                    var first = files.getOrDefault(monitoring.recordings().getFirst(), finished);
                    world.helper().execute(() -> {
                        runs.ifPresent(FinishingCommand::run);
                        var kept = world.deposit().put(boxes, first.path(), first.lengthMs(), origin);
                        if (deletes && kept) {
                            files.values().forEach(MixMonitor::delete);
                        }
                    });
                }
            });
        }
    }

    /** Its {@code ^{name}} are the channel's variables of now. */
    private Optional<String> command(Call call, String command) {
        if (command.isBlank()) {
            return Optional.empty();
        }
        if (!world.allowPrograms().get()) {
            world.problem(
                    call,
                    "MixMonitor",
                    "the command is not run: set live_dangerously=yes in asterisk.conf [options] to allow it");
            return Optional.empty();
        }
        return Optional.of(world.runner().substitute(call, command.replace("^{", "${")));
    }

    private List<Deposit.Address> boxes(Call call, OptionLetters options) {
        var boxes = Deposit.Address.list(options.argument('m', ""));
        for (var box : boxes) {
            if (!world.deposit().has(box.mailbox())) {
                world.problem(call, "MixMonitor", "m: there is no mailbox " + box.mailbox());
            }
        }
        return boxes;
    }

    private static Deposit.Origin origin(Call call) {
        var channel = call.channel();
        var caller = channel.callerId();
        var known = caller.presentation().isAllowed() && !caller.number().isEmpty();
        var place = channel.location();
        return new Deposit.Origin(
                place.context(),
                place.extension(),
                place.priority(),
                channel.name(),
                known ? caller.full() : "Unknown",
                channel.language());
    }

    /** With its description. */
    private static void delete(FinishedRecording finished) {
        try {
            Files.deleteIfExists(finished.path());
            Files.deleteIfExists(finished.path().resolveSibling(finished.path().getFileName() + ".json"));
        } catch (IOException refused) {
            LOG.error("{} can't be deleted: {}", finished.path(), refused.toString());
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
