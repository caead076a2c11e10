package io.allo.sip.session;

import io.allo.core.random.RandomSource;
import io.allo.sip.auth.ChallengeKind;
import io.allo.sip.auth.DigestAnswer;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.RetryAfterHeader;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.message.StatusCode;
import io.allo.sip.transaction.SipTimers;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the parts of one session share. Owned by the SIP loop. */
final class SessionContext {
    /** RFC 3261 section 14.2: Retry-After between 0 and 10 seconds. */
    private static final int BUSY_RETRY_SECONDS = 11;

    /** What the machines write themselves; extra headers never replace it. */
    private static final Set<String> OURS = Set.of(
            HeaderName.VIA,
            HeaderName.FROM,
            HeaderName.TO,
            HeaderName.CALL_ID,
            HeaderName.CSEQ,
            HeaderName.ROUTE,
            HeaderName.RECORD_ROUTE,
            HeaderName.CONTENT_LENGTH,
            HeaderName.CONTENT_TYPE,
            HeaderName.RSEQ,
            HeaderName.RACK,
            HeaderName.SESSION_EXPIRES,
            HeaderName.MIN_SE);

    final SessionSettings settings;
    final SipTimers timers;
    final RandomSource random;
    final DigestAnswer digest;
    private long lastNumber;

    SessionContext(SessionSettings settings, SipTimers timers, RandomSource random, DigestAnswer digest) {
        this.settings = settings;
        this.timers = timers;
        this.random = random;
        this.digest = digest;
    }

    /** A number for a request of ours, unique in the session. */
    long nextNumber() {
        return ++lastNumber;
    }

    /** A response to {@code request} in a dialog, with the default phrase where {@code reason} is null. */
    static SipResponse response(SipRequest request, int status, @Nullable String reason, String localTag) {
        return SipResponse.to(request, status, reason == null ? StatusCode.reason(status) : reason, localTag);
    }

    /** A 500 to a request that came while another was being worked on. RFC 3261 section 14.2. */
    SipResponse busy(SipRequest request, String localTag) {
        var retry = RetryAfterHeader.of(random.nextInt(BUSY_RETRY_SECONDS));
        return response(request, 500, null, localTag).withHeader(HeaderName.RETRY_AFTER, retry.toString());
    }

    /** The ACK with the credentials of its INVITE, as it was sent. RFC 3261 section 22.1. */
    static SipRequest withCredentialsOf(SipRequest invite, SipRequest ack) {
        Headers.Builder headers = ack.headers().toBuilder();
        for (ChallengeKind kind : ChallengeKind.values()) {
            headers.addAll(kind.credentialsHeader(), invite.headers().all(kind.credentialsHeader()));
        }
        return ack.withHeaders(headers.build());
    }

    /** Adds the headers of {@code extra} that are not ours to write. */
    static void addExtra(Headers.Builder headers, Headers extra) {
        extra.forEach((name, value) -> {
            if (!OURS.contains(name)) {
                headers.add(name, value);
            }
        });
    }
}
