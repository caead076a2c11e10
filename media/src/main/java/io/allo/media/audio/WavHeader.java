package io.allo.media.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Locale;

/**
 * What the header of a RIFF WAVE file says. Immutable.
 *
 * @param formatTag 1 PCM, 6 A-law, 7 u-law, 0x31 GSM 06.10 (RFC 2361)
 * @param channels 1 or more
 * @param sampleRate Hz
 * @param bits per sample; 0 for GSM
 * @param dataOffset where the sound begins in the file
 * @param dataBytes its length, as far as the file reaches
 * @param samples per channel as the fact chunk says, or {@link Long#MAX_VALUE}
 */
record WavHeader(int formatTag, int channels, int sampleRate, int bits, long dataOffset, long dataBytes, long samples) {
    static final int PCM = 1;
    static final int ALAW = 6;
    static final int ULAW = 7;
    static final int GSM = 0x31;

    private static final int EXTENSIBLE = 0xfffe;
    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    private static final int FMT = 0x20746d66;
    private static final int FACT = 0x74636166;
    private static final int DATA = 0x61746164;
    private static final int MOST_CHUNKS = 1000;

    /** The header of a new file that is to hold so laid out sound. */
    static WavHeader fresh(int formatTag, int sampleRate, int channels) {
        int bits = formatTag == PCM ? 16 : formatTag == GSM ? 0 : 8;
        return new WavHeader(
                formatTag, channels, sampleRate, bits, formatTag == PCM ? 44 : formatTag == GSM ? 60 : 58, 0, 0);
    }

    /** Reads the chunks from the beginning up to the sound. */
    static WavHeader read(SeekableByteChannel channel) throws IOException {
        channel.position(0);
        var riff = bytes(channel, 12, "RIFF header");
        if (riff.getInt(0) != RIFF || riff.getInt(8) != WAVE) {
            throw new SoundFileException("not a WAVE file: it does not begin with RIFF and WAVE");
        }
        WavHeader format = null;
        long samples = Long.MAX_VALUE;
        long at = 12;
        for (int i = 0; i < MOST_CHUNKS; i++) {
            channel.position(at);
            var chunk = bytes(channel, 8, format == null ? "fmt chunk" : "data chunk");
            long length = chunk.getInt(4) & 0xffffffffL;
            switch (chunk.getInt(0)) {
                case FMT -> format = format(channel, length);
                case FACT -> {
                    if (length >= 4) {
                        samples = bytes(channel, 4, "fact chunk").getInt(0) & 0xffffffffL;
                    }
                }
                case DATA -> {
                    if (format == null) {
                        throw new SoundFileException("a WAVE file whose data chunk comes before its fmt chunk");
                    }
                    return format.withData(at + 8, dataBytes(length, channel.size() - at - 8), samples);
                }
                default -> {}
            }
            at += 8 + length + (length & 1);
        }
        throw new SoundFileException("a WAVE file with more than " + MOST_CHUNKS + " chunks before its data");
    }

    /** How the sound lies. */
    SoundLayout layout() throws SoundFileException {
        if (sampleRate < 4000 || sampleRate > 192_000) {
            throw new SoundFileException("a WAVE file with a sample rate of " + sampleRate + " Hz");
        }
        boolean mono = channels == 1;
        if (formatTag == PCM && (bits == 8 || bits == 16) && channels >= 1 && channels <= 8) {
            return SoundLayout.pcm(sampleRate, bits, channels);
        }
        if (formatTag == ULAW && bits == 8 && mono) {
            return SoundLayout.ulaw(sampleRate);
        }
        if (formatTag == ALAW && bits == 8 && mono) {
            return SoundLayout.alaw(sampleRate);
        }
        if (formatTag == GSM && mono) {
            return SoundLayout.microsoftGsm(sampleRate);
        }
        throw new SoundFileException(String.format(
                Locale.ROOT,
                "a WAVE file in a format not read here: tag 0x%x, %d bits, %d channels (read are PCM of 8 or 16 bits, and u-law,"
                        + " A-law and GSM with one channel)",
                formatTag,
                bits,
                channels));
    }

    /** Writes the header of a file that holds so much sound, beginning at 0. */
    void write(SeekableByteChannel channel, long bytes, long soundSamples) throws IOException {
        int frameBytes = formatTag == GSM ? 65 : bits / 8 * channels;
        long bytesPerSecond = formatTag == GSM ? sampleRate * 65L / 320 : (long) sampleRate * frameBytes;
        var b = ByteBuffer.allocate((int) dataOffset).order(ByteOrder.LITTLE_ENDIAN);
        long padded = bytes + (bytes & 1);
        b.putInt(RIFF).putInt(size(dataOffset - 8 + padded)).putInt(WAVE);
        b.putInt(FMT).putInt(formatTag == PCM ? 16 : formatTag == GSM ? 20 : 18);
        b.putShort((short) formatTag)
                .putShort((short) channels)
                .putInt(sampleRate)
                .putInt((int) bytesPerSecond);
        b.putShort((short) frameBytes).putShort((short) bits);
        if (formatTag != PCM) {
            b.putShort((short) (formatTag == GSM ? 2 : 0));
            if (formatTag == GSM) {
                b.putShort((short) 320); // samples in a block
            }
            b.putInt(FACT).putInt(4).putInt(size(soundSamples));
        }
        b.putInt(DATA).putInt(size(bytes)).flip();
        channel.position(0);
        while (b.hasRemaining()) {
            channel.write(b);
        }
    }

    private WavHeader withData(long offset, long length, long count) {
        // Only GSM's blocks can hold more than the sound; elsewhere a wrong fact chunk is best ignored.
        long most = formatTag == GSM && count > 0 ? count : Long.MAX_VALUE;
        return new WavHeader(formatTag, channels, sampleRate, bits, offset, length, most);
    }

    /** A length of 0 or all ones comes from a writer that was never ended: then the sound goes on to the end of the file. */
    private static long dataBytes(long said, long there) {
        return said == 0 || said == 0xffffffffL ? Math.max(0, there) : Math.min(said, Math.max(0, there));
    }

    private static WavHeader format(SeekableByteChannel channel, long length) throws IOException {
        if (length < 16) {
            throw new SoundFileException("a WAVE file with a fmt chunk of only " + length + " bytes");
        }
        var b = bytes(channel, (int) Math.min(length, 40), "fmt chunk");
        int tag = b.getShort(0) & 0xffff;
        if (tag == EXTENSIBLE && b.limit() >= 26) {
            tag = b.getShort(24) & 0xffff; // the first two bytes of the sub-format's GUID
        }
        return new WavHeader(tag, b.getShort(2) & 0xffff, b.getInt(4), b.getShort(14) & 0xffff, 0, 0, Long.MAX_VALUE);
    }

    private static ByteBuffer bytes(SeekableByteChannel channel, int count, String what) throws IOException {
        var b = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (b.hasRemaining()) {
            if (channel.read(b) < 0) {
                throw new SoundFileException("a WAVE file that ends in or before its " + what);
            }
        }
        return b.flip();
    }

    private static int size(long value) {
        return (int) Math.min(value, 0xffffffffL);
    }
}
