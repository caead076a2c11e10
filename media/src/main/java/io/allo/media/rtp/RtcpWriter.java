package io.allo.media.rtp;

import java.util.Objects;

/**
 * Writes a compound RTCP packet (RFC 3550 6.1): a report, its blocks, a source description, perhaps a goodbye. Owned by one thread;
 * {@link #begin} uses it again.
 */
public final class RtcpWriter {
    private static final int MOST_REPORTS = 31;

    private byte[] b = new byte[0];
    private int start;
    private int end;
    private int packet;

    /** Begins a compound packet in an array. */
    public RtcpWriter begin(byte[] out, int off) {
        Objects.checkFromIndexSize(off, 0, out.length);
        b = out;
        start = off;
        end = off;
        packet = -1;
        return this;
    }

    /** A sender report (6.4.1); report blocks follow. */
    public RtcpWriter senderReport(int ssrc, long ntp, int rtpTimestamp, int packets, int octets) {
        open(RtcpPacket.SR);
        put(ssrc);
        put((int) (ntp >> 32));
        put((int) ntp);
        put(rtpTimestamp);
        put(packets);
        put(octets);
        return close();
    }

    /** A receiver report (6.4.2); report blocks follow. */
    public RtcpWriter receiverReport(int ssrc) {
        open(RtcpPacket.RR);
        put(ssrc);
        return close();
    }

    /**
     * A report block, after {@link #senderReport} or {@link #receiverReport}. The cumulative loss is held to 24 bits.
     *
     * @throws IllegalStateException if no report is open, or it has 31 blocks
     */
    public RtcpWriter report(
            int ssrc,
            int fractionLost,
            long cumulativeLost,
            int highest,
            int jitter,
            int lastSr,
            int delaySinceLastSr) {
        if (packet < 0 || RtcpPacket.type(b, packet) > RtcpPacket.RR || RtcpPacket.count(b, packet) == MOST_REPORTS) {
            throw new IllegalStateException("no report open, or full");
        }
        b[packet]++;
        put(ssrc);
        put(fractionLost << 24 | (int) Math.clamp(cumulativeLost, -0x800000, 0x7fffff) & 0xffffff);
        put(highest);
        put(jitter);
        put(lastSr);
        put(delaySinceLastSr);
        return close();
    }

    /** A source description with the canonical name alone (6.5.1), at most 255 bytes of UTF-8. */
    public RtcpWriter sourceDescription(int ssrc, byte[] cname) {
        if (cname.length > 255) {
            throw new IllegalArgumentException("a CNAME of " + cname.length + " bytes");
        }
        open(RtcpPacket.SDES);
        b[packet]++;
        put(ssrc);
        int padded = cname.length + 2 + 4 & ~3;
        Objects.checkFromIndexSize(end, padded, b.length);
        b[end] = 1;
        b[end + 1] = (byte) cname.length;
        System.arraycopy(cname, 0, b, end + 2, cname.length);
        for (int i = 2 + cname.length; i < padded; i++) {
            b[end + i] = 0;
        }
        end += padded;
        return close();
    }

    /** A goodbye of one source (6.6). */
    public RtcpWriter bye(int ssrc) {
        open(RtcpPacket.BYE);
        b[packet]++;
        put(ssrc);
        return close();
    }

    /** Length of what was written, in bytes. */
    public int length() {
        return end - start;
    }

    private void open(int type) {
        Objects.checkFromIndexSize(end, 4, b.length);
        packet = end;
        b[end] = (byte) 0x80;
        b[end + 1] = (byte) type;
        end += 4;
    }

    private RtcpWriter close() {
        int words = (end - packet) / 4 - 1;
        b[packet + 2] = (byte) (words >> 8);
        b[packet + 3] = (byte) words;
        return this;
    }

    private void put(int value) {
        Objects.checkFromIndexSize(end, 4, b.length);
        RtpPacket.put32(b, end, value);
        end += 4;
    }
}
