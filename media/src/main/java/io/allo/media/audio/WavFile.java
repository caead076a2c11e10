package io.allo.media.audio;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * RIFF WAVE files. Read: PCM of 8 or 16 bits with 1 to 8 channels, mixed to one; u-law, A-law, GSM 06.10 (format 0x31) with one. Written: one
 * channel of 16-bit PCM, u-law, A-law or GSM. Stateless; the readers and writers it makes have an owner each.
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
        var header = WavHeader.fresh(encoding.tag, sampleRate);
        channel.truncate(0);
        header.write(channel, 0, 0);
        return new FramedWriter(channel, header.layout(), header, 0);
    }

    /**
     * Goes on at the end of a file this class wrote.
     *
     * @throws SoundFileException if it is broken, or not as this class writes them
     */
    public static SoundWriter appender(SeekableByteChannel channel) throws IOException {
        var header = WavHeader.read(channel);
        var layout = header.layout();
        var own = WavHeader.fresh(header.formatTag(), header.sampleRate());
        if (header.channels() != 1 || header.dataOffset() != own.dataOffset() || header.bits() != own.bits()) {
            throw new SoundFileException(
                    "a WAVE file that can't be appended to: its header has chunks of another program");
        }
        long whole = header.dataBytes() / layout.frameBytes() * layout.frameBytes();
        channel.truncate(own.dataOffset() + whole);
        channel.position(own.dataOffset() + whole);
        return new FramedWriter(channel, layout, own, whole);
    }
}
