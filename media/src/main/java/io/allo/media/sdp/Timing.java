package io.allo.media.sdp;

/** The {@code t=} line, in NTP seconds; a call has {@code 0 0}, which is for ever. RFC 8866 5.9. Immutable. */
public record Timing(long start, long stop) {

    public static final Timing UNBOUNDED = new Timing(0, 0);
}
