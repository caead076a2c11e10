package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import org.jspecify.annotations.Nullable;

/** Subscription-State: active, pending, terminated or another. RFC 6665 section 8.2.3. */
public record SubscriptionStateHeader(String state, Parameters parameters) {

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static SubscriptionStateHeader parse(String text) {
        int end = SipText.endOfToken(text, 0);
        if (end == 0) {
            throw new SipParseException("Malformed Subscription-State", text, 0);
        }
        return new SubscriptionStateHeader(text.substring(0, end), Parameters.parse(text, end));
    }

    /** A state with its seconds left, or -1 for none given. */
    public static SubscriptionStateHeader of(String state, long expiresSeconds) {
        return new SubscriptionStateHeader(
                state, expiresSeconds < 0 ? Parameters.EMPTY : Parameters.of("expires", Long.toString(expiresSeconds)));
    }

    /** Whether the subscription is over. */
    public boolean isTerminated() {
        return state.equalsIgnoreCase("terminated");
    }

    /** Why it was terminated, or null. */
    public @Nullable String reason() {
        return parameters.value("reason");
    }

    /** Seconds left, -1 where not given. */
    public long expires() {
        String text = parameters.value("expires");
        return text == null ? -1 : ExpiresValue.seconds(text);
    }

    /** Seconds to wait before trying again, -1 where not given. */
    public long retryAfter() {
        String text = parameters.value("retry-after");
        return text == null ? -1 : ExpiresValue.seconds(text);
    }

    @Override
    public String toString() {
        var out = new StringBuilder(state);
        parameters.appendTo(out);
        return out.toString();
    }
}
