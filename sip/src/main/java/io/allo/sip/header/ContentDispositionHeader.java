package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import org.jspecify.annotations.Nullable;

/** Content-Disposition: how a body is to be understood. RFC 3261 section 20.11, RFC 5621. */
public record ContentDispositionHeader(String disposition, Parameters parameters) {

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static ContentDispositionHeader parse(String text) {
        int end = SipText.endOfToken(text, 0);
        if (end == 0) {
            throw new SipParseException("Malformed Content-Disposition", text, 0);
        }
        return new ContentDispositionHeader(text.substring(0, end), Parameters.parse(text, end));
    }

    /** Whether a body that is not understood may be passed over; without the parameter it is required. */
    public boolean isOptional() {
        return "optional".equalsIgnoreCase(handling());
    }

    /** The {@code handling} parameter, or null. */
    public @Nullable String handling() {
        return parameters.value("handling");
    }

    @Override
    public String toString() {
        var out = new StringBuilder(disposition);
        parameters.appendTo(out);
        return out.toString();
    }
}
