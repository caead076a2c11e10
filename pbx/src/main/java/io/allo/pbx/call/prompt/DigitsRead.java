package io.allo.pbx.call.prompt;

/**
 * What a {@link DigitReader} has read.
 *
 * @param digits without the terminator
 * @param terminator the key that ended it, 0 if none did
 */
public record DigitsRead(String digits, End end, char terminator) {

    /** Why no more digits were read. */
    public enum End {
        /** As many as wanted. */
        COMPLETE,
        /** A terminator. */
        TERMINATED,
        /** None came in time. */
        TIMEOUT,
        /** The channel is over; only where {@code h} runs, elsewhere {@link io.allo.pbx.call.CallEnded} is thrown. */
        HUNG_UP
    }
}
