package io.allo.sip.registrar;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contact of an address of record for a time. RFC 3261 section 10.
 *
 * @param id the same from the first registration to the removal, unique among all bindings ever
 * @param aor the address of record
 * @param contact the URI as the phone wrote it
 * @param parameters those of the Contact that are kept: {@code q}, {@code +sip.instance}, features (RFC 3840)
 * @param rewritten where the phone was seen, if its contact is to be rewritten; null otherwise
 * @param flow what the registration came over
 * @param path Path values, the nearest proxy first (RFC 3327); requests to the contact carry them as Route
 * @param expiresAtMs when it ends, in milliseconds since 1970
 * @param deadlineNanos the same moment on the monotonic clock of this process
 * @param callId Call-ID of the last registration
 * @param cseq CSeq number of the last registration
 * @param userAgent User-Agent of the last registration, or null
 * @param viaAddress what the phone calls itself in its Via
 */
public record Binding(
        String id,
        String aor,
        SipUri contact,
        Parameters parameters,
        @Nullable SipUri rewritten,
        Flow flow,
        List<String> path,
        long expiresAtMs,
        long deadlineNanos,
        String callId,
        long cseq,
        @Nullable String userAgent,
        HostPort viaAddress) {
    public Binding {
        path = List.copyOf(path);
    }

    /** Where requests for the phone go: where it was seen, if that is kept, or its contact. */
    public SipUri target() {
        return rewritten == null ? contact : rewritten;
    }

    /** The {@code +sip.instance} that names the device (RFC 5626 section 4.1), or null. */
    public @Nullable String instance() {
        return parameters.value("+sip.instance");
    }

    /** Seconds left, rounded up, never negative. */
    public long secondsLeft(long nowNanos) {
        long left = deadlineNanos - nowNanos;
        return left <= 0 ? 0 : (left + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
    }

    /** Requests can reach it over the connection that it registered over, and no other way. */
    boolean dependsOnFlow() {
        return flow.isReliable() && (rewritten != null || !flow.isStream());
    }

    Binding withId(String newId) {
        return new Binding(
                newId,
                aor,
                contact,
                parameters,
                rewritten,
                flow,
                path,
                expiresAtMs,
                deadlineNanos,
                callId,
                cseq,
                userAgent,
                viaAddress);
    }

    Binding withDeadline(long newDeadlineNanos) {
        return new Binding(
                id,
                aor,
                contact,
                parameters,
                rewritten,
                flow,
                path,
                expiresAtMs,
                newDeadlineNanos,
                callId,
                cseq,
                userAgent,
                viaAddress);
    }

    Binding withoutRewriting() {
        return new Binding(
                id,
                aor,
                contact,
                parameters,
                null,
                flow,
                path,
                expiresAtMs,
                deadlineNanos,
                callId,
                cseq,
                userAgent,
                viaAddress);
    }

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
}
