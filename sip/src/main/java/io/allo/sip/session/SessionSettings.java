package io.allo.sip.session;

/**
 * How sessions with one endpoint are held: reliable provisional responses, session timers with the interval we ask for and the least we
 * take ({@code timers_sess_expires}, {@code timers_min_se}), in seconds.
 */
public record SessionSettings(
        ReliableMode reliable, TimerMode timers, long sessionExpiresSeconds, long minSessionExpiresSeconds) {
    /** RFC 4028 section 5: no interval is below this. */
    public static final long LEAST_MIN_SE_SECONDS = 90;

    /** 100rel and timers where the other side wants them; half an hour, at least 90 s. */
    public static final SessionSettings DEFAULT =
            new SessionSettings(ReliableMode.YES, TimerMode.YES, 1800, LEAST_MIN_SE_SECONDS);

    public SessionSettings {
        if (minSessionExpiresSeconds < LEAST_MIN_SE_SECONDS || sessionExpiresSeconds < minSessionExpiresSeconds) {
            throw new IllegalArgumentException(
                    "session expires " + sessionExpiresSeconds + " min " + minSessionExpiresSeconds);
        }
    }
}
