package io.allo.io.agi;

/** What came from a script. Immutable. */
public sealed interface AgiInput {

    /** A line without its end. What is longer than {@link AgiLink#LONGEST_LINE} bytes is cut there. */
    record Line(String text) implements AgiInput {}

    /** The script has ended or closed its side; {@code how} says it for the log ("exit status 1"). */
    record Ended(String how) implements AgiInput {}

    /** It was never there: nobody listens, no such host; in words. */
    record Unreachable(String english, String french) implements AgiInput {}
}
