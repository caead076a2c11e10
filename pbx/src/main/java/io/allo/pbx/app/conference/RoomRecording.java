package io.allo.pbx.app.conference;

import io.allo.io.recording.RecordingException;
import io.allo.pbx.app.OptionLetters;
import io.allo.pbx.app.conference.profile.BridgeProfile;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.recording.FinishingCommand;
import io.allo.pbx.call.recording.RecordingRequest;
import io.allo.pbx.conference.Member;
import java.nio.file.Path;
import java.util.List;

/** Records a conference as its bridge profile says. No state; on the call's thread. */
final class RoomRecording {

    private static final String DECLINED = "RECORDING_DECLINED";
    private static final String NOTICE = "RECORDING_NOTICE";

    private final ConferenceWorld world;

    RoomRecording(ConferenceWorld world) {
        this.world = world;
    }

    /**
     * Where the law wants it (recording.conf), who comes into a conference that is or will be recorded is told, as before his own
     * recordings: RECORDING_NOTICE=no leaves it out. True if he presses the key that declines, now or before: his sound is left out.
     */
    boolean isDeclined(Call call, Ticket ticket) {
        var settings = world.recordings().settings().get();
        var told = world.runner().variable(call, DECLINED);
        if (told.equals("yes")) {
            return true;
        }
        var recorded = world.rooms()
                .room(ticket.conference())
                .map(io.allo.pbx.conference.Conference::isRecorded)
                .orElse(ticket.bridge().recorded().wanted());
        var isSaid = "no".equals(world.runner().variable(call, NOTICE)) || !told.isEmpty();
        if (!recorded || isSaid || settings.notice().isBlank()) {
            return false;
        }
        var played = world.prompts().play(call, notice(), settings.declineKey());
        world.runner().assign(call, DECLINED, played.hasDigit() ? "yes" : "no");
        return played.hasDigit();
    }

    /** What is said before somebody is recorded; empty for nothing. */
    List<String> notice() {
        return Speech.sounds(world.recordings().settings().get().notice());
    }

    /** Begins; false if it is being recorded or can't be, which is told. {@code file} "" for the profile's. */
    boolean begin(Call call, Member member, BridgeProfile profile, String file) {
        var recorded = profile.recorded();
        try {
            var path = path(call, member.conference().name(), recorded, file);
            var options = OptionLetters.parse(recorded.options());
            for (var letter : options.letters()) {
                if (letter != 'a') {
                    problem(call, "record_options: MixMonitor's option " + letter + " is not done for a conference");
                }
            }
            var request = RecordingRequest.of(path, "confbridge")
                    .appending(recorded.appends() || options.has('a'))
                    .described(world.recordings().settings().get().sidecar());
            if (member.conference().record(member, request)) {
                world.runner().assign(call, "MIXMONITOR_FILENAME", path.toString());
                whenDone(call, member, recorded.command());
                return true;
            }
        } catch (RecordingException refused) {
            problem(call, String.valueOf(refused.getMessage()));
        }
        return false;
    }

    /** record_file with the moment of the beginning before its ending; without one {@code confbridge-NAME-TIME.wav}. */
    private Path path(Call call, String conference, BridgeProfile.Recorded recorded, String file)
            throws RecordingException {
        var places = world.recordings().places().get();
        if (!file.isBlank()) {
            return places.resolve(places.monitor(), whole(file, ""));
        }
        var seconds = call.clock().epochMillis() / 1000;
        var safe = conference.replaceAll("[^A-Za-z0-9._-]", "_");
        if (recorded.file().isBlank()) {
            return places.resolve(places.monitor(), "confbridge-" + safe + "-" + seconds + ".wav");
        }
        return places.resolve(places.monitor(), whole(recorded.file(), recorded.stamps() ? "-" + seconds : ""));
    }

    private static String whole(String file, String stamp) {
        var dot = file.lastIndexOf('.');
        return dot > file.lastIndexOf('/')
                ? file.substring(0, dot) + stamp + file.substring(dot)
                : file + stamp + ".wav";
    }

    private void whenDone(Call call, Member member, String command) {
        var recording = member.conference().recording();
        if (command.isBlank() || recording == null) {
            return;
        }
        if (!world.recordings().allowPrograms().get()) {
            problem(call, "record_command is not run: set live_dangerously=yes in asterisk.conf [options] to allow it");
            return;
        }
        var text = world.runner().substitute(call, command.replace("^{", "${"));
        recording.whenFinished(finished -> world.recordings().helper().execute(() -> FinishingCommand.run(text)));
    }

    private static void problem(Call call, String why) {
        call.problem("conference-recording", "ConfBridge: " + why, "ConfBridge : " + why);
    }
}
