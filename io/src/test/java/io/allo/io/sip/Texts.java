package io.allo.io.sip;

import java.nio.charset.StandardCharsets;

/** Messages in text. */
final class Texts {
    private Texts() {}

    static byte[] options(String callId) {
        return options(callId, "");
    }

    static byte[] options(String callId, String body) {
        return ("OPTIONS sip:allo.test SIP/2.0\r\n"
                        + "Via: SIP/2.0/TCP 127.0.0.1:5070;branch=z9hG4bK" + callId + "\r\n"
                        + "From: <sip:phone@allo.test>;tag=1\r\n"
                        + "To: <sip:allo.test>\r\n"
                        + "Call-ID: " + callId + "\r\n"
                        + "CSeq: 1 OPTIONS\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
