package io.allo.media.sdp;

/** A {@code b=} line: {@code AS} and {@code CT} in kbit/s, {@code TIAS} in bit/s. RFC 8866 5.8. Immutable. */
public record Bandwidth(String type, long value) {}
