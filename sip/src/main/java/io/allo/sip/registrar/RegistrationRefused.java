package io.allo.sip.registrar;

import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** A registration that is answered with a refusal and changes nothing. Never leaves this room. */
final class RegistrationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String headerName;
    private final @Nullable String headerValue;

    RegistrationRefused(int status, String reason) {
        this(status, reason, null, null);
    }

    /** With the header that says what would be accepted. */
    RegistrationRefused(int status, String reason, @Nullable String headerName, @Nullable String headerValue) {
        super(reason, null, false, false);
        this.status = status;
        this.headerName = headerName;
        this.headerValue = headerValue;
    }

    SipResponse response(SipRequest request, String toTag) {
        SipResponse response = SipResponse.to(request, status, String.valueOf(getMessage()), toTag);
        return headerName == null || headerValue == null ? response : response.withHeader(headerName, headerValue);
    }
}
