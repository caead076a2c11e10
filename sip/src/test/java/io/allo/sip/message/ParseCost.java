package io.allo.sip.message;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** Run by hand: microseconds of processor time and bytes allocated to read and to write a REGISTER with credentials and an INVITE with SDP. */
final class ParseCost {
    private static final int ROUNDS = 200_000;

    private ParseCost() {}

    public static void main(String[] args) {
        for (int i = 0; i < 3; i++) {
            measure("REGISTER read", REGISTER, false);
            measure("REGISTER read, written", REGISTER, true);
            measure("INVITE read", INVITE, false);
        }
    }

    private static void measure(String what, String text, boolean write) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < ROUNDS; i++) {
            SipMessage message = SipParser.parse(bytes);
            sum += message.callId().length() + message.topVia().rport();
            sum += write ? SipWriter.toBytes(message).length : 0;
        }
        long nanos = threads.getCurrentThreadCpuTime() - start;
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        System.out.printf(
                "%-24s %5d octets  %6.2f us  %6d bytes allocated  (%d)%n",
                what, bytes.length, nanos / 1000.0 / ROUNDS, allocated / ROUNDS, sum % 10);
    }

    private static final String REGISTER = "REGISTER sip:pbx.example.com SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-524287-1---3f2a9c1d7e5b8a04;rport\r\n"
            + "Max-Forwards: 70\r\n"
            + "Contact: <sip:1001@192.0.2.10:5060;transport=UDP;rinstance=5f8a2b9c3d7e1f40>;expires=300\r\n"
            + "To: \"Alice\" <sip:1001@pbx.example.com>\r\n"
            + "From: \"Alice\" <sip:1001@pbx.example.com>;tag=8d3f2b1a\r\n"
            + "Call-ID: ZGQ3YjRhYmM4ZTk5NzYwMGQ0NTM2ODQ2ZmY1ZmI1MmQ.\r\n"
            + "CSeq: 2 REGISTER\r\n"
            + "Expires: 300\r\n"
            + "Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE\r\n"
            + "Supported: replaces, outbound, path, gruu\r\n"
            + "User-Agent: Phone/5.4.2\r\n"
            + "Authorization: Digest username=\"1001\",realm=\"allo\",nonce=\"5f8a2b9c3d7e1f405f8a2b9c3d7e1f40\","
            + "uri=\"sip:pbx.example.com\",response=\"6629fae49393a05397450978507c4ef1\",cnonce=\"0a4f113b\","
            + "nc=00000001,qop=auth,algorithm=MD5,opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"\r\n"
            + "Content-Length: 0\r\n\r\n";

    private static final String SDP = "v=0\r\no=alice 2890844526 2890844526 IN IP4 192.0.2.10\r\ns=-\r\n"
            + "c=IN IP4 192.0.2.10\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0 8 9 101\r\na=rtpmap:0 PCMU/8000\r\n"
            + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:9 G722/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
            + "a=fmtp:101 0-15\r\na=sendrecv\r\n";

    private static final String INVITE = "INVITE sip:1002@pbx.example.com SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-524287-1---aa2a9c1d7e5b8a04;rport\r\n"
            + "Max-Forwards: 70\r\n"
            + "Contact: <sip:1001@192.0.2.10:5060;transport=UDP>\r\n"
            + "To: <sip:1002@pbx.example.com>\r\n"
            + "From: \"Alice\" <sip:1001@pbx.example.com>;tag=8d3f2b1b\r\n"
            + "Call-ID: YWE3YjRhYmM4ZTk5NzYwMGQ0NTM2ODQ2ZmY1ZmI1MmQ.\r\n"
            + "CSeq: 1 INVITE\r\n"
            + "Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE\r\n"
            + "Content-Type: application/sdp\r\n"
            + "Supported: replaces, 100rel, timer\r\n"
            + "User-Agent: Phone/5.4.2\r\n"
            + "Content-Length: " + SDP.length() + "\r\n\r\n" + SDP;
}
