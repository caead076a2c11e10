package io.allo.media.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The identification header of an Ogg Opus stream (RFC 7845 5.1). Immutable.
 *
 * @param channels 1 or 2 with mapping family 0
 * @param preSkip samples at 48 kHz that the decoder makes before the sound begins
 * @param inputRate Hz of what was encoded, for information
 * @param gainQ8 output gain in 1/256 dB
 */
record OpusHead(int channels, int preSkip, int inputRate, int gainQ8) {
    private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAGS = "OpusTags".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VORBIS = "\1vorbis".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 19;

    /** Whether a stream's first packet is such a header. */
    static boolean isOne(byte[] b, int off, int length) {
        return length >= BYTES && Arrays.equals(b, off, off + MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** What else a stream's first packet is, for a message. */
    static String kind(byte[] b, int off, int length) {
        return length >= VORBIS.length && Arrays.equals(b, off, off + VORBIS.length, VORBIS, 0, VORBIS.length)
                ? "Vorbis"
                : "something else";
    }

    /** Reads it. */
    static OpusHead read(byte[] b, int off) throws SoundFileException {
        var in = ByteBuffer.wrap(b, off, BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int version = in.get(off + 8) & 0xff;
        if (version >> 4 != 0) {
            throw new SoundFileException("an Opus file of version " + version + ", which is not known");
        }
        int channels = in.get(off + 9) & 0xff;
        int family = in.get(off + 18) & 0xff;
        if (channels < 1 || channels > 2 || family > 1) {
            throw new SoundFileException(
                    "an Opus file with " + channels + " channels (mapping family " + family + "); one or two are read");
        }
        return new OpusHead(channels, in.getShort(off + 10) & 0xffff, in.getInt(off + 12), in.getShort(off + 16));
    }

    /** The header's bytes. */
    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) channels)
                .putShort((short) preSkip)
                .putInt(inputRate)
                .putShort((short) gainQ8)
                .put((byte) 0)
                .array();
    }

    /** A comment header that names the program alone: RFC 7845 5.2. */
    static byte[] tags() {
        var vendor = "allo".getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(TAGS.length + 8 + vendor.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(TAGS)
                .putInt(vendor.length)
                .put(vendor)
                .putInt(0)
                .array();
    }

    /** How many samples at 48 kHz a packet makes: RFC 6716 3.1. */
    static int samples(byte[] b, int off, int length) {
        if (length == 0) {
            return 0;
        }
        int config = (b[off] & 0xff) >> 3;
        int frame; // in units of 2.5 ms
        if (config < 12) {
            frame = new int[] {4, 8, 16, 24}[config & 3];
        } else if (config < 16) {
            frame = (config & 1) == 0 ? 4 : 8;
        } else {
            frame = 1 << (config & 3);
        }
        int frames = switch (b[off] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> length < 2 ? 0 : b[off + 1] & 0x3f;
        };
        return frame * frames > 48 ? 0 : frame * frames * 120;
    }
}
