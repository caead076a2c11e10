package io.allo.io.recording;

import java.nio.file.Path;
import java.util.Map;

/**
 * A recording that is whole. Immutable.
 *
 * @param path where it stands
 * @param startedMillis when it began, milliseconds since 1970
 * @param lengthMs how long it is, with what it was appended to
 * @param bytes of the file
 * @param sha256 of the file, hexadecimal
 * @param recovered a crash ended it
 * @param facts as they were given
 */
public record FinishedRecording(
        Path path,
        long startedMillis,
        long lengthMs,
        long bytes,
        String sha256,
        boolean recovered,
        Map<String, String> facts) {

    public FinishedRecording {
        facts = Map.copyOf(facts);
    }
}
