package io.allo.pbx.app.conference;

import io.allo.io.recording.RecordingException;
import io.allo.media.port.Sound;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.prompt.DigitReader;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recording;
import io.allo.pbx.call.recording.RecordingHappened;
import io.allo.pbx.call.recording.RecordingRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Has somebody say his name, which is announced when he comes and goes. With a review he may hear it and say it again. The file is only there
 * while he speaks: what is played is in memory. No state; on the call's thread.
 */
final class NameTake {

    private static final long LONGEST_MS = 10_000;
    private static final long SILENCE_MS = 3_000;
    private static final long REVIEW_WAIT_MS = 5_000;
    private static final int MOST_REVIEWS = 5;

    private final ConferenceWorld world;
    private final DigitReader reader;

    NameTake(ConferenceWorld world) {
        this.world = world;
        this.reader = new DigitReader(world.prompts());
    }

    /** His name; empty if he said nothing or it could not be recorded. */
    List<Sound> take(Call call, boolean review) {
        var draft =
                world.names().get().resolve("confbridge-name-" + call.channel().uniqueId());
        try {
            Files.createDirectories(world.names().get());
            return take(call, draft, review);
        } catch (RecordingException | IOException refused) {
            var why = String.valueOf(refused.getMessage());
            call.problem("conference-name", "the name is not recorded: " + why, "le nom n'est pas enregistré : " + why);
            return List.of();
        }
    }

    private List<Sound> take(Call call, Path draft, boolean review) throws RecordingException, IOException {
        var file = Path.of(draft + ".wav");
        try {
            for (var turn = 0; turn < MOST_REVIEWS; turn++) {
                world.prompts().play(call, List.of("vm-rec-name"));
                world.prompts().play(call, List.of("beep"));
                var said = record(call, file);
                if (!said) {
                    Files.deleteIfExists(file);
                }
                if (!review || isKept(call, draft, said)) {
                    return said
                            ? world.prompts()
                                    .find(call, List.of(draft.toString()), "")
                                    .sounds()
                            : List.of();
                }
            }
            return Files.exists(file)
                    ? world.prompts().find(call, List.of(draft.toString()), "").sounds()
                    : List.of();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private boolean record(Call call, Path file) throws RecordingException {
        var recording = world.recorder()
                .start(
                        call.channel(),
                        RecordingRequest.of(file.toAbsolutePath(), "conference-name")
                                .limits(LONGEST_MS, SILENCE_MS, 0));
        recording.keepAtHangup(false);
        try {
            listen(call, recording);
        } finally {
            if (!recording.isEnded()) {
                recording.stopTrimmed(0);
            }
        }
        return recording.isAnythingSaid() && Files.exists(file);
    }

    private static void listen(Call call, Recording recording) {
        while (!call.channel().isHungUp()) {
            var received = call.await(Long.MAX_VALUE);
            if (received == null || received.channel() != call.channel()) {
                continue;
            }
            if (received.event() instanceof ChannelEvent.Digit digit && Prompts.ANY_DIGIT.indexOf(digit.digit()) >= 0) {
                return;
            }
            if (received.event() instanceof RecordingHappened happened
                    && happened.recording().equals(recording.id())) {
                return;
            }
        }
    }

    /** 1 keeps it, 2 plays it, 3 records it again; nothing keeps it. */
    private boolean isKept(Call call, Path draft, boolean said) {
        for (var turn = 0; turn < MOST_REVIEWS; turn++) {
            var prompt = said ? "vm-review" : "vm-torerecord";
            var played = world.prompts().play(call, List.of(prompt), Prompts.ANY_DIGIT);
            var key = played.hasDigit() ? Character.valueOf(played.digit()) : reader.digit(call, REVIEW_WAIT_MS);
            if (key == null || key == '1') {
                return true;
            }
            if (key == '3') {
                return false;
            }
            if (key == '2' && said) {
                world.prompts().play(call, List.of(draft.toString()), "", "");
            }
        }
        return true;
    }
}
