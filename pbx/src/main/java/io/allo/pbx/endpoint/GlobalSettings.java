package io.allo.pbx.endpoint;

import io.allo.sip.transaction.SipTimers;
import java.util.List;

/**
 * The sections of {@code type=global} and {@code type=system}. Immutable.
 *
 * @param identifierOrder in which order a request's endpoint is looked for: ip, username, auth_username, header, anonymous
 * @param keepAliveSeconds CRLF on TCP and TLS connections, 0 for never
 */
public record GlobalSettings(
        String userAgent,
        String realm,
        int maxForwards,
        int keepAliveSeconds,
        String defaultOutboundEndpoint,
        List<String> identifierOrder,
        SipTimers timers) {

    public GlobalSettings {
        identifierOrder = List.copyOf(identifierOrder);
    }

    /** As if neither section were there. */
    public static final GlobalSettings DEFAULT = new GlobalSettings(
            "allo",
            "asterisk",
            70,
            90,
            "default_outbound_endpoint",
            List.of("ip", "username", "anonymous", "header", "auth_username"),
            SipTimers.DEFAULT);
}
