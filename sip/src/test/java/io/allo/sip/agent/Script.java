package io.allo.sip.agent;

import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;

/** Messages as a scripted phone at 192.0.2.9 writes them. */
final class Script {
    static final String PHONE = "192.0.2.9:5060";
    static final byte[] SDP = "v=0 phone".getBytes(StandardCharsets.US_ASCII);
    private static int branches;

    private Script() {}

    /** A request to the agent at 192.0.2.1 outside any dialog; {@code extra} lines end in a line break. */
    static String request(String method, String uri, int cseq, String extra) {
        return request(method, uri, cseq, "fromtag", null, "call-1", extra, "");
    }

    static String request(
            String method,
            String uri,
            int cseq,
            String fromTag,
            String toTag,
            String callId,
            String extra,
            String body) {
        String to = "<sip:bob@192.0.2.1>" + (toTag == null ? "" : ";tag=" + toTag);
        return method + " " + uri + " SIP/2.0\n"
                + "Via: SIP/2.0/UDP 192.0.2.9:5060;rport;branch=z9hG4bKphone" + ++branches + "\n"
                + "Max-Forwards: 70\n"
                + "From: <sip:carol@192.0.2.1>;tag=" + fromTag + "\n"
                + "To: " + to + "\n"
                + "Call-ID: " + callId + "\n"
                + "CSeq: " + cseq + " " + method + "\n"
                + (extra.contains("Contact:") ? "" : "Contact: <sip:carol@192.0.2.9>\n")
                + extra
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\n")
                + "Content-Length: " + body.length() + "\n\n" + body;
    }

    static String invite(int cseq, String extra) {
        return request("INVITE", "sip:bob@192.0.2.1", cseq, "fromtag", null, "call-1", extra, "v=0 phone");
    }

    /** A response of the phone, with its Contact and, where {@code sdp}, a description. */
    static SipResponse response(SipRequest request, int status, String tag, boolean sdp) {
        SipResponse response = SipResponse.to(request, status, tag);
        if (request.method().makesDialog() && status > 100) {
            response = response.withHeader("Contact", "<sip:carol@192.0.2.9>");
        }
        return sdp ? response.withBody("application/sdp", SDP) : response;
    }

    static String text(SipMessage message) {
        return message.toString();
    }
}
