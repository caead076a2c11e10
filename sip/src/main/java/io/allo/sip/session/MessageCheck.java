package io.allo.sip.session;

import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.MinSeHeader;
import io.allo.sip.header.RAckHeader;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.header.RetryAfterHeader;
import io.allo.sip.header.SessionExpiresHeader;
import io.allo.sip.message.SipMessage;
import org.jspecify.annotations.Nullable;

/** Whether sessions can read a message: to be asked before it is handed to one, so that no step ends half-way. */
public final class MessageCheck {
    private MessageCheck() {}

    /**
     * Reads every header that a session acts on, and the parts of the body.
     *
     * @throws io.allo.sip.address.SipParseException where one is malformed
     */
    public static void check(SipMessage message) {
        Headers headers = message.headers();
        headers.contact();
        headers.recordRoutes();
        headers.contentType();
        headers.number(HeaderName.RSEQ);
        headers.typed(HeaderName.SESSION_EXPIRES, SessionExpiresHeader::parse);
        headers.typed(HeaderName.MIN_SE, MinSeHeader::parse);
        headers.typed(HeaderName.RACK, RAckHeader::parse);
        headers.typed(HeaderName.REASON, ReasonHeader::parse);
        headers.typed(HeaderName.RETRY_AFTER, RetryAfterHeader::parse);
        Abilities.sdpOf(message);
    }

    /** The session description in a message that has been checked, null without one. */
    public static byte @Nullable [] sdpOf(SipMessage message) {
        return Abilities.sdpOf(message);
    }
}
