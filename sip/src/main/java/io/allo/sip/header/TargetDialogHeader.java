package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;

/** Target-Dialog: a dialog the sender knows of; remote-tag is the receiver's own tag's counterpart. RFC 4538. */
public record TargetDialogHeader(String callId, Parameters parameters) {

    /** Reads the value; both tags must be there. */
    public static TargetDialogHeader parse(String text) {
        int semicolon = text.indexOf(';');
        String callId = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        Parameters parameters = semicolon < 0 ? Parameters.EMPTY : Parameters.parse(text, semicolon);
        if (callId.isEmpty() || parameters.value("remote-tag") == null || parameters.value("local-tag") == null) {
            throw new SipParseException("Malformed dialog reference", text, 0);
        }
        return new TargetDialogHeader(callId, parameters);
    }

    public static TargetDialogHeader of(String callId, String toTag, String fromTag) {
        return new TargetDialogHeader(callId, Parameters.of("local-tag", toTag).with("remote-tag", fromTag));
    }

    public String toTag() {
        return parameters.valueOr("local-tag", "");
    }

    public String fromTag() {
        return parameters.valueOr("remote-tag", "");
    }

    @Override
    public String toString() {
        var out = new StringBuilder(callId);
        parameters.appendTo(out);
        return out.toString();
    }
}
