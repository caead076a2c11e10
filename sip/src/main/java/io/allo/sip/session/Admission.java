package io.allo.sip.session;

import io.allo.sip.header.HeaderName;
import io.allo.sip.header.MinSeHeader;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an INVITE asks for a session that we can have. RFC 3261 sections 8.2.2.3 and 8.2.3, RFC 3262, RFC 4028 section 8. */
final class Admission {
    private Admission() {}

    /** The refusal of an INVITE to a session held so, null where it is welcome. */
    static @Nullable SipResponse refusal(
            SipRequest invite, SessionSettings settings, SessionTimer timer, String localTag) {
        List<String> unsupported = Abilities.unsupported(invite, settings);
        if (!unsupported.isEmpty()) {
            return refusal(invite, 420, localTag, HeaderName.UNSUPPORTED, String.join(", ", unsupported));
        }
        if (settings.reliable() == ReliableMode.REQUIRED && !Abilities.peerSupports(invite, Abilities.RELIABLE)) {
            return refusal(invite, 421, localTag, HeaderName.REQUIRE, Abilities.RELIABLE);
        }
        if (timer.isMissedBy(invite)) {
            return refusal(invite, 421, localTag, HeaderName.REQUIRE, Abilities.TIMER);
        }
        if (invite.hasBody() && Abilities.sdpOf(invite) == null) {
            return refusal(invite, 415, localTag, HeaderName.ACCEPT, Abilities.ACCEPT);
        }
        long leastSeconds = timer.tooSmallFor(invite);
        return leastSeconds == 0
                ? null
                : refusal(
                        invite,
                        422,
                        localTag,
                        HeaderName.MIN_SE,
                        MinSeHeader.of(leastSeconds).toString());
    }

    private static SipResponse refusal(SipRequest invite, int status, String localTag, String header, String value) {
        return SessionContext.response(invite, status, null, localTag).withHeader(header, value);
    }
}
