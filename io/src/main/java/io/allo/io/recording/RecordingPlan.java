package io.allo.io.recording;

import io.allo.media.recording.RecordedSides;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is to be recorded. Immutable.
 *
 * @param path where the file stands when it is whole; absolute
 * @param format how it is written; need not be that of the path's ending
 * @param sides whose sound
 * @param maxMs how long it may become; 0 for no limit
 * @param maxSilenceMs a silence of this length is told; 0 for none
 * @param silenceThreshold the mean absolute value below which 20 ms are silent; 0 for Asterisk's 256
 * @param append goes on at the end of a file that is there, otherwise that is replaced when this one is whole
 * @param heardGain powers of two, -4 to 4
 * @param spokenGain powers of two, -4 to 4
 * @param sealed whether it is encrypted where it lies, while it is written too; what is appended to a sealed file always is
 * @param facts what is to be known of it after a crash too, by name, e.g. "linkedid"
 */
public record RecordingPlan(
        Path path,
        RecordingFormat format,
        RecordedSides sides,
        long maxMs,
        long maxSilenceMs,
        int silenceThreshold,
        boolean append,
        int heardGain,
        int spokenGain,
        boolean sealed,
        Map<String, String> facts) {

    public RecordingPlan {
        facts = Map.copyOf(facts);
    }
}
