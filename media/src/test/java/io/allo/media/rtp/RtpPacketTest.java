package io.allo.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    /** Two contributing sources, an RFC 8285 extension of one word, four bytes of payload, four of padding; written by hand. */
    private static final byte[] FULL = HexFormat.of()
            .parseHex("b2 88 fffe 89abcdef deadbeef 00000001 00000002 bede0001 10aa0000 01020304 00000004"
                    .replace(" ", ""));

    @Test
    void allFieldsAreRead() {
        assertTrue(RtpPacket.isValid(FULL, 0, FULL.length));
        assertEquals(2, RtpPacket.version(FULL, 0));
        assertTrue(RtpPacket.hasPadding(FULL, 0));
        assertTrue(RtpPacket.hasExtension(FULL, 0));
        assertEquals(2, RtpPacket.csrcCount(FULL, 0));
        assertEquals(2, RtpPacket.csrc(FULL, 0, 1));
        assertTrue(RtpPacket.marker(FULL, 0));
        assertEquals(8, RtpPacket.payloadType(FULL, 0));
        assertEquals(0xfffe, RtpPacket.sequence(FULL, 0));
        assertEquals(0x89abcdef, RtpPacket.timestamp(FULL, 0));
        assertEquals(0xdeadbeef, RtpPacket.ssrc(FULL, 0));
        assertEquals(0xbede, RtpPacket.extensionProfile(FULL, 0));
        assertEquals(4, RtpPacket.extensionLength(FULL, 0));
        assertEquals(24, RtpPacket.extensionOffset(FULL, 0));
        assertEquals(28, RtpPacket.payloadOffset(FULL, 0));
        assertEquals(4, RtpPacket.payloadLength(FULL, 0, FULL.length));
        assertThrows(IndexOutOfBoundsException.class, () -> RtpPacket.csrc(FULL, 0, 2));
    }

    @Test
    void packetsCutShortAreNotValid() {
        for (int length = 0; length < FULL.length; length++) {
            if (length < 28) {
                assertFalse(RtpPacket.isValid(FULL, 0, length), "length " + length);
            }
        }
        assertFalse(RtpPacket.isValid(FULL, 1, FULL.length), "beyond the array");
    }

    @Test
    void wrongVersionsPaddingAndRtcpAreNotValid() {
        var packet = FULL.clone();
        packet[0] = (byte) (packet[0] & 0x3f | 0x40);
        assertFalse(RtpPacket.isValid(packet, 0, packet.length), "version 1");
        packet = FULL.clone();
        packet[packet.length - 1] = 0;
        assertFalse(RtpPacket.isValid(packet, 0, packet.length), "padding of no bytes");
        packet[packet.length - 1] = 9;
        assertFalse(RtpPacket.isValid(packet, 0, packet.length), "padding longer than the payload");
        packet[packet.length - 1] = 8;
        assertTrue(RtpPacket.isValid(packet, 0, packet.length), "padding alone");
        packet = FULL.clone();
        packet[1] = (byte) 200;
        assertFalse(RtpPacket.isValid(packet, 0, packet.length), "a sender report");
    }

    @Test
    void whatIsWrittenIsRead() {
        var b = new byte[20];
        assertEquals(12, RtpPacket.writeHeader(b, 4, true, 101, 65535, -5, 77));
        assertTrue(RtpPacket.isValid(b, 4, 16));
        assertTrue(RtpPacket.marker(b, 4));
        assertEquals(101, RtpPacket.payloadType(b, 4));
        assertEquals(65535, RtpPacket.sequence(b, 4));
        assertEquals(-5, RtpPacket.timestamp(b, 4));
        assertEquals(77, RtpPacket.ssrc(b, 4));
        RtpPacket.marker(b, 4, false);
        RtpPacket.payloadType(b, 4, 0);
        RtpPacket.sequence(b, 4, 65536 + 7);
        assertFalse(RtpPacket.marker(b, 4));
        assertEquals(0, RtpPacket.payloadType(b, 4));
        assertEquals(7, RtpPacket.sequence(b, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> RtpPacket.writeHeader(b, 9, false, 0, 0, 0, 0));
    }

    @Test
    void randomBytesThatAreValidCanBeReadWhole() {
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            var b = new byte[random.nextInt(80)];
            random.nextBytes(b);
            if (b.length > 1 && random.nextBoolean()) {
                b[0] = (byte) (0x80 | b[0] & 0x3f);
            }
            readWhole(b);
        }
    }

    @FuzzTest(maxDuration = "10s")
    void anyBytesThatAreValidCanBeReadWhole(byte[] b) {
        readWhole(b);
    }

    private static void readWhole(byte[] b) {
        if (!RtpPacket.isValid(b, 0, b.length)) {
            return;
        }
        for (int i = 0; i < RtpPacket.csrcCount(b, 0); i++) {
            RtpPacket.csrc(b, 0, i);
        }
        int payload = RtpPacket.payloadLength(b, 0, b.length);
        assertTrue(payload >= 0);
        assertTrue(RtpPacket.payloadOffset(b, 0) + payload <= b.length);
        assertTrue(RtpPacket.extensionLength(b, 0) == 0
                || RtpPacket.extensionOffset(b, 0) + RtpPacket.extensionLength(b, 0) == RtpPacket.payloadOffset(b, 0));
    }
}
