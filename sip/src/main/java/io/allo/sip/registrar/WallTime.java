package io.allo.sip.registrar;

/** The question what the calendar says at a moment of the monotonic clock, asked upward: bindings outlive the process. */
@FunctionalInterface
public interface WallTime {
    /** Milliseconds since 1970-01-01T00:00Z. */
    long epochMs(long nowNanos);
}
