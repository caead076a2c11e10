package io.allo.media.audio;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * RIFF WAVE files. Read: PCM of 8 or 16 bits with 1 to 8 channels, mixed to one; u-law, A-law, GSM 06.10 (format 0x31) with one. Written: one
 * channel of 16-bit PCM, u-law, A-law or GSM, two of 16-bit PCM. Stateless; the readers and writers it makes have an owner each.
 */
public final class WavFile {
    /** How the sound of a new file is kept. */
    public enum Encoding {
        /** 16 bits, linear. */
        PCM(WavHeader.PCM),
        /** G.711 u-law. */
        ULAW(WavHeader.ULAW),
        /** G.711 A-law. */
        ALAW(WavHeader.ALAW),
        /** GSM 06.10, "WAV49"; 8000 Hz. */
        GSM(WavHeader.GSM);

        private final int tag;

        Encoding(int tag) {
            this.tag = tag;
        }
    }

    private WavFile() {}

    /**
     * Opens a file to read it. The reader closes the channel.
     *
     * @throws SoundFileException if it is broken or in another format
     */
    public static SoundReader reader(SeekableByteChannel channel) throws IOException {
        var header = WavHeader.read(channel);
        return new FramedReader(channel, header.layout(), header.dataOffset(), header.dataBytes(), header.samples());
    }

    /** Begins a file, with the header of an empty one. The writer closes the channel. */
    public static SoundWriter writer(SeekableByteChannel channel, Encoding encoding, int sampleRate)
            throws IOException {
        if (encoding == Encoding.GSM && sampleRate != 8000) {
            throw new IllegalArgumentException("GSM at " + sampleRate + " Hz");
        }
        var header = WavHeader.fresh(encoding.tag, sampleRate, 1);
        channel.truncate(0);
        header.write(channel, 0, 0);
        return new FramedWriter(channel, header.layout(), header, 0);
    }

    /** Begins a file of 16-bit PCM with two channels: samples are written interleaved, left first. */
    public static SoundWriter stereoWriter(SeekableByteChannel channel, int sampleRate) throws IOException {
        var header = WavHeader.fresh(WavHeader.PCM, sampleRate, 2);
        channel.truncate(0);
        header.write(channel, 0, 0);
        return new FramedWriter(channel, SoundLayout.stereo(sampleRate), header, 0);
    }

    /**
     * Goes on at the end of a file this class wrote.
     *
     * @throws SoundFileException if it is broken, or not as this class writes them
     */
    public static SoundWriter appender(SeekableByteChannel channel) throws IOException {
        return appender(channel, false);
    }

    /**
     * Goes on at the end of a file this class wrote and never ended, whatever its header says of its length.
     *
     * @throws SoundFileException if it is broken, or not as this class writes them
     */
    public static SoundWriter recoverer(SeekableByteChannel channel) throws IOException {
        return appender(channel, true);
    }

    private static SoundWriter appender(SeekableByteChannel channel, boolean toTheEnd) throws IOException {
        var header = WavHeader.read(channel);
        var stereo = header.channels() == 2 && header.formatTag() == WavHeader.PCM && header.bits() == 16;
        var layout = stereo ? SoundLayout.stereo(header.sampleRate()) : header.layout();
        var own = WavHeader.fresh(header.formatTag(), header.sampleRate(), header.channels());
        if (header.channels() != 1 && !stereo
                || header.dataOffset() != own.dataOffset()
                || header.bits() != own.bits()) {
            throw new SoundFileException(
                    "a WAVE file that can't be appended to: its header has chunks of another program");
        }
        long there = toTheEnd ? channel.size() - header.dataOffset() : header.dataBytes();
        long whole = there / layout.frameBytes() * layout.frameBytes();
        channel.truncate(own.dataOffset() + whole);
        channel.position(own.dataOffset() + whole);
        return new FramedWriter(channel, layout, own, whole);
    }
}
