package io.allo.sip.dialog;

import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a dialog is known by at this end: Call-ID, our tag, the other side's tag. An RFC 2543 peer has no tag, which is the empty text here.
 * RFC 3261 section 12.
 */
public record DialogId(String callId, String localTag, String remoteTag) {

    /** The dialog that a request came in; null for one outside any: its To has no tag. */
    public static @Nullable DialogId ofRequest(SipRequest request) {
        String local = request.toTag();
        return local == null ? null : new DialogId(request.callId(), local, orEmpty(request.fromTag()));
    }

    /** The dialog that the response to a request of ours belongs to. */
    public static DialogId ofResponse(SipMessage response) {
        return new DialogId(response.callId(), orEmpty(response.fromTag()), orEmpty(response.toTag()));
    }

    static String orEmpty(@Nullable String tag) {
        return tag == null ? "" : tag;
    }
}
