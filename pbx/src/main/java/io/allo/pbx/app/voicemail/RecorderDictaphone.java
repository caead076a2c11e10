package io.allo.pbx.app.voicemail;

import io.allo.io.recording.RecordingException;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.CallInterrupted;
import io.allo.pbx.call.ChannelEvent;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.call.recording.Recording;
import io.allo.pbx.call.recording.RecordingHappened;
import io.allo.pbx.call.recording.RecordingRequest;
import java.nio.file.Path;

/** Records through the media plane. One object serves all calls. */
public final class RecorderDictaphone implements Dictaphone {

    /** So much of the silence that ended a message stays, for the ear. */
    private static final long BREATH_MS = 500;

    private final Recorder recorder;

    /** Has channels recorded by this recorder. */
    public RecorderDictaphone(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public Dictated record(Call call, Path file, Rules rules) {
        Recording recording;
        try {
            recording = recorder.start(
                    call.channel(),
                    RecordingRequest.of(file.toAbsolutePath(), "voicemail")
                            .limits(rules.mostMs(), rules.silenceMs(), 0));
        } catch (RecordingException refused) {
            var why = String.valueOf(refused.getMessage());
            call.problem("voicemail-recording", why, why);
            return new Dictated(End.BROKEN, (char) 0, 0);
        }
        try {
            return until(call, recording, rules.keys());
        } catch (CallInterrupted ended) {
            recording.stop(); // a hang-up has done that already, a move elsewhere has not
            throw ended;
        }
    }

    private static Dictated until(Call call, Recording recording, String keys) {
        while (true) {
            var received = call.await(Long.MAX_VALUE);
            if (received == null || received.channel() != call.channel()) {
                continue;
            }
            if (received.event() instanceof ChannelEvent.Digit digit && keys.indexOf(digit.digit()) >= 0) {
                return ended(recording, End.KEY, digit.digit(), 0);
            }
            if (received.event() instanceof RecordingHappened happened
                    && happened.recording().equals(recording.id())) {
                return switch (happened.what()) {
                    case SILENCE -> ended(recording, End.SILENCE, (char) 0, happened.silenceMs() - BREATH_MS);
                    case LIMIT -> ended(recording, End.FULL, (char) 0, 0);
                    case FAILED -> ended(recording, End.BROKEN, (char) 0, 0);
                };
            }
        }
    }

    private static Dictated ended(Recording recording, End end, char key, long cutMs) {
        var said = recording.isAnythingSaid();
        var finished = recording.stop(Math.max(0, cutMs));
        var length = finished == null ? 0 : finished.lengthMs();
        return new Dictated(end, key, end == End.SILENCE && !said ? 0 : length);
    }
}
