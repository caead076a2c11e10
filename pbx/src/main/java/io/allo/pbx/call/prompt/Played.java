package io.allo.pbx.call.prompt;

import java.util.List;

/**
 * What playing a prompt came to. Immutable.
 *
 * @param end how it ended
 * @param digit the key that ended it; 0 if none did
 * @param positionMs how far it had come
 * @param missing the names that no sound was found for; the others were played
 */
public record Played(End end, char digit, long positionMs, List<String> missing) {

    /** How a prompt ends. */
    public enum End {
        /** Heard to its end. */
        COMPLETED,
        /** By a key. */
        DIGIT,
        /** Another prompt or tone took its place. */
        REPLACED,
        /** There was nothing to play: no sound found. */
        NOTHING,
        /** The channel can't be heard: it is over, or no sound was agreed upon. */
        NO_MEDIA
    }

    public Played {
        missing = List.copyOf(missing);
    }

    /** Whether everything asked for was there, and heard until it ended or a key was pressed. */
    public boolean isWhole() {
        return missing.isEmpty() && (end == End.COMPLETED || end == End.DIGIT);
    }

    /** Whether a key ended it. */
    public boolean hasDigit() {
        return end == End.DIGIT;
    }

    static Played without(End end) {
        return new Played(end, (char) 0, 0, List.of());
    }

    Played missing(List<String> names) {
        return new Played(end, digit, positionMs, names);
    }
}
