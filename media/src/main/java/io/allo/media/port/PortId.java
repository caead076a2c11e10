package io.allo.media.port;

/** The name of one side of a call's sound, unique in one run of the program. */
public record PortId(long value) {}
