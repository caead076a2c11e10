package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import org.jspecify.annotations.Nullable;

/** Session-Expires: seconds until the session ends unless refreshed, and who refreshes. RFC 4028 section 4. */
public record SessionExpiresHeader(long seconds, Parameters parameters) {

    /** Reads one value; throws SipParseException where it is malformed. */
    public static SessionExpiresHeader parse(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return new SessionExpiresHeader(ValueList.number(text.substring(0, end)), Parameters.parse(text, end));
    }

    /** Seconds with {@code refresher} ({@code uac}, {@code uas}, or null for none said). */
    public static SessionExpiresHeader of(long seconds, @Nullable String refresher) {
        return new SessionExpiresHeader(
                seconds, refresher == null ? Parameters.EMPTY : Parameters.of("refresher", refresher));
    }

    /** {@code uac}, {@code uas} or null. */
    public @Nullable String refresher() {
        return parameters.value("refresher");
    }

    @Override
    public String toString() {
        var out = new StringBuilder().append(seconds);
        parameters.appendTo(out);
        return out.toString();
    }
}
