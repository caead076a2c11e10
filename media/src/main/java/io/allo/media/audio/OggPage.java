package io.allo.media.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * One page of an Ogg stream (RFC 3533 6): a header, a table of segments, and the packets or pieces of packets that they make. Read and
 * written in place, again and again. Owned by its reader or writer.
 */
final class OggPage {
    /** Flags of the header: its first packet goes on from the page before; first page of its stream; last one. */
    static final int CONTINUED = 1;

    static final int FIRST = 2;
    static final int LAST = 4;

    /** The granule position of a page on which no packet ends. */
    static final long NONE = -1;

    private static final int HEADER_BYTES = 27;
    private static final int MOST_SEGMENTS = 255;
    private static final int MOST_BYTES = HEADER_BYTES + MOST_SEGMENTS + MOST_SEGMENTS * 255;
    private static final int CAPTURE = 0x5367674f; // "OggS", least significant byte first
    private static final int CHECKSUM_AT = 22;
    private static final int[] CRC = table();

    final byte[] bytes = new byte[MOST_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private int bodyBytes;

    int flags() {
        return bytes[5];
    }

    boolean is(int flag) {
        return (bytes[5] & flag) != 0;
    }

    long granule() {
        return buffer.getLong(6);
    }

    int serial() {
        return buffer.getInt(14);
    }

    int sequence() {
        return buffer.getInt(18);
    }

    int segments() {
        return bytes[26] & 0xff;
    }

    int segmentBytes(int i) {
        return bytes[HEADER_BYTES + i] & 0xff;
    }

    int bodyAt() {
        return HEADER_BYTES + segments();
    }

    int length() {
        return bodyAt() + bodyBytes;
    }

    /**
     * Reads the page that begins here, with its packets only if they are wanted; the channel then stands behind it.
     *
     * @return false if no whole page begins here
     */
    boolean read(SeekableByteChannel channel, boolean withBody) throws IOException {
        long at = channel.position();
        if (!fill(channel, 0, HEADER_BYTES) || buffer.getInt(0) != CAPTURE || bytes[4] != 0) {
            return false;
        }
        if (!fill(channel, HEADER_BYTES, segments())) {
            return false;
        }
        bodyBytes = 0;
        for (int i = 0; i < segments(); i++) {
            bodyBytes += segmentBytes(i);
        }
        if (withBody) {
            return fill(channel, bodyAt(), bodyBytes);
        }
        long end = at + length();
        channel.position(end);
        return end <= channel.size();
    }

    /** Whether what was read with its body is what was written. */
    boolean isIntact() {
        int said = buffer.getInt(CHECKSUM_AT);
        buffer.putInt(CHECKSUM_AT, 0);
        int is = checksum();
        buffer.putInt(CHECKSUM_AT, said);
        return said == is;
    }

    /** Begins a page. */
    void begin(int serial, int sequence) {
        buffer.putInt(0, CAPTURE);
        bytes[4] = 0;
        bytes[5] = 0;
        buffer.putInt(14, serial);
        buffer.putInt(18, sequence);
        bytes[26] = 0;
        bodyBytes = 0;
    }

    /** Writes the page of these packets, one after the other in {@code from}, each shorter than 64 KiB in all. */
    void write(SeekableByteChannel channel, int flags, long granule, byte[] from, int[] lengths, int packets)
            throws IOException {
        int segments = 0;
        bodyBytes = 0;
        for (int i = 0; i < packets; i++) {
            for (int left = lengths[i]; left >= 0; left -= 255) {
                bytes[HEADER_BYTES + segments++] = (byte) Math.min(left, 255);
            }
            bodyBytes += lengths[i];
        }
        bytes[26] = (byte) segments;
        System.arraycopy(from, 0, bytes, bodyAt(), bodyBytes);
        bytes[5] = (byte) flags;
        buffer.putLong(6, granule);
        seal();
        put(channel);
    }

    /** Marks a page that was read as the last of its stream; it is to be put where it was. */
    void markLast() {
        bytes[5] |= LAST;
        seal();
    }

    void put(SeekableByteChannel channel) throws IOException {
        var whole = ByteBuffer.wrap(bytes, 0, length());
        while (whole.hasRemaining()) {
            channel.write(whole);
        }
    }

    private void seal() {
        buffer.putInt(CHECKSUM_AT, 0);
        buffer.putInt(CHECKSUM_AT, checksum());
    }

    private boolean fill(SeekableByteChannel channel, int at, int count) throws IOException {
        var some = ByteBuffer.wrap(bytes, at, count);
        while (some.hasRemaining()) {
            if (channel.read(some) < 0) {
                return false;
            }
        }
        return true;
    }

    /** RFC 3533 6, field 7: CRC-32 with the polynomial 0x04c11db7, from the most significant bit, from 0, not inverted. */
    private int checksum() {
        int crc = 0;
        for (int i = 0; i < length(); i++) {
            crc = crc << 8 ^ CRC[crc >>> 24 ^ bytes[i] & 0xff];
        }
        return crc;
    }

    private static int[] table() {
        var table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value << 1 ^ (value < 0 ? 0x04c11db7 : 0);
            }
            table[i] = value;
        }
        return table;
    }
}
