package io.allo.media.rtp;

/** The 64-bit NTP timestamp of sender reports (RFC 3550 4): seconds since 1900 in the upper half, the fraction in the lower. Stateless. */
public final class NtpTimestamp {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private NtpTimestamp() {}

    /** The timestamp of a moment given as Unix time. */
    public static long of(long epochSecond, int nano) {
        return epochSecond + SECONDS_1900_TO_1970 << 32 | ((long) nano << 32) / 1_000_000_000L;
    }

    /** The middle 32 bits, in units of 1/65536 s: what a receiver returns as LSR. */
    public static int middle(long ntp) {
        return (int) (ntp >> 16);
    }

    /** A time span in units of 1/65536 s, as DLSR wants it. */
    public static int units(long nanos) {
        return (int) (nanos / 1000 * 65536 / 1_000_000);
    }

    /**
     * The round trip time in nanoseconds from a report block (RFC 3550 6.4.1, figure 2), or -1 if the other side has not had a sender
     * report yet or the figures make no sense.
     */
    public static long roundTripNanos(int arrivalMiddle, int lastSr, int delaySinceLastSr) {
        int units = arrivalMiddle - lastSr - delaySinceLastSr;
        return lastSr == 0 || units < 0 ? -1 : units * 1_000_000L / 65536 * 1000;
    }
}
