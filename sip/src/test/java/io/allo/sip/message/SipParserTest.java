package io.allo.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipParserTest {
    private static final String INVITE = "INVITE sip:bob@biloxi.com SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776asdhds\r\n"
            + "Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr>\r\n"
            + "Max-Forwards: 70\r\n"
            + "To: Bob <sip:bob@biloxi.com>\r\n"
            + "From: Alice <sip:alice@atlanta.com>;tag=1928301774\r\n"
            + "Call-ID: a84b4c76e66710@pc33.atlanta.com\r\n"
            + "CSeq: 314159 INVITE\r\n"
            + "Timestamp: 54\r\n"
            + "Content-Length: 4\r\n\r\nabcd";

    @Test
    void anAnswerCarriesWhatTheRequestIsRecognisedBy() { // RFC 3261 section 8.2.6
        SipRequest invite = request(INVITE);
        SipResponse ringing = SipResponse.to(invite, 180, "8321234356");
        assertEquals("SIP/2.0 180 Ringing", ringing.startLine());
        assertEquals(invite.headers().all("Via"), ringing.headers().all("Via"));
        assertEquals("8321234356", ringing.toTag());
        assertEquals(invite.fromTag(), ringing.fromTag());
        assertEquals(invite.callId(), ringing.callId());
        assertEquals(invite.cseq(), ringing.cseq());
        assertEquals(2, ringing.headers().recordRoutes().size());
        assertFalse(ringing.headers().has("Timestamp"));
        assertEquals(SipMethod.INVITE, ringing.method());
    }

    @Test
    void anAnswer100HasTheTimestampAndNoTag() {
        SipResponse trying = SipResponse.to(request(INVITE), 100, "x");
        assertNull(trying.toTag());
        assertEquals("54", trying.headers().first("Timestamp"));
        assertFalse(trying.headers().has("Record-Route"));
    }

    @Test
    void anAnswerKeepsATagThatIsThere() {
        SipRequest within = request(INVITE.replace("<sip:bob@biloxi.com>", "<sip:bob@biloxi.com>;tag=old"));
        assertEquals("old", SipResponse.to(within, 200, "new").toTag());
        assertFalse(SipResponse.to(within, 486, "new").headers().has("Record-Route"));
    }

    @Test
    void contentLengthIsAlwaysThatOfTheBody() {
        SipRequest invite = request(INVITE).withBody("text/plain", new byte[321]);
        assertTrue(invite.toString().contains("\r\nContent-Length: 321\r\n\r\n"));
        Headers lying = invite.headers().with("Content-Length", "5");
        assertTrue(invite.withHeaders(lying).toString().contains("\r\nContent-Length: 321\r\n\r\n"));
        assertTrue(invite.withoutBody().toString().endsWith("\r\nContent-Length: 0\r\n\r\n"));
        assertNull(invite.withoutBody().contentType());
    }

    @Test
    void compactFormsAreWrittenWhereAskedFor() {
        String compact = new String(SipWriter.toBytes(request(INVITE), true), StandardCharsets.UTF_8);
        assertTrue(compact.contains("\r\nv: SIP/2.0/UDP pc33"));
        assertTrue(compact.contains("\r\nl: 4\r\n\r\nabcd"));
        assertEquals(request(INVITE), request(compact));
    }

    @Test
    void bareLineFeedsAndLeadingLineBreaksAreLetThrough() {
        assertEquals(request(INVITE), request("\r\n\r\n" + INVITE));
        assertEquals(request(INVITE), request(INVITE.replace("\r\n", "\n")));
    }

    @Test
    void foldedLinesAreJoinedByOneSpace() {
        SipRequest folded = request(INVITE.replace("To: Bob <", "To:\r\n\tBob  \r\n   <"));
        assertEquals("Bob <sip:bob@biloxi.com>", folded.headers().first("To"));
    }

    @Test
    void octetsThatAreNotUtf8AreReadAsLatin1() {
        byte[] bytes = INVITE.replace("Bob <", "\"J\u00fcrgen\" <").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("Jürgen", SipParser.parse(bytes).to().displayName());
        byte[] utf8 = INVITE.replace("Bob <", "\"J\u00fcrgen\" <").getBytes(StandardCharsets.UTF_8);
        assertEquals("Jürgen", SipParser.parse(utf8).to().displayName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776asdhds",
                "To: Bob <sip:bob@biloxi.com>",
                "From: Alice <sip:alice@atlanta.com>;tag=1928301774",
                "Call-ID: a84b4c76e66710@pc33.atlanta.com",
                "CSeq: 314159 INVITE"
            })
    void aMessageWithoutWhatEveryMessageHasIsRefused(String line) {
        String text = INVITE.replace(line + "\r\n", "");
        BadMessageException problem = refused(text);
        assertEquals("Missing " + line.substring(0, line.indexOf(':')), problem.reason());
        assertEquals(line.startsWith("Via"), problem.request() == null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "\r\n\r\n",
                "INVITE",
                "INVITE sip:a@b",
                "SIP/2.0 OK\r\n\r\n",
                "SIP/2.0 99 x\r\n\r\n",
                "SIP/2.0 2000 x\r\n\r\n",
                "[a] sip:a@b SIP/2.0\r\n\r\n"
            })
    void whatIsNoMessageIsRefusedWithoutAnAnswer(String text) {
        assertNull(refused(text).answer("t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bad line",
                ": x",
                "Bad name: x",
                "X-Ctl: a\u0001b",
                "X-Cr: a\rb",
                "Content-Length: 5",
                "l: 99999999999",
                "Via: x",
                "CSeq: 1 INVITE"
            })
    void aBadLineAmongGoodOnesIsAnswered400(String line) {
        SipResponse answer = refused(INVITE.replace("Timestamp: 54", line)).answer("t");
        assertNotNull(answer);
        assertEquals(400, answer.status());
        assertEquals("314159 INVITE", answer.headers().all(HeaderName.CSEQ).get(0));
    }

    @Test
    void anAckIsNeverAnswered() {
        assertNull(refused(INVITE.replace("INVITE", "ACK").replace("Timestamp: 54", "bad"))
                .answer("t"));
    }

    @Test
    void headersThatNeverEndAreRefused() {
        assertEquals(
                "Headers without an end",
                refused(INVITE.substring(0, INVITE.indexOf("\r\n\r\n"))).reason());
    }

    @Test
    void moreHeadersThanAllowedAreAnswered513() {
        String many = INVITE.replace("Timestamp: 54\r\n", "X-Filler: y\r\n".repeat(Headers.MAX_LINES));
        assertEquals(513, refused(many).status());
        String large = INVITE.replace("Timestamp: 54\r\n", ("X-Filler: " + "y".repeat(5000) + "\r\n").repeat(14));
        assertEquals(513, refused(large).status());
        String most = INVITE.replace("Timestamp: 54\r\n", "X-Filler: y\r\n".repeat(Headers.MAX_LINES - 9));
        assertEquals(SipMethod.INVITE, request(most).method());
    }

    @Test
    void keepAlivesAreToldFromMessages() {
        assertTrue(SipParser.isKeepAlive(new byte[] {13, 10, 13, 10}, 0, 4));
        assertTrue(SipParser.isKeepAlive(new byte[] {0, 0, 0, 0}, 0, 4));
        assertFalse(SipParser.isKeepAlive(INVITE.getBytes(StandardCharsets.UTF_8), 0, 20));
    }

    @Test
    void aMethodIsItsNameInItsCase() {
        assertEquals(SipMethod.of("INVITE"), SipMethod.INVITE);
        assertFalse(SipMethod.of("invite").equals(SipMethod.INVITE));
        assertFalse(SipMethod.of("FOO").isKnown());
        assertThrows(IllegalArgumentException.class, () -> SipMethod.of("A B"));
        assertEquals("Busy Here", StatusCode.reason(486));
        assertEquals("Bad Request", StatusCode.reason(499));
        assertEquals(List.of(true, false), List.of(SipMethod.INVITE.makesDialog(), SipMethod.BYE.makesDialog()));
    }

    private static SipRequest request(String text) {
        return (SipRequest) SipParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static BadMessageException refused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return assertThrows(BadMessageException.class, () -> SipParser.parse(bytes));
    }
}
