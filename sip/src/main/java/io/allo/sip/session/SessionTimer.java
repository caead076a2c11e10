package io.allo.sip.session;

import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.MinSeHeader;
import io.allo.sip.header.SessionExpiresHeader;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time after which a session that nobody refreshed is over. RFC 4028. We refresh wherever the other side leaves it to us, at half of the
 * interval; where the other side refreshes, the session ends a third of the interval (at most 32 s) before it would expire. Owned by the
 * SIP loop.
 */
final class SessionTimer {
    private static final String UAC = "uac";
    private static final String UAS = "uas";
    private static final long LONGEST_GRACE_SECONDS = 32;
    private static final long REFRESH_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final TimerMode mode;
    private long wantedSeconds;
    private long minSeconds;

    /** 0: no session timer. */
    private long intervalSeconds;

    private boolean weRefresh;
    private long refreshNanos = Long.MAX_VALUE;
    private long expireNanos = Long.MAX_VALUE;

    SessionTimer(SessionSettings settings) {
        this.mode = settings.timers();
        this.wantedSeconds = settings.sessionExpiresSeconds();
        this.minSeconds = settings.minSessionExpiresSeconds();
    }

    /** A timer of another early dialog of the same INVITE. */
    SessionTimer(SessionTimer other) {
        this.mode = other.mode;
        this.wantedSeconds = other.wantedSeconds;
        this.minSeconds = other.minSeconds;
    }

    /** When {@link #isRefreshDue} or {@link #isExpired} becomes true. */
    long deadlineNanos() {
        return Math.min(refreshNanos, expireNanos);
    }

    boolean isRefreshDue(long nowNanos) {
        return nowNanos >= refreshNanos;
    }

    boolean isExpired(long nowNanos) {
        return nowNanos >= expireNanos;
    }

    /** A refresh came to nothing: the next is due at half of the time that is left, but not at once. */
    void refreshLater(long nowNanos) {
        refreshAgainAt(nowNanos + Math.max(REFRESH_AGAIN_NANOS, (expireNanos - nowNanos) / 2));
    }

    /** The next refresh is due at {@code atNanos}, at the latest when the session expires. */
    void refreshAgainAt(long atNanos) {
        refreshNanos = Math.min(atNanos, expireNanos);
    }

    long intervalSeconds() {
        return intervalSeconds;
    }

    boolean weRefresh() {
        return weRefresh;
    }

    /** What an INVITE or UPDATE of ours says. RFC 4028 sections 7.1 and 7.4. */
    void writeRequest(Headers.Builder headers) {
        if (mode == TimerMode.NO) {
            return;
        }
        // Within a session that has a timer its refresher is named, so that the roles stay; at first the other side may
        // choose.
        String refresher = intervalSeconds == 0 ? null : weRefresh ? UAC : UAS;
        long seconds = intervalSeconds == 0 ? wantedSeconds : Math.max(intervalSeconds, minSeconds);
        headers.set(
                HeaderName.SESSION_EXPIRES,
                SessionExpiresHeader.of(seconds, refresher).toString());
        if (minSeconds > SessionSettings.LEAST_MIN_SE_SECONDS) {
            headers.set(HeaderName.MIN_SE, MinSeHeader.of(minSeconds).toString());
        }
        if (mode == TimerMode.REQUIRED && intervalSeconds == 0) {
            headers.add(HeaderName.REQUIRE, Abilities.TIMER);
        }
    }

    /** A 422: our interval was too small. Whether asking again for a longer one makes sense. RFC 4028 section 7.3. */
    boolean learnMinimum(SipResponse response) {
        MinSeHeader least = response.headers().typedFirst(HeaderName.MIN_SE, MinSeHeader::parse);
        if (least == null || least.seconds() <= minSeconds && least.seconds() <= wantedSeconds) {
            return false;
        }
        minSeconds = Math.max(minSeconds, least.seconds());
        wantedSeconds = Math.max(wantedSeconds, minSeconds);
        return true;
    }

    /** The least interval to name in a 422 to {@code request}, 0 where its interval will do. RFC 4028 section 8.1. */
    long tooSmallFor(SipRequest request) {
        SessionExpiresHeader asked = askedBy(request);
        boolean small = mode != TimerMode.NO && asked != null && asked.seconds() < minSeconds;
        return small && Abilities.peerSupports(request, Abilities.TIMER) ? minSeconds : 0;
    }

    /** Whether {@code request} lacks what we require: 421. */
    boolean isMissedBy(SipRequest request) {
        return mode == TimerMode.REQUIRED && !Abilities.peerSupports(request, Abilities.TIMER);
    }

    /** Answers the request of {@code request} in our 2xx and starts the timer. RFC 4028 section 9. */
    void writeResponse(SipRequest request, Headers.Builder headers, long nowNanos) {
        SessionExpiresHeader asked = askedBy(request);
        boolean knows = Abilities.peerSupports(request, Abilities.TIMER);
        if (mode == TimerMode.NO || !knows && asked == null && mode != TimerMode.ALWAYS) {
            stop();
            return;
        }
        long least = Math.max(minSeconds, leastOf(request));
        long seconds = Math.max(least, asked == null ? wantedSeconds : Math.min(wantedSeconds, asked.seconds()));
        String named = asked == null ? null : asked.refresher();
        boolean theyRefresh = knows && UAC.equals(named);
        String refresher = theyRefresh ? UAC : UAS;
        headers.set(
                HeaderName.SESSION_EXPIRES,
                SessionExpiresHeader.of(seconds, refresher).toString());
        if (theyRefresh) {
            headers.add(HeaderName.REQUIRE, Abilities.TIMER);
        }
        start(seconds, !theyRefresh, nowNanos);
    }

    /** What the 2xx to our INVITE or UPDATE says. RFC 4028 section 7.2. */
    void onSuccess(SipResponse response, long nowNanos) {
        if (mode == TimerMode.NO) {
            return;
        }
        SessionExpiresHeader agreed = askedBy(response);
        if (agreed != null) {
            start(
                    Math.max(agreed.seconds(), SessionSettings.LEAST_MIN_SE_SECONDS),
                    !UAS.equals(agreed.refresher()),
                    nowNanos);
        } else if (mode == TimerMode.ALWAYS) {
            start(wantedSeconds, true, nowNanos);
        } else {
            stop();
        }
    }

    void stop() {
        intervalSeconds = 0;
        refreshNanos = Long.MAX_VALUE;
        expireNanos = Long.MAX_VALUE;
    }

    private void start(long seconds, boolean ours, long nowNanos) {
        intervalSeconds = seconds;
        weRefresh = ours;
        long grace = Math.min(LONGEST_GRACE_SECONDS, seconds / 3);
        expireNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds - grace);
        refreshNanos = ours ? nowNanos + TimeUnit.SECONDS.toNanos(seconds) / 2 : Long.MAX_VALUE;
    }

    private static @Nullable SessionExpiresHeader askedBy(SipMessage message) {
        return message.headers().typedFirst(HeaderName.SESSION_EXPIRES, SessionExpiresHeader::parse);
    }

    private static long leastOf(SipRequest request) {
        MinSeHeader least = request.headers().typedFirst(HeaderName.MIN_SE, MinSeHeader::parse);
        return least == null ? 0 : least.seconds();
    }
}
