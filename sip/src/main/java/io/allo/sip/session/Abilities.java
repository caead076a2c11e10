package io.allo.sip.session;

import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.MediaType;
import io.allo.sip.message.MultipartBody;
import io.allo.sip.message.SipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What we can do in a session and how we say so: Allow, Supported, Accept. RFC 3261 sections 20.5, 20.37 and 20.1. */
public final class Abilities {
    /** The option tag of RFC 3262. */
    public static final String RELIABLE = "100rel";

    /** The option tag of RFC 4028. */
    public static final String TIMER = "timer";

    /** The methods we answer other than with 405. */
    public static final String ALLOW = "INVITE, ACK, CANCEL, OPTIONS, BYE, REGISTER, INFO, PRACK, UPDATE";

    /** The bodies we read in an INVITE. */
    public static final String ACCEPT = "application/sdp, multipart/mixed";

    private static final String SDP = "application/sdp";

    private Abilities() {}

    /** Sets Allow and Supported for a session held so. */
    static Headers.Builder write(Headers.Builder headers, SessionSettings settings) {
        String supported = String.join(", ", supported(settings));
        headers.set(HeaderName.ALLOW, ALLOW);
        return supported.isEmpty() ? headers : headers.set(HeaderName.SUPPORTED, supported);
    }

    /** The option tags that we support in a session held so. */
    public static List<String> supported(SessionSettings settings) {
        var tags = new ArrayList<String>(2);
        if (settings.reliable() != ReliableMode.NO) {
            tags.add(RELIABLE);
        }
        if (settings.timers() != TimerMode.NO) {
            tags.add(TIMER);
        }
        return tags;
    }

    /** What {@code message} requires and we don't support in a session held so: for 420. RFC 3261 section 8.2.2.3. */
    static List<String> unsupported(SipMessage message, SessionSettings settings) {
        List<String> supported = supported(settings);
        return message.headers().all(HeaderName.REQUIRE).stream()
                .filter(tag -> !supported.contains(tag.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Whether the sender supports or requires the extension. */
    static boolean peerSupports(SipMessage message, String tag) {
        return message.headers().hasToken(HeaderName.SUPPORTED, tag) || requires(message, tag);
    }

    static boolean requires(SipMessage message, String tag) {
        return message.headers().hasToken(HeaderName.REQUIRE, tag);
    }

    /** The session description in a body, alone or as a part; null without one. */
    static byte @Nullable [] sdpOf(SipMessage message) {
        MediaType type = message.contentType();
        if (!message.hasBody() || type == null) {
            return null;
        }
        if (type.is(SDP)) {
            return message.body();
        }
        MultipartBody.Part part =
                type.isMultipart() ? MultipartBody.parse(type, message.body()).find(SDP) : null;
        return part == null ? null : part.content();
    }
}
