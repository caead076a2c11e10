package io.allo.sip.message;

import io.allo.sip.address.SipParseException;
import org.jspecify.annotations.Nullable;

/**
 * What came is no SIP message. Where it is a request with a Via, {@link #request} holds it as far as it was read: its other headers may be
 * missing or malformed, even the Via, so {@link #answer} is to be sent straight back over the flow the request came by, without a transaction.
 * Otherwise it is dropped. RFC 3261 sections 8.2.2 and 16.3 (1), RFC 4475 section 3.1.2.
 */
public final class BadMessageException extends SipParseException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient @Nullable SipRequest request;

    BadMessageException(int status, String what, @Nullable SipRequest request, @Nullable Throwable cause) {
        super(what);
        this.status = status;
        this.request = request;
        if (cause != null) {
            initCause(cause);
        }
    }

    /** The request to answer; null where there is none, or where it is an ACK, which is never answered. */
    public @Nullable SipRequest request() {
        return request;
    }

    /** The status to answer: 400, 505, 513. */
    public int status() {
        return status;
    }

    /** The reason phrase to answer: what is wrong, without any of the peer's text. */
    public String reason() {
        return status == 400 ? what() : StatusCode.reason(status);
    }

    /** The answer to send, or null where there is no request to answer. */
    public @Nullable SipResponse answer(@Nullable String toTag) {
        return request == null ? null : SipResponse.to(request, status, reason(), toTag);
    }
}
