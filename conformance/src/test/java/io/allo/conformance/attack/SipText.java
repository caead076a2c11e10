package io.allo.conformance.attack;

import java.nio.charset.StandardCharsets;

/** The requests that attackers write. Pure functions. */
final class SipText {
    private SipText() {}

    /** A request from {@code own} ("address:port") with these further header lines, each with its line break, and this body. */
    static byte[] request(
            String method,
            String target,
            String from,
            String callId,
            int cseq,
            String transport,
            String own,
            String more,
            byte[] body) {
        String head = """
                %s %s SIP/2.0
                Via: SIP/2.0/%s %s;rport;branch=z9hG4bK%s-%d
                Max-Forwards: 70
                From: <%s>;tag=%s
                To: <%s>
                Call-ID: %s
                CSeq: %d %s
                Contact: <sip:guest@%s>
                """.replace("\n", "\r\n").formatted(
                method, target, transport, own, callId, cseq, from, callId, target, callId, cseq, method, own);
        byte[] start = (head + more + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] whole = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }
}
