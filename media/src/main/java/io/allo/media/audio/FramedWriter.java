package io.allo.media.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes frames of one kind to a file, and keeps its header, if it has one, in step. Owned by one thread; allocates nothing while writing. */
final class FramedWriter implements SoundWriter {
    private static final int BUFFER_SAMPLES = 3200;

    private final SeekableByteChannel channel;
    private final SoundLayout layout;
    private final @Nullable WavHeader header;
    private final SoundLayout.Packer packer;
    private final int channels;
    private final short[] pcm;
    private final byte[] bytes;
    private int waiting;
    private long samples;
    private long dataBytes;
    private boolean closed;

    /** The channel stands where the first frame belongs; before it lie so many bytes of sound. */
    FramedWriter(SeekableByteChannel channel, SoundLayout layout, @Nullable WavHeader header, long dataBytes) {
        this.channel = channel;
        this.layout = layout;
        this.header = header;
        this.dataBytes = dataBytes;
        samples = dataBytes / layout.frameBytes() * layout.frameSamples();
        channels = header == null ? 1 : header.channels();
        packer = layout.packing().packer();
        int many = Math.max(1, BUFFER_SAMPLES / layout.frameSamples());
        pcm = new short[many * layout.frameSamples()];
        bytes = new byte[many * layout.frameBytes()];
    }

    @Override
    public int sampleRate() {
        return layout.sampleRate();
    }

    @Override
    public void write(short[] from, int off, int n) throws IOException {
        Objects.checkFromIndexSize(off, n, from.length);
        for (int done = 0; done < n; ) {
            int some = Math.min(n - done, pcm.length - waiting);
            System.arraycopy(from, off + done, pcm, waiting, some);
            waiting += some;
            samples += some;
            done += some;
            if (waiting == pcm.length) {
                drain();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        drain();
        if (header != null) {
            long end = channel.position();
            header.write(
                    channel, dataBytes, Math.min(samples, dataBytes / layout.frameBytes() * layout.frameSamples()));
            channel.position(end);
        }
    }

    @Override
    public long lengthMs() {
        return samples * 1000 / (layout.sampleRate() * channels);
    }

    @Override
    public void shorten(long ms) throws IOException {
        drain();
        long start = channel.position() - dataBytes;
        long left = Math.max(0, samples - ms * layout.sampleRate() * channels / 1000);
        long frames = (left + layout.frameSamples() - 1) / layout.frameSamples();
        if (frames * layout.frameBytes() < dataBytes) {
            dataBytes = frames * layout.frameBytes();
            channel.truncate(start + dataBytes);
            channel.position(start + dataBytes);
            waiting = 0;
        } else {
            waiting = (int) Math.min(waiting, Math.max(0, left - frames(dataBytes)));
        }
        samples = Math.min(left, frames(dataBytes) + waiting);
        flush();
    }

    private long frames(long someBytes) {
        return someBytes / layout.frameBytes() * layout.frameSamples();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            drain();
            if (waiting > 0) {
                Arrays.fill(pcm, waiting, layout.frameSamples(), (short) 0);
                waiting = layout.frameSamples();
                drain();
            }
            if (header != null && dataBytes % 2 != 0) {
                put(new byte[1], 1); // RIFF chunks are padded to even lengths
            }
            flush();
        }
    }

    private void drain() throws IOException {
        int whole = waiting / layout.frameSamples() * layout.frameSamples();
        if (whole > 0) {
            int length = packer.pack(pcm, 0, whole, bytes, 0);
            put(bytes, length);
            dataBytes += length;
            System.arraycopy(pcm, whole, pcm, 0, waiting - whole);
            waiting -= whole;
        }
    }

    private void put(byte[] from, int length) throws IOException {
        var buffer = ByteBuffer.wrap(from, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
