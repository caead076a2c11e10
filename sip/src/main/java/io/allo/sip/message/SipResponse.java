package io.allo.sip.message;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import org.jspecify.annotations.Nullable;

/** A response: a status of three digits and a reason phrase, which may be empty. RFC 3261 section 7.2. */
public final class SipResponse extends SipMessage {
    private final int status;
    private final String reason;

    /** Throws IllegalArgumentException where the status is not between 100 and 699 or the reason breaks its line. */
    public SipResponse(int status, String reason, Headers headers, byte[] body) {
        super(headers, body);
        if (status < 100 || status > 699 || reason.indexOf('\r') >= 0 || reason.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("status " + status + " reason \"" + reason + "\"");
        }
        this.status = status;
        this.reason = reason;
    }

    /** The answer to {@code request} with the default reason phrase; see {@link #to(SipRequest, int, String, String)}. */
    public static SipResponse to(SipRequest request, int status, @Nullable String toTag) {
        return to(request, status, StatusCode.reason(status), toTag);
    }

    /**
     * The answer to {@code request}: its Via values, From, To, Call-ID and CSeq; {@code toTag} is added to a To without a tag unless the
     * status is 100. A 100 has the Timestamp; a response that makes a dialog (101 to 299) has the Record-Route values. RFC 3261 sections
     * 8.2.6 and 12.1.1.
     */
    public static SipResponse to(SipRequest request, int status, String reason, @Nullable String toTag) {
        Headers asked = request.headers();
        Headers.Builder headers = Headers.builder();
        copy(asked, HeaderName.VIA, headers);
        if (status > 100 && status < 300 && request.method().makesDialog()) {
            copy(asked, HeaderName.RECORD_ROUTE, headers);
        }
        copy(asked, HeaderName.FROM, headers);
        String to = asked.first(HeaderName.TO);
        if (to != null) {
            headers.append(HeaderName.TO, status > 100 && toTag != null && !hasTag(to) ? to + ";tag=" + toTag : to);
        }
        copy(asked, HeaderName.CALL_ID, headers);
        copy(asked, HeaderName.CSEQ, headers);
        if (status == 100) {
            copy(asked, HeaderName.TIMESTAMP, headers);
        }
        return new SipResponse(status, reason, headers.build(), none());
    }

    /** The status code, 100 to 699. */
    public int status() {
        return status;
    }

    /** The reason phrase, maybe empty. */
    public String reason() {
        return reason;
    }

    /** Whether more is to come: 1xx. */
    public boolean isProvisional() {
        return status < 200;
    }

    /** Whether it ends the transaction: 2xx to 6xx. */
    public boolean isFinal() {
        return status >= 200;
    }

    /** Whether it is a 2xx. */
    public boolean isSuccess() {
        return StatusCode.isSuccess(status);
    }

    /** The method of the request this answers, out of CSeq. */
    public SipMethod method() {
        return SipMethod.of(cseq().method());
    }

    @Override
    public String startLine() {
        return "SIP/2.0 " + status + " " + reason;
    }

    @Override
    public SipResponse withHeaders(Headers newHeaders) {
        return new SipResponse(status, reason, newHeaders, body());
    }

    @Override
    public SipResponse withHeader(String name, String value) {
        return withHeaders(headers().with(name, value));
    }

    /** With that body and its Content-Type. */
    public SipResponse withBody(String contentType, byte[] newBody) {
        return new SipResponse(status, reason, headers().with(HeaderName.CONTENT_TYPE, contentType), newBody);
    }

    /** Whether there is one Via value only; a response with more is not for us and is dropped. RFC 3261 section 8.1.3.3. */
    public boolean hasOneVia() {
        return headers().vias().size() == 1;
    }

    private static void copy(Headers from, String name, Headers.Builder to) {
        for (int i = 0; i < from.size(); i++) {
            if (from.nameAt(i).equals(name)) {
                to.append(name, from.valueAt(i));
            }
        }
    }

    /** Whether a To value has a tag; one that cannot be read is sent back as it came. */
    private static boolean hasTag(String to) {
        try {
            return NameAddress.parse(to).tag() != null;
        } catch (SipParseException unreadable) {
            return true;
        }
    }
}
