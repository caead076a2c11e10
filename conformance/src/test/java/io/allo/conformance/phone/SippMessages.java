package io.allo.conformance.phone;

/**
 * The texts of SIP messages for {@link SippScenario}, with sipp's keywords in brackets. "Caller" texts belong to the side
 * that sent the first INVITE, "callee" texts to the side that received it with {@link SippScenario#receiveInvite}, which
 * remembers the caller's From as [$from], To as [$to] and contact as [$contact].
 *
 * <p>Extra headers are given as whole lines ("Supported: timer"), several joined by newlines.
 */
public final class SippMessages {
    /** One G.711 u-law stream at sipp's own media port. */
    public static final String SDP = """
            v=0
            o=- 1 1 IN IP4 [local_ip]
            s=-
            c=IN IP4 [media_ip]
            t=0 0
            m=audio [rtpstream_audio_port] RTP/AVP 0 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-16
            """;

    private SippMessages() {}

    /** The session description again with another direction ("sendonly") and a higher version. */
    public static String sdp(String direction, int version) {
        return SDP.replace("o=- 1 1", "o=- 1 " + version) + "a=" + direction + "\n";
    }

    /** A caller's first INVITE: CSeq 1, a fixed branch so that it can be sent again as a retransmission. */
    public static String invite(String target, String extraHeaders) {
        return callerRequest("INVITE", target, 1, "invite", "", extraHeaders, SDP);
    }

    /** A request outside a dialog, CSeq 1, without body. */
    public static String request(String method, String target, String extraHeaders) {
        return callerRequest(method, target, 1, method.toLowerCase(java.util.Locale.ROOT), "", extraHeaders, "");
    }

    /** A request of the caller's in the dialog that the last response with a To tag made. */
    public static String callerInDialog(String method, int cseq, String extraHeaders, String body) {
        return """
                %s [next_url] SIP/2.0
                Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
                From: <sip:sipp@[local_ip]:[local_port]>;tag=caller[call_number]
                [last_To:]
                Call-ID: [call_id]
                CSeq: %d %s
                Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
                Max-Forwards: 70
                %s""".formatted(method, cseq, method, withBody(extraHeaders, body));
    }

    /** The caller's ACK to a 2xx, CSeq as the INVITE's. */
    public static String ack(int cseq) {
        return callerInDialog("ACK", cseq, "", "");
    }

    /** The caller's ACK to a refusal, in the INVITE's own transaction (RFC 3261 17.1.1.3). */
    public static String ackOfRefusal(String target, String branch) {
        return """
                ACK sip:%s@[remote_ip]:[remote_port] SIP/2.0
                Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-%s
                From: <sip:sipp@[local_ip]:[local_port]>;tag=caller[call_number]
                [last_To:]
                Call-ID: [call_id]
                CSeq: 1 ACK
                Max-Forwards: 70
                Content-Length: 0

                """.formatted(target, branch);
    }

    /** CANCEL of {@link #invite} (RFC 3261 9.1: same Request-URI, branch, tag and number). */
    public static String cancel(String target) {
        return callerRequest("CANCEL", target, 1, "invite", "", "", "");
    }

    /** A caller's request with its branch's name and To's parameters open. */
    public static String callerRequest(
            String method, String target, int cseq, String branch, String toTag, String extraHeaders, String body) {
        return """
                %s sip:%s@[remote_ip]:[remote_port] SIP/2.0
                Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-%s
                From: <sip:sipp@[local_ip]:[local_port]>;tag=caller[call_number]
                To: <sip:%s@[remote_ip]>%s
                Call-ID: [call_id]
                CSeq: %d %s
                Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
                Max-Forwards: 70
                %s""".formatted(method, target, branch, target, toTag, cseq, method, withBody(extraHeaders, body));
    }

    /** The answer to the last request, without a tag of ours in To: in a dialog, or a 100. */
    public static String answer(String statusAndReason, String extraHeaders, String body) {
        return """
                SIP/2.0 %s
                [last_Via:]
                [last_From:]
                [last_To:]
                [last_Call-ID:]
                [last_CSeq:]
                Contact: <sip:[service]@[local_ip]:[local_port];transport=[transport]>
                %s""".formatted(statusAndReason, withBody(extraHeaders, body));
    }

    /** The callee's answer to the first INVITE with a tag that names one of its (perhaps forked) dialogs. */
    public static String calleeAnswer(String statusAndReason, String tag, String extraHeaders, String body) {
        return """
                SIP/2.0 %s
                Via: [$via]
                From: [$from]
                To: [$to];tag=%s[call_number]
                Call-ID: [call_id]
                CSeq: [$cseq] INVITE
                Contact: <sip:[service]@[local_ip]:[local_port];transport=[transport]>
                %s""".formatted(statusAndReason, tag, withBody(extraHeaders, body));
    }

    /** The callee's answer to a CANCEL of the first INVITE, whatever has come since (RFC 3261 9.2: the same tag as the INVITE's answers). */
    public static String calleeAnswerToCancel(String tag) {
        return calleeAnswer("200 OK", tag, "", "").replace("[$cseq] INVITE", "[$cseq] CANCEL");
    }

    /** A request of the callee's in the dialog it made with this tag. */
    public static String calleeInDialog(String method, String tag, int cseq, String extraHeaders, String body) {
        return """
                %s [$contact] SIP/2.0
                Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-%s%d
                From: [$to];tag=%s[call_number]
                To: [$from]
                Call-ID: [call_id]
                CSeq: %d %s
                Contact: <sip:[service]@[local_ip]:[local_port];transport=[transport]>
                Max-Forwards: 70
                %s""".formatted(
                        method,
                        method.equals("ACK") ? "INVITE" : method,
                        cseq,
                        tag,
                        cseq,
                        method,
                        withBody(extraHeaders, body));
    }

    private static String withBody(String extraHeaders, String body) {
        String headers = extraHeaders.isEmpty() ? "" : extraHeaders + "\n";
        return body.isEmpty()
                ? headers + "Content-Length: 0\n\n"
                : headers + "Content-Type: application/sdp\nContent-Length: [len]\n\n" + body;
    }
}
