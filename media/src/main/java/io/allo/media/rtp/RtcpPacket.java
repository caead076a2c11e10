package io.allo.media.rtp;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * RTCP packets read in place (RFC 3550 6). Stateless. Walk a compound packet like this, after {@link #isValid}:
 *
 * <pre>{@code
 * for (int at = off; at < off + len; at += RtcpPacket.length(b, at)) {
 *     switch (RtcpPacket.type(b, at)) { case RtcpPacket.SR -> ... }
 * }
 * }</pre>
 */
public final class RtcpPacket {
    /** Sender report. */
    public static final int SR = 200;

    /** Receiver report. */
    public static final int RR = 201;

    /** Source description. */
    public static final int SDES = 202;

    /** Goodbye. */
    public static final int BYE = 203;

    /** Application-defined. */
    public static final int APP = 204;

    /** Transport layer feedback, RFC 4585. */
    public static final int RTPFB = 205;

    /** Payload-specific feedback, RFC 4585. */
    public static final int PSFB = 206;

    /** Extended reports, RFC 3611. */
    public static final int XR = 207;

    /** Length of a report block in bytes. */
    public static final int REPORT_BYTES = 24;

    private static final int CNAME = 1;

    private RtcpPacket() {}

    /**
     * Whether these bytes are a compound packet (RFC 3550 A.2): version 2 throughout, a report first, padding only in the last, lengths
     * that add up, and room in each packet for what its count promises.
     */
    public static boolean isValid(byte[] b, int off, int len) {
        return isValidReducedSize(b, off, len)
                && (type(b, off) == SR || type(b, off) == RR)
                && !hasPaddingBeforeLast(b, off, len);
    }

    /** The same without the demand for a report at the beginning (RFC 5506, {@code a=rtcp-rsize}). */
    public static boolean isValidReducedSize(byte[] b, int off, int len) {
        if (off < 0 || len < 4 || off > b.length - len) {
            return false;
        }
        int end = off + len;
        int at = off;
        while (at < end) {
            if (end - at < 4 || version(b, at) != 2 || length(b, at) > end - at || !hasRoom(b, at)) {
                return false;
            }
            at += length(b, at);
        }
        return true;
    }

    /** Whether a datagram on a shared port is RTCP rather than RTP (RFC 5761 4). */
    public static boolean isRtcp(byte[] b, int off, int len) {
        return len >= 4 && version(b, off) == 2 && type(b, off) >= 192 && type(b, off) <= 223;
    }

    /** The protocol version, 2. */
    public static int version(byte[] b, int at) {
        return (b[at] & 0xc0) >> 6;
    }

    /** The packet type: {@link #SR}, {@link #RR} and so on. */
    public static int type(byte[] b, int at) {
        return b[at + 1] & 0xff;
    }

    /** Report blocks, sources or subtype, 0 to 31. */
    public static int count(byte[] b, int at) {
        return b[at] & 0x1f;
    }

    /** Length of this packet of the compound in bytes, with its padding. */
    public static int length(byte[] b, int at) {
        return 4 * (RtpPacket.u16(b, at + 2) + 1);
    }

    /** Who sends this: in SR, RR, APP and feedback. */
    public static int ssrc(byte[] b, int at) {
        return RtpPacket.i32(b, at + 4);
    }

    /** SR: when it was sent, as {@link NtpTimestamp}. */
    public static long ntpTimestamp(byte[] b, int at) {
        return (long) RtpPacket.i32(b, at + 8) << 32 | RtpPacket.i32(b, at + 12) & 0xffffffffL;
    }

    /** SR: the RTP timestamp of the same moment. */
    public static int rtpTimestamp(byte[] b, int at) {
        return RtpPacket.i32(b, at + 16);
    }

    /** SR: packets sent, modulo 2^32. */
    public static int packetCount(byte[] b, int at) {
        return RtpPacket.i32(b, at + 20);
    }

    /** SR: payload bytes sent, modulo 2^32. */
    public static int octetCount(byte[] b, int at) {
        return RtpPacket.i32(b, at + 24);
    }

    /** SR, RR: where a report block begins; give it to the {@code report...} accessors. */
    public static int reportOffset(byte[] b, int at, int index) {
        Objects.checkIndex(index, count(b, at));
        return at + (type(b, at) == SR ? 28 : 8) + REPORT_BYTES * index;
    }

    /** Report block: whom it is about. */
    public static int reportSsrc(byte[] b, int report) {
        return RtpPacket.i32(b, report);
    }

    /** Report block: the fraction lost since the last report, in 1/256. */
    public static int fractionLost(byte[] b, int report) {
        return b[report + 4] & 0xff;
    }

    /** Report block: packets lost since the beginning; negative with duplicates. */
    public static int cumulativeLost(byte[] b, int report) {
        return RtpPacket.i32(b, report + 4) << 8 >> 8;
    }

    /** Report block: the extended highest sequence number. */
    public static int highestSequence(byte[] b, int report) {
        return RtpPacket.i32(b, report + 8);
    }

    /** Report block: interarrival jitter in timestamp units. */
    public static int jitter(byte[] b, int report) {
        return RtpPacket.i32(b, report + 12);
    }

    /** Report block: the middle of the last sender report's NTP timestamp, 0 if there was none. */
    public static int lastSr(byte[] b, int report) {
        return RtpPacket.i32(b, report + 16);
    }

    /** Report block: how long ago that report came, in 1/65536 s. */
    public static int delaySinceLastSr(byte[] b, int report) {
        return RtpPacket.i32(b, report + 20);
    }

    /** SDES: the canonical name of its first chunk that has one. */
    public static Optional<String> cname(byte[] b, int at) {
        int end = at + length(b, at);
        int chunk = at + 4;
        for (int i = 0; i < count(b, at) && chunk + 4 <= end; i++) {
            int item = chunk + 4;
            while (item + 1 < end && b[item] != 0) {
                int next = item + 2 + (b[item + 1] & 0xff);
                if (next > end) {
                    return Optional.empty();
                }
                if (b[item] == CNAME) {
                    return Optional.of(new String(b, item + 2, next - item - 2, StandardCharsets.UTF_8));
                }
                item = next;
            }
            chunk = at + (item - at + 4 & ~3); // the null item and its padding
        }
        return Optional.empty();
    }

    /** BYE: one of the sources that leave. */
    public static int byeSsrc(byte[] b, int at, int index) {
        Objects.checkIndex(index, count(b, at));
        return RtpPacket.i32(b, at + 4 + 4 * index);
    }

    /** BYE: why they leave, if said. */
    public static Optional<String> byeReason(byte[] b, int at) {
        int place = at + 4 + 4 * count(b, at);
        int end = at + length(b, at);
        if (place >= end || place + 1 + (b[place] & 0xff) > end || b[place] == 0) {
            return Optional.empty();
        }
        return Optional.of(new String(b, place + 1, b[place] & 0xff, StandardCharsets.UTF_8));
    }

    /** APP: its four characters. */
    public static String appName(byte[] b, int at) {
        return new String(b, at + 8, 4, StandardCharsets.US_ASCII);
    }

    /** APP: where its data begins; it goes to the end of the packet. */
    public static int appDataOffset(int at) {
        return at + 12;
    }

    private static boolean hasRoom(byte[] b, int at) {
        int needed = switch (type(b, at)) {
            case SR -> 28 + REPORT_BYTES * count(b, at);
            case RR -> 8 + REPORT_BYTES * count(b, at);
            case BYE -> 4 + 4 * count(b, at);
            case APP, RTPFB, PSFB -> 12;
            case XR -> 8;
            default -> 4;
        };
        int length = length(b, at);
        if ((b[at] & 0x20) != 0) {
            int padding = b[at + length - 1] & 0xff;
            return padding > 0 && padding % 4 == 0 && needed <= length - padding;
        }
        return needed <= length;
    }

    private static boolean hasPaddingBeforeLast(byte[] b, int off, int len) {
        int end = off + len;
        for (int at = off; at + length(b, at) < end; at += length(b, at)) {
            if ((b[at] & 0x20) != 0) {
                return true;
            }
        }
        return false;
    }
}
