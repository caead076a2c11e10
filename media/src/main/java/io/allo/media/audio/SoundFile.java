package io.allo.media.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;

/** Opens sound files of every {@link SoundFormat}. Stateless; the readers and writers it makes have an owner each. */
public final class SoundFile {
    /** The most an {@link InputStream} may give: half an hour at 48000 Hz. */
    public static final int MOST_STREAM_BYTES = 180_000_000;

    private SoundFile() {}

    /**
     * Opens a file to read it. The reader closes the channel.
     *
     * @throws SoundFileException if it is broken or its content is not of the format
     */
    public static SoundReader open(SeekableByteChannel channel, SoundFormat format) throws IOException {
        if (format.isWave()) {
            return WavFile.reader(channel);
        }
        if (format == SoundFormat.OPUS) {
            return new OggOpusReader(channel);
        }
        return new FramedReader(channel, SoundLayout.of(format), 0, channel.size(), Long.MAX_VALUE);
    }

    /** Opens a file that is in memory. */
    public static SoundReader open(byte[] bytes, SoundFormat format) throws IOException {
        return open(new BytesChannel(bytes), format);
    }

    /** Reads a stream to its end, and opens what it gave. The caller closes the stream. */
    public static SoundReader open(InputStream stream, SoundFormat format) throws IOException {
        var bytes = stream.readNBytes(MOST_STREAM_BYTES + 1);
        if (bytes.length > MOST_STREAM_BYTES) {
            throw new SoundFileException("a sound stream of more than " + MOST_STREAM_BYTES + " bytes");
        }
        return open(bytes, format);
    }

    /** Begins a file; what was in it is lost. The writer closes the channel. */
    public static SoundWriter create(SeekableByteChannel channel, SoundFormat format) throws IOException {
        return switch (format) {
            case WAV, WAV16 -> WavFile.writer(channel, WavFile.Encoding.PCM, format.sampleRate());
            case OPUS -> OggOpusWriter.create(channel);
            case WAV49 -> WavFile.writer(channel, WavFile.Encoding.GSM, format.sampleRate());
            default -> {
                channel.truncate(0);
                channel.position(0);
                yield new FramedWriter(channel, SoundLayout.of(format), null, 0);
            }
        };
    }

    /** Goes on at the end of a file. The channel must be readable too. An empty file is begun. */
    public static SoundWriter append(SeekableByteChannel channel, SoundFormat format) throws IOException {
        if (channel.size() == 0) {
            return create(channel, format);
        }
        if (format.isWave()) {
            return WavFile.appender(channel);
        }
        if (format == SoundFormat.OPUS) {
            return OggOpusWriter.append(channel);
        }
        var layout = SoundLayout.of(format);
        long whole = channel.size() / layout.frameBytes() * layout.frameBytes();
        channel.truncate(whole);
        channel.position(whole);
        return new FramedWriter(channel, layout, null, whole);
    }
}
