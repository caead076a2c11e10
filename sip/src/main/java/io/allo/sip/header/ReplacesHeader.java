package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;

/** Replaces: the dialog a new one takes the place of; tags as the receiver sees them. RFC 3891. */
public record ReplacesHeader(String callId, Parameters parameters) {

    /** Reads the value; both tags must be there. */
    public static ReplacesHeader parse(String text) {
        int semicolon = text.indexOf(';');
        String callId = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        Parameters parameters = semicolon < 0 ? Parameters.EMPTY : Parameters.parse(text, semicolon);
        if (callId.isEmpty() || parameters.value("from-tag") == null || parameters.value("to-tag") == null) {
            throw new SipParseException("Malformed dialog reference", text, 0);
        }
        return new ReplacesHeader(callId, parameters);
    }

    /** The dialog with those tags, as its receiver sees them. */
    public static ReplacesHeader of(String callId, String toTag, String fromTag) {
        return new ReplacesHeader(callId, Parameters.of("to-tag", toTag).with("from-tag", fromTag));
    }

    /** The receiver's own tag. */
    public String toTag() {
        return parameters.valueOr("to-tag", "");
    }

    /** The tag of the receiver's peer. */
    public String fromTag() {
        return parameters.valueOr("from-tag", "");
    }

    /** Whether only an early dialog may be replaced. */
    public boolean isEarlyOnly() {
        return parameters.has("early-only");
    }

    @Override
    public String toString() {
        var out = new StringBuilder(callId);
        parameters.appendTo(out);
        return out.toString();
    }
}
