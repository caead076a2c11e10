package io.allo.sip.transaction;

import java.util.concurrent.TimeUnit;

/**
 * The base times of RFC 3261 table 4, in nanoseconds; every lettered timer follows from them. {@code timerBNanos} is how long a client
 * waits for an answer and a server for an ACK (timers B, F, H), 64*T1 unless configured ({@code timer_b} of pjsip.conf [system]).
 */
public record SipTimers(long t1Nanos, long t2Nanos, long t4Nanos, long timerBNanos) {
    /** T1 500 ms, T2 4 s, T4 5 s, B 32 s. */
    public static final SipTimers DEFAULT = ofMs(500, 32_000);

    private static final long TIMER_D_AT_LEAST_NANOS = TimeUnit.SECONDS.toNanos(32);

    public SipTimers {
        if (t1Nanos <= 0 || t2Nanos < t1Nanos || t4Nanos <= 0 || timerBNanos < t1Nanos) {
            throw new IllegalArgumentException(
                    "T1 " + t1Nanos + " T2 " + t2Nanos + " T4 " + t4Nanos + " B " + timerBNanos + " ns");
        }
    }

    /** {@code timer_t1} and {@code timer_b} in milliseconds, with T2 4 s (or T1, if that is longer) and T4 5 s. */
    public static SipTimers ofMs(long t1Ms, long timerBMs) {
        return new SipTimers(
                TimeUnit.MILLISECONDS.toNanos(t1Ms),
                TimeUnit.MILLISECONDS.toNanos(Math.max(4_000, t1Ms)),
                TimeUnit.SECONDS.toNanos(5),
                TimeUnit.MILLISECONDS.toNanos(timerBMs));
    }

    /** 64*T1: how long a retransmission of the other side may still come. Timers J, L and M. */
    public long longestRetransmissionNanos() {
        return 64 * t1Nanos;
    }

    /** Timer D over an unreliable transport: at least 32 s. */
    public long timerDNanos() {
        return Math.max(TIMER_D_AT_LEAST_NANOS, timerBNanos);
    }

    /**
     * How long after its first transmission a client's Timer E is reset to T2: from then on a non-INVITE request must be answered with
     * 100, and before it must not over UDP. RFC 4320 section 4.1; 3.5 s by default.
     */
    public long timerEReachesT2Nanos() {
        long elapsed = 0;
        for (long interval = t1Nanos; interval < t2Nanos; interval *= 2) {
            elapsed += interval;
        }
        return elapsed;
    }
}
