package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import org.jspecify.annotations.Nullable;

/** One Reason value: why a request was sent, such as {@code Q.850;cause=16;text="Terminated"}. RFC 3326. */
public record ReasonHeader(String protocol, Parameters parameters) {

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static ReasonHeader parse(String text) {
        int end = SipText.endOfToken(text, 0);
        if (end == 0) {
            throw new SipParseException("Malformed Reason", text, 0);
        }
        return new ReasonHeader(text.substring(0, end), Parameters.parse(text, end));
    }

    /** A reason of {@code protocol} ({@code SIP}, {@code Q.850}) with its cause and, where not null, its text. */
    public static ReasonHeader of(String protocol, int cause, @Nullable String text) {
        Parameters parameters = Parameters.of("cause", Integer.toString(cause));
        return new ReasonHeader(protocol, text == null ? parameters : parameters.withQuoted("text", text));
    }

    /** The cause, or -1 where it is missing or no number. */
    public int cause() {
        String cause = parameters.value("cause");
        return cause != null && cause.matches("[0-9]{1,9}") ? Integer.parseInt(cause) : -1;
    }

    /** The text, or null. */
    public @Nullable String text() {
        return parameters.value("text");
    }

    @Override
    public String toString() {
        var out = new StringBuilder(protocol);
        parameters.appendTo(out);
        return out.toString();
    }
}
