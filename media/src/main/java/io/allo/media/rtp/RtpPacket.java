package io.allo.media.rtp;

import java.util.Objects;

/**
 * The RTP fixed header and what follows it (RFC 3550 5.1), read and written in place at {@code off} of a byte array. Stateless.
 *
 * <p>Check {@link #isValid} first; the accessors trust the bytes. Timestamps and SSRCs are the 32 bits as they are: use
 * {@link Integer#toUnsignedLong} to print them and subtraction to compare them.
 */
public final class RtpPacket {
    /** Length of the header without contributing sources and extension, in bytes. */
    public static final int HEADER_BYTES = 12;

    private RtpPacket() {}

    /**
     * Whether these bytes can be an RTP packet (RFC 3550 A.1): version 2, not an RTCP type where RTP and RTCP share a port (RFC 5761
     * 4), and all lengths within the packet.
     */
    public static boolean isValid(byte[] b, int off, int len) {
        if (off < 0 || len < HEADER_BYTES || off > b.length - len || version(b, off) != 2) {
            return false;
        }
        if (payloadType(b, off) >= 64 && payloadType(b, off) <= 95) {
            return false; // RTCP packet types 192 to 223
        }
        int header = HEADER_BYTES + 4 * csrcCount(b, off);
        if (hasExtension(b, off)) {
            if (len < header + 4) {
                return false;
            }
            header += 4 + 4 * u16(b, off + header + 2);
        }
        if (len < header) {
            return false;
        }
        if (hasPadding(b, off)) {
            int padding = b[off + len - 1] & 0xff;
            return padding > 0 && padding <= len - header;
        }
        return true;
    }

    /** The protocol version, 2. */
    public static int version(byte[] b, int off) {
        return (b[off] & 0xc0) >> 6;
    }

    /** Whether the last byte counts padding bytes at the end. */
    public static boolean hasPadding(byte[] b, int off) {
        return (b[off] & 0x20) != 0;
    }

    /** Whether a header extension follows the contributing sources. */
    public static boolean hasExtension(byte[] b, int off) {
        return (b[off] & 0x10) != 0;
    }

    /** The number of contributing sources, 0 to 15. */
    public static int csrcCount(byte[] b, int off) {
        return b[off] & 0x0f;
    }

    /** A contributing source. */
    public static int csrc(byte[] b, int off, int index) {
        Objects.checkIndex(index, csrcCount(b, off));
        return i32(b, off + HEADER_BYTES + 4 * index);
    }

    /** The marker bit: the first packet of a talkspurt (RFC 3551 4.1) or of a telephone event. */
    public static boolean marker(byte[] b, int off) {
        return (b[off + 1] & 0x80) != 0;
    }

    /** The payload type, 0 to 127. */
    public static int payloadType(byte[] b, int off) {
        return b[off + 1] & 0x7f;
    }

    /** The sequence number, 0 to 65535. */
    public static int sequence(byte[] b, int off) {
        return u16(b, off + 2);
    }

    /** The timestamp, in units of the payload's clock. */
    public static int timestamp(byte[] b, int off) {
        return i32(b, off + 4);
    }

    /** The synchronization source. */
    public static int ssrc(byte[] b, int off) {
        return i32(b, off + 8);
    }

    /** Length of header, contributing sources and extension, in bytes. */
    public static int headerLength(byte[] b, int off) {
        int header = HEADER_BYTES + 4 * csrcCount(b, off);
        return hasExtension(b, off) ? header + 4 + 4 * u16(b, off + header + 2) : header;
    }

    /** The 16 bits that name the extension: 0xBEDE for RFC 8285 one-byte elements; -1 if there is no extension. */
    public static int extensionProfile(byte[] b, int off) {
        return hasExtension(b, off) ? u16(b, off + HEADER_BYTES + 4 * csrcCount(b, off)) : -1;
    }

    /** Where the extension's data begins in the array; meaningful only if there is one. */
    public static int extensionOffset(byte[] b, int off) {
        return off + HEADER_BYTES + 4 * csrcCount(b, off) + 4;
    }

    /** Length of the extension's data in bytes, 0 if there is none. */
    public static int extensionLength(byte[] b, int off) {
        return hasExtension(b, off) ? 4 * u16(b, off + HEADER_BYTES + 4 * csrcCount(b, off) + 2) : 0;
    }

    /** Where the payload begins in the array. */
    public static int payloadOffset(byte[] b, int off) {
        return off + headerLength(b, off);
    }

    /** Length of the payload of a packet of {@code len} bytes, without padding. */
    public static int payloadLength(byte[] b, int off, int len) {
        int padding = hasPadding(b, off) ? b[off + len - 1] & 0xff : 0;
        return len - headerLength(b, off) - padding;
    }

    /**
     * Writes a header without contributing sources, extension or padding.
     *
     * @return {@link #HEADER_BYTES}
     */
    public static int writeHeader(
            byte[] b, int off, boolean marker, int payloadType, int sequence, int timestamp, int ssrc) {
        Objects.checkFromIndexSize(off, HEADER_BYTES, b.length);
        b[off] = (byte) 0x80;
        b[off + 1] = (byte) ((marker ? 0x80 : 0) | payloadType & 0x7f);
        sequence(b, off, sequence);
        timestamp(b, off, timestamp);
        ssrc(b, off, ssrc);
        return HEADER_BYTES;
    }

    /** Rewrites the marker bit. */
    public static void marker(byte[] b, int off, boolean marker) {
        b[off + 1] = (byte) (marker ? b[off + 1] | 0x80 : b[off + 1] & 0x7f);
    }

    /** Rewrites the payload type. */
    public static void payloadType(byte[] b, int off, int payloadType) {
        b[off + 1] = (byte) (b[off + 1] & 0x80 | payloadType & 0x7f);
    }

    /** Rewrites the sequence number; only its low 16 bits are taken. */
    public static void sequence(byte[] b, int off, int sequence) {
        b[off + 2] = (byte) (sequence >> 8);
        b[off + 3] = (byte) sequence;
    }

    /** Rewrites the timestamp. */
    public static void timestamp(byte[] b, int off, int timestamp) {
        put32(b, off + 4, timestamp);
    }

    /** Rewrites the synchronization source. */
    public static void ssrc(byte[] b, int off, int ssrc) {
        put32(b, off + 8, ssrc);
    }

    static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }

    static int i32(byte[] b, int at) {
        return b[at] << 24 | (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | b[at + 3] & 0xff;
    }

    static void put32(byte[] b, int at, int value) {
        b[at] = (byte) (value >> 24);
        b[at + 1] = (byte) (value >> 16);
        b[at + 2] = (byte) (value >> 8);
        b[at + 3] = (byte) value;
    }
}
