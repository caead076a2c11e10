package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Event: the package (with its templates) and the id. RFC 6665 section 8.2.1. */
public record EventHeader(String eventPackage, Parameters parameters) {

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static EventHeader parse(String text) {
        int end = SipText.endOfToken(text, 0);
        if (end == 0) {
            throw new SipParseException("Malformed Event", text, 0);
        }
        return new EventHeader(text.substring(0, end), Parameters.parse(text, end));
    }

    /** The package alone. */
    public static EventHeader of(String eventPackage) {
        return new EventHeader(eventPackage, Parameters.EMPTY);
    }

    /** The {@code id} parameter, or null. */
    public @Nullable String id() {
        return parameters.value("id");
    }

    /** Whether both name the same subscription: package (case counts) and id. RFC 6665 section 8.2.1. */
    public boolean matches(EventHeader other) {
        return eventPackage.equals(other.eventPackage)
                && Objects.equals(parameters.value("id"), other.parameters.value("id"));
    }

    @Override
    public String toString() {
        var out = new StringBuilder(eventPackage);
        parameters.appendTo(out);
        return out.toString();
    }
}
