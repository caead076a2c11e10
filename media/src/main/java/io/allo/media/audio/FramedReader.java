package io.allo.media.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;

/** Reads frames of one kind from a stretch of a file. Owned by one thread; allocates nothing while reading, but a decoder when seeking. */
final class FramedReader implements SoundReader {
    private static final int BUFFER_SAMPLES = 3200;

    private final SeekableByteChannel channel;
    private final SoundLayout layout;
    private final long dataOffset;
    private final long frames;
    private final long lengthSamples;
    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final short[] pcm;
    private SoundLayout.Unpacker unpacker;
    private long nextFrame;
    private int pcmFrom;
    private int pcmTo;
    private long position;

    /** {@code mostSamples} holds the length down, where a header says how much of the last frame counts. */
    FramedReader(SeekableByteChannel channel, SoundLayout layout, long dataOffset, long dataBytes, long mostSamples)
            throws IOException {
        this.channel = channel;
        this.layout = layout;
        this.dataOffset = dataOffset;
        frames = dataBytes / layout.frameBytes();
        lengthSamples = Math.min(frames * layout.frameSamples(), mostSamples);
        int many = Math.max(1, BUFFER_SAMPLES / layout.frameSamples());
        bytes = new byte[many * layout.frameBytes()];
        buffer = ByteBuffer.wrap(bytes);
        pcm = new short[many * layout.frameSamples()];
        unpacker = layout.packing().unpacker();
        channel.position(dataOffset);
    }

    @Override
    public int sampleRate() {
        return layout.sampleRate();
    }

    @Override
    public int read(short[] out, int off, int n) throws IOException {
        Objects.checkFromIndexSize(off, n, out.length);
        int done = 0;
        while (done < n) {
            if (pcmFrom == pcmTo && !fill()) {
                break;
            }
            int some = Math.min(n - done, pcmTo - pcmFrom);
            some = (int) Math.min(some, lengthSamples - position);
            if (some == 0) {
                break;
            }
            System.arraycopy(pcm, pcmFrom, out, off + done, some);
            pcmFrom += some;
            position += some;
            done += some;
        }
        return done == 0 && n > 0 ? -1 : done;
    }

    @Override
    public void seekMs(long ms) throws IOException {
        long wanted = Math.min(Math.clamp(ms, 0, lengthMs() + 1) * layout.sampleRate() / 1000, lengthSamples);
        long frame = wanted / layout.frameSamples();
        long from = Math.max(0, frame - layout.prerollFrames());
        unpacker = layout.packing().unpacker();
        nextFrame = from;
        pcmFrom = 0;
        pcmTo = 0;
        position = from * layout.frameSamples();
        channel.position(dataOffset + from * layout.frameBytes());
        while (position < wanted && (pcmFrom < pcmTo || fill())) {
            int some = (int) Math.min(wanted - position, pcmTo - pcmFrom);
            pcmFrom += some;
            position += some;
        }
    }

    @Override
    public long positionMs() {
        return position * 1000 / layout.sampleRate();
    }

    @Override
    public long lengthMs() {
        return lengthSamples * 1000 / layout.sampleRate();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean fill() throws IOException {
        int wanted = (int) Math.min(bytes.length, (frames - nextFrame) * layout.frameBytes());
        buffer.clear().limit(wanted);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until the buffer is full or the file over
        }
        int whole = buffer.position() / layout.frameBytes();
        if (whole == 0) {
            return false;
        }
        nextFrame += whole;
        pcmFrom = 0;
        pcmTo = unpacker.unpack(bytes, 0, whole * layout.frameBytes(), pcm, 0);
        return true;
    }
}
