package io.allo.pbx.call.recording;

import io.allo.media.recording.RecordedSides;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a channel is to be recorded. Immutable; {@link #of} gives what is usual, the others change one thing each.
 *
 * @param path where the file is to stand, absolute
 * @param ending the format by its file ending ("wav", "wav49", "gsm", "ulaw", "alaw", "sln", "g722", "wav16", ...)
 * @param sides whose sound
 * @param maxMs after which {@link RecordingHappened} tells LIMIT and nothing more is written; 0 for never
 * @param maxSilenceMs after which SILENCE is told (again after each talk); 0 for never
 * @param silenceThreshold Asterisk's silencethreshold; 0 for 256
 * @param append to a file that is there; otherwise it is replaced
 * @param heardGain powers of two, -4 to 4
 * @param spokenGain powers of two, -4 to 4
 * @param sidecar whether a {@code .json} beside the file says who, when, how long, and the file's hash
 * @param purpose whose it is ("mixmonitor", "record", "voicemail"): so that what a crash left is handed back to its application
 * @param facts more that the sidecar says and a crash keeps
 */
public record RecordingRequest(
        Path path,
        String ending,
        RecordedSides sides,
        long maxMs,
        long maxSilenceMs,
        int silenceThreshold,
        boolean append,
        int heardGain,
        int spokenGain,
        boolean sidecar,
        String purpose,
        Map<String, String> facts) {

    public RecordingRequest {
        facts = Map.copyOf(facts);
    }

    /** What the channel's phone says, without limits, in the format of the path's ending. */
    public static RecordingRequest of(Path path, String purpose) {
        var name = String.valueOf(path.getFileName());
        var ending = name.substring(name.lastIndexOf('.') + 1);
        return new RecordingRequest(path, ending, RecordedSides.HEARD, 0, 0, 0, false, 0, 0, false, purpose, Map.of());
    }

    /** Whose sound. */
    public RecordingRequest sides(RecordedSides which) {
        return with(d -> d.sides = which);
    }

    /** How long, and after what silence something is told, in milliseconds; 0 for no limit. */
    public RecordingRequest limits(long longestMs, long longestSilenceMs, int threshold) {
        return with(d -> {
            d.maxMs = longestMs;
            d.maxSilenceMs = longestSilenceMs;
            d.silenceThreshold = threshold;
        });
    }

    /** Goes on at the end of a file that is there. */
    public RecordingRequest appending(boolean on) {
        return with(d -> d.append = on);
    }

    /** Louder or softer by powers of two. */
    public RecordingRequest gains(int heard, int spoken) {
        return with(d -> {
            d.heardGain = heard;
            d.spokenGain = spoken;
        });
    }

    /** With a description beside the file. */
    public RecordingRequest described(boolean on) {
        return with(d -> d.sidecar = on);
    }

    /** With one more fact. */
    public RecordingRequest fact(String name, String value) {
        var more = new HashMap<>(facts);
        more.put(name, value);
        return with(d -> d.facts = more);
    }

    private RecordingRequest with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The same request while one thing of it changes. */
    private static final class Draft {
        private Path path;
        private String ending;
        private RecordedSides sides;
        private long maxMs;
        private long maxSilenceMs;
        private int silenceThreshold;
        private boolean append;
        private int heardGain;
        private int spokenGain;
        private boolean sidecar;
        private String purpose;
        private Map<String, String> facts;

        Draft(RecordingRequest from) {
            path = from.path;
            ending = from.ending;
            sides = from.sides;
            maxMs = from.maxMs;
            maxSilenceMs = from.maxSilenceMs;
            silenceThreshold = from.silenceThreshold;
            append = from.append;
            heardGain = from.heardGain;
            spokenGain = from.spokenGain;
            sidecar = from.sidecar;
            purpose = from.purpose;
            facts = from.facts;
        }

        RecordingRequest done() {
            return new RecordingRequest(
                    path,
                    ending,
                    sides,
                    maxMs,
                    maxSilenceMs,
                    silenceThreshold,
                    append,
                    heardGain,
                    spokenGain,
                    sidecar,
                    purpose,
                    facts);
        }
    }
}
