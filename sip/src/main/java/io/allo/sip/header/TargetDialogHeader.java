package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;

/** Target-Dialog: a dialog of the receiver that the sender knows of, and so may act on; tags as the receiver sees them. RFC 4538. */
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

    /** The dialog with those tags, as its receiver sees them. */
    public static TargetDialogHeader of(String callId, String localTag, String remoteTag) {
        return new TargetDialogHeader(
                callId, Parameters.of("local-tag", localTag).with("remote-tag", remoteTag));
    }

    /** The receiver's own tag. */
    public String localTag() {
        return parameters.valueOr("local-tag", "");
    }

    /** The tag of the receiver's peer. */
    public String remoteTag() {
        return parameters.valueOr("remote-tag", "");
    }

    @Override
    public String toString() {
        var out = new StringBuilder(callId);
        parameters.appendTo(out);
        return out.toString();
    }
}
