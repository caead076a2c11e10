package io.allo.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtcpPacketTest {
    private static final byte[] CNAME = "1001@pbx.example".getBytes(StandardCharsets.UTF_8);

    @Test
    void aCompoundPacketIsReadAsItWasWritten() {
        var b = new byte[200];
        int length = compound(b, 3);
        assertTrue(RtcpPacket.isValid(b, 3, length));
        assertTrue(RtcpPacket.isRtcp(b, 3, length));
        assertEquals(RtcpPacket.SR, RtcpPacket.type(b, 3));
        assertEquals(2, RtcpPacket.count(b, 3));
        assertEquals(0x11111111, RtcpPacket.ssrc(b, 3));
        assertEquals(0x8000000012345678L, RtcpPacket.ntpTimestamp(b, 3));
        assertEquals(-160, RtcpPacket.rtpTimestamp(b, 3));
        assertEquals(50, RtcpPacket.packetCount(b, 3));
        assertEquals(8000, RtcpPacket.octetCount(b, 3));
        int report = RtcpPacket.reportOffset(b, 3, 1);
        assertEquals(0x33333333, RtcpPacket.reportSsrc(b, report));
        assertEquals(255, RtcpPacket.fractionLost(b, report));
        assertEquals(-3, RtcpPacket.cumulativeLost(b, report));
        assertEquals(65537, RtcpPacket.highestSequence(b, report));
        assertEquals(99, RtcpPacket.jitter(b, report));
        assertEquals(7, RtcpPacket.lastSr(b, report));
        assertEquals(8, RtcpPacket.delaySinceLastSr(b, report));
        int sdes = 3 + RtcpPacket.length(b, 3);
        assertEquals(RtcpPacket.SDES, RtcpPacket.type(b, sdes));
        assertEquals(Optional.of("1001@pbx.example"), RtcpPacket.cname(b, sdes));
        int bye = sdes + RtcpPacket.length(b, sdes);
        assertEquals(RtcpPacket.BYE, RtcpPacket.type(b, bye));
        assertEquals(0x11111111, RtcpPacket.byeSsrc(b, bye, 0));
        assertEquals(Optional.empty(), RtcpPacket.byeReason(b, bye));
        assertEquals(length, bye + RtcpPacket.length(b, bye) - 3);
    }

    @Test
    void everyCanonicalNameLengthIsPaddedRight() {
        var b = new byte[400];
        for (int n = 0; n <= 255; n++) {
            var cname = new byte[n];
            Arrays.fill(cname, (byte) 'x');
            Arrays.fill(b, (byte) 0xee);
            int length = new RtcpWriter()
                    .begin(b, 0)
                    .receiverReport(1)
                    .sourceDescription(1, cname)
                    .length();
            assertTrue(RtcpPacket.isValid(b, 0, length));
            assertEquals("x".repeat(n), RtcpPacket.cname(b, 8).orElseThrow());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new RtcpWriter().begin(b, 0).sourceDescription(1, new byte[256]));
    }

    @Test
    void aPacketFromAPhoneIsRead() {
        // A receiver report with its SDES and a BYE with reason, laid out by hand from RFC 3550 6.4.2, 6.5 and 6.6.
        var b = HexFormat.of()
                .parseHex(("81c90007 cafe0001 cafe0002 19000004 0001000a 00000050 4b2f0000 00010000"
                                + "81ca0004 cafe0001 01 05 6140622e63 06 01 58 00 00"
                                + "81cb0003 cafe0001 05 7468616e6b 0000")
                        .replace(" ", ""));
        assertTrue(RtcpPacket.isValid(b, 0, b.length));
        int report = RtcpPacket.reportOffset(b, 0, 0);
        assertEquals(0xcafe0002, RtcpPacket.reportSsrc(b, report));
        assertEquals(25, RtcpPacket.fractionLost(b, report));
        assertEquals(4, RtcpPacket.cumulativeLost(b, report));
        assertEquals(Optional.of("a@b.c"), RtcpPacket.cname(b, 32));
        assertEquals(Optional.of("thank"), RtcpPacket.byeReason(b, 52));
    }

    @Test
    void wrongCompoundsAreNotValid() {
        var b = new byte[200];
        int length = compound(b, 0);
        for (int cut = 1; cut < length; cut++) {
            boolean atBoundary = cut == 76 || cut == 104;
            assertEquals(atBoundary, RtcpPacket.isValid(b, 0, cut), "cut to " + cut);
        }
        int sdes = RtcpPacket.length(b, 0);
        assertFalse(RtcpPacket.isValid(b, sdes, length - sdes), "does not begin with a report");
        assertTrue(RtcpPacket.isValidReducedSize(b, sdes, length - sdes));
        b[0] |= 0x03;
        assertFalse(RtcpPacket.isValid(b, 0, length), "more report blocks than there is room for");
        compound(b, 0);
        b[0] |= 0x20;
        b[75] = 4;
        assertFalse(RtcpPacket.isValid(b, 0, length), "padding before the last");
    }

    @Test
    void aReportTakesThirtyOneBlocksAndNoMore() {
        var b = new byte[2000];
        var writer = new RtcpWriter().begin(b, 0).receiverReport(1);
        for (int i = 0; i < 31; i++) {
            writer.report(i, 0, 0, 0, 0, 0, 0);
        }
        assertTrue(RtcpPacket.isValid(b, 0, writer.length()));
        assertThrows(IllegalStateException.class, () -> writer.report(1, 0, 0, 0, 0, 0, 0));
        assertThrows(
                IllegalStateException.class, () -> new RtcpWriter().begin(b, 0).report(1, 0, 0, 0, 0, 0, 0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> new RtcpWriter().begin(new byte[10], 0).senderReport(1, 2, 3, 4, 5));
    }

    @Test
    void cumulativeLossIsHeldToTwentyFourBits() {
        var b = new byte[100];
        new RtcpWriter().begin(b, 0).receiverReport(1).report(2, 0, 99_999_999L, 0, 0, 0, 0);
        assertEquals(0x7fffff, RtcpPacket.cumulativeLost(b, 8));
        new RtcpWriter().begin(b, 0).receiverReport(1).report(2, 0, -99_999_999L, 0, 0, 0, 0);
        assertEquals(-0x800000, RtcpPacket.cumulativeLost(b, 8));
    }

    @Test
    void theRoundTripOfFigure2InRfc3550() {
        // A = 0xb710:8000, LSR = 0xb705:2000, DLSR = 0x0005:4000 give 6.125 s
        assertEquals(6_125_000_000L, NtpTimestamp.roundTripNanos(0xb7108000, 0xb7052000, 0x00054000));
        assertEquals(-1, NtpTimestamp.roundTripNanos(5, 0, 0));
        assertEquals(0xb7052000, NtpTimestamp.middle(0xb44db705_20000000L));
        assertEquals(0x83aa7e80_80000000L, NtpTimestamp.of(0, 500_000_000));
        assertEquals(0x00054000, NtpTimestamp.units(5_250_000_000L));
    }

    @Test
    void writingAllocatesNothing() {
        var b = new byte[200];
        var writer = new RtcpWriter();
        assertEquals(
                0,
                io.allo.media.codec.TestSound.allocatedBytes(() -> writer.begin(b, 0)
                        .senderReport(1, 2, 3, 4, 5)
                        .report(1, 2, 3, 4, 5, 6, 7)
                        .sourceDescription(1, CNAME)));
    }

    @Test
    void randomBytesThatAreValidCanBeReadWhole() {
        var random = new Random(2);
        var b = new byte[200];
        int valid = 0;
        for (int i = 0; i < 100_000; i++) {
            int length = compound(b, 0);
            for (int n = random.nextInt(4); n >= 0; n--) {
                b[random.nextInt(length)] = (byte) random.nextInt();
            }
            valid += readWhole(Arrays.copyOf(b, length)) ? 1 : 0;
        }
        assertTrue(valid > 1000);
    }

    @FuzzTest(maxDuration = "10s")
    void anyBytesThatAreValidCanBeReadWhole(byte[] b) {
        readWhole(b);
    }

    private static int compound(byte[] b, int off) {
        return new RtcpWriter()
                .begin(b, off)
                .senderReport(0x11111111, 0x8000000012345678L, -160, 50, 8000)
                .report(0x22222222, 1, 2, 3, 4, 5, 6)
                .report(0x33333333, 255, -3, 65537, 99, 7, 8)
                .sourceDescription(0x11111111, CNAME)
                .bye(0x11111111)
                .length();
    }

    private static boolean readWhole(byte[] b) {
        if (!RtcpPacket.isValidReducedSize(b, 0, b.length)) {
            assertFalse(RtcpPacket.isValid(b, 0, b.length));
            return false;
        }
        RtcpPacket.isValid(b, 0, b.length);
        for (int at = 0; at < b.length; at += RtcpPacket.length(b, at)) {
            switch (RtcpPacket.type(b, at)) {
                case RtcpPacket.SR, RtcpPacket.RR -> {
                    for (int i = 0; i < RtcpPacket.count(b, at); i++) {
                        RtcpPacket.delaySinceLastSr(b, RtcpPacket.reportOffset(b, at, i));
                    }
                }
                case RtcpPacket.SDES -> RtcpPacket.cname(b, at);
                case RtcpPacket.BYE -> RtcpPacket.byeReason(b, at);
                case RtcpPacket.APP -> RtcpPacket.appName(b, at);
                default -> {}
            }
        }
        return true;
    }
}
