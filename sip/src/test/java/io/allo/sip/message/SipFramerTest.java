package io.allo.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipFramerTest {

    @Test
    void aMessageIsCutOutByItsContentLength() {
        var framer = new SipFramer(SipFramer.Side.SERVER);
        feed(framer, message(1, "hello"));
        assertEquals(5, next(framer).body().length);
        assertNull(framer.next());
        assertEquals(0, framer.pendingBytes());
    }

    @Test
    void octetsThatArriveOneByOneGiveTheSameMessages() {
        String stream = "\r\n\r\n" + message(1, "hello") + message(2, "") + "\r\n" + message(3, "x".repeat(9000));
        for (int chunk : new int[] {1, 2, 3, 7, 100, 5000}) {
            var frames = framesOf(new SipFramer(SipFramer.Side.SERVER), stream.getBytes(StandardCharsets.UTF_8), chunk);
            var numbers = new ArrayList<Long>();
            for (SipFramer.Frame frame : frames) {
                if (frame instanceof SipFramer.Message m) {
                    numbers.add(m.message().cseq().number());
                }
            }
            assertEquals(List.of(1L, 2L, 3L), numbers, "chunks of " + chunk);
            assertInstanceOf(SipFramer.Ping.class, frames.get(0));
            assertEquals(4, frames.size());
        }
    }

    @Test
    void manyMessagesInRandomPiecesAllComeOutInOrder() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var stream = new StringBuilder();
            for (int i = 1; i <= 40; i++) {
                stream.append("\r\n".repeat(random.nextInt(3) * 2))
                        .append(message(i, "b".repeat(random.nextInt(6000))));
            }
            byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
            var framer = new SipFramer(SipFramer.Side.SERVER);
            long expected = 1;
            int at = 0;
            while (at < bytes.length) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(4000));
                framer.feed(bytes, at, length);
                at += length;
                for (var frame = framer.next(); frame != null; frame = framer.next()) {
                    if (frame instanceof SipFramer.Message m) {
                        assertEquals(expected++, m.message().cseq().number(), "seed " + seed);
                    } else {
                        assertInstanceOf(SipFramer.Ping.class, frame, "seed " + seed);
                    }
                }
            }
            assertEquals(41, expected, "seed " + seed);
        }
    }

    @Test
    void aDoubleLineBreakIsAPing() {
        var framer = new SipFramer(SipFramer.Side.SERVER);
        feed(framer, "\r\n");
        assertNull(framer.next());
        feed(framer, "\r\n");
        assertInstanceOf(SipFramer.Ping.class, framer.next());
        assertNull(framer.next());
    }

    @Test
    void aSingleLineBreakIsAPongForWhoOpenedTheConnection() {
        var framer = new SipFramer(SipFramer.Side.CLIENT);
        feed(framer, "\r\n");
        assertInstanceOf(SipFramer.Pong.class, framer.next());
        feed(framer, "\r");
        assertNull(framer.next());
        feed(framer, "\n");
        assertInstanceOf(SipFramer.Pong.class, framer.next());
    }

    @Test
    void aDoubleLineBreakIsAPingForWhoOpenedTheConnectionToo() {
        var framer = new SipFramer(SipFramer.Side.CLIENT);
        feed(framer, "\r\n\r\n" + message(7, ""));
        assertInstanceOf(SipFramer.Ping.class, framer.next());
        assertEquals(7, next(framer).cseq().number());
    }

    @Test
    void aMessageWithoutContentLengthClosesTheStreamAndIsAnswered400() {
        var framer = new SipFramer(SipFramer.Side.SERVER);
        feed(framer, message(1, "").replace("Content-Length: 0\r\n", ""));
        var malformed = assertInstanceOf(SipFramer.Malformed.class, framer.next());
        assertTrue(malformed.close());
        assertEquals("Missing Content-Length", malformed.problem().reason());
        assertNotNull(malformed.problem().answer("t"));
        assertTrue(framer.isClosed());
        feed(framer, message(2, ""));
        assertNull(framer.next());
    }

    @Test
    void twoDifferentContentLengthsCloseTheStream() {
        var framer = new SipFramer(SipFramer.Side.SERVER);
        feed(framer, message(1, "").replace("Content-Length: 0\r\n", "Content-Length: 0\r\nl: 5\r\n"));
        assertTrue(assertInstanceOf(SipFramer.Malformed.class, framer.next()).close());
    }

    @Test
    void aFoldedContentLengthIsRead() {
        var framer = new SipFramer(SipFramer.Side.SERVER);
        feed(framer, message(1, "abc").replace("Content-Length: 3", "content-length :\r\n  3"));
        assertEquals(3, next(framer).body().length);
    }

    @Test
    void aMalformedMessageOfKnownLengthDoesNotCloseTheStream() {
        var framer = new SipFramer(SipFramer.Side.SERVER);
        feed(framer, message(1, "abc").replace("CSeq: 1 MESSAGE", "CSeq: one MESSAGE") + message(2, ""));
        var malformed = assertInstanceOf(SipFramer.Malformed.class, framer.next());
        assertFalse(malformed.close());
        assertEquals("Malformed CSeq", malformed.problem().reason());
        assertEquals(2, next(framer).cseq().number());
    }

    @Test
    void aMessageLargerThanAllowedIsAnswered513BeforeItArrives() {
        var framer = new SipFramer(SipFramer.Side.SERVER, 2000);
        feed(framer, message(1, "x".repeat(3000)).substring(0, 600));
        var malformed = assertInstanceOf(SipFramer.Malformed.class, framer.next());
        assertTrue(malformed.close());
        assertEquals(513, malformed.problem().status());
        assertEquals(513, malformed.problem().answer("t").status());
    }

    @Test
    void headersWithoutAnEndCloseTheStreamAtTheLimit() {
        var framer = new SipFramer(SipFramer.Side.SERVER);
        byte[] line = "X-Filler: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".getBytes(StandardCharsets.US_ASCII);
        feed(framer, "MESSAGE sip:a@b SIP/2.0\r\n");
        SipFramer.Frame frame = null;
        int fed = 0;
        while (frame == null && fed < 2 * SipParser.MAX_HEAD_BYTES) {
            framer.feed(line, 0, line.length);
            fed += line.length;
            frame = framer.next();
        }
        assertTrue(assertInstanceOf(SipFramer.Malformed.class, frame).close());
        assertTrue(fed <= SipParser.MAX_HEAD_BYTES + 100);
    }

    @Test
    void aCarriageReturnAloneBetweenMessagesClosesTheStream() {
        var framer = new SipFramer(SipFramer.Side.SERVER);
        feed(framer, "\rX");
        assertTrue(assertInstanceOf(SipFramer.Malformed.class, framer.next()).close());
    }

    static String message(int cseq, String body) {
        return "MESSAGE sip:bob@example.com SIP/2.0\r\n"
                + "Via: SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK" + cseq + "\r\n"
                + "From: <sip:alice@example.com>;tag=a\r\n"
                + "To: <sip:bob@example.com>\r\n"
                + "Call-ID: framer@example.com\r\n"
                + "CSeq: " + cseq + " MESSAGE\r\n"
                + "Content-Type: text/plain\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static List<SipFramer.Frame> framesOf(SipFramer framer, byte[] bytes, int chunk) {
        var frames = new ArrayList<SipFramer.Frame>();
        for (int at = 0; at < bytes.length; at += chunk) {
            framer.feed(bytes, at, Math.min(chunk, bytes.length - at));
            for (var frame = framer.next(); frame != null; frame = framer.next()) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static void feed(SipFramer framer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        framer.feed(bytes, 0, bytes.length);
    }

    private static SipMessage next(SipFramer framer) {
        return assertInstanceOf(SipFramer.Message.class, framer.next()).message();
    }
}
