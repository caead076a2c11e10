package io.allo.media.srtp;

import io.allo.media.rtp.RtpPacket;
import java.util.Arrays;
import java.util.HexFormat;

/** Keys and packets for the tests of this package. */
final class SrtpPackets {

    static final int SSRC = 0xcafebabe;

    private SrtpPackets() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    static String hex(byte[] b, int off, int length) {
        return HexFormat.of().formatHex(b, off, off + length);
    }

    static SrtpMasterKey key(SrtpSuite suite) {
        var bytes = new byte[suite.keyBytes() + suite.saltBytes()];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (7 * i + suite.ordinal());
        }
        return SrtpMasterKey.ofKeyAndSalt(suite, bytes);
    }

    /** A packet of 160 bytes of sound with the sequence number in every byte. */
    static byte[] rtp(int ssrc, int sequence) {
        var packet = new byte[172];
        Arrays.fill(packet, (byte) sequence);
        RtpPacket.writeHeader(packet, 0, false, 0, sequence & 0xffff, sequence * 160, ssrc);
        return packet;
    }

    /** The packet with room behind it. */
    static byte[] roomy(byte[] packet) {
        return Arrays.copyOf(packet, packet.length + 64);
    }

    static byte[] protect(SrtpContext context, byte[] rtp) {
        var b = roomy(rtp);
        var length = context.protect(b, 0, rtp.length);
        if (length < 0) {
            throw new AssertionError(SrtpFailure.of(length));
        }
        return Arrays.copyOf(b, length);
    }

    static byte[] protect(SrtcpContext context, byte[] rtcp) {
        var b = roomy(rtcp);
        var length = context.protect(b, 0, rtcp.length);
        if (length < 0) {
            throw new AssertionError(SrtpFailure.of(length));
        }
        return Arrays.copyOf(b, length);
    }

    /** OK, or why not; asserts that a packet that was refused is as it was. */
    static String unprotect(SrtpContext context, byte[] srtp, byte[] rtp) {
        var b = srtp.clone();
        var length = context.unprotect(b, 0, b.length);
        return outcome(length, b, srtp, rtp);
    }

    static String unprotect(SrtcpContext context, byte[] srtcp, byte[] rtcp) {
        var b = srtcp.clone();
        var length = context.unprotect(b, 0, b.length);
        return outcome(length, b, srtcp, rtcp);
    }

    private static String outcome(int length, byte[] now, byte[] before, byte[] plain) {
        if (length < 0) {
            return Arrays.equals(now, before) ? SrtpFailure.of(length).name() : "refused, and changed";
        }
        return Arrays.equals(Arrays.copyOf(now, length), plain) ? "OK" : "other text";
    }
}
