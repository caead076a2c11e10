package io.allo.sip.registrar;

/** Whether a contact answers OPTIONS. */
public sealed interface ContactStatus {
    /** Nobody asks it: its {@code qualify_frequency} is 0. */
    record NonQualified() implements ContactStatus {}

    /** Asked for the first time, not answered yet. */
    record Unknown() implements ContactStatus {}

    /** It answered last time, after so many nanoseconds. */
    record Reachable(long roundTripNanos) implements ContactStatus {}

    /** It did not answer last time. */
    record Unreachable() implements ContactStatus {}
}
