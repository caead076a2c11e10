package io.allo.media.mix;

import io.allo.media.codec.Codec;
import io.allo.media.codec.Encoder;
import io.allo.media.codec.Resampler;
import org.jspecify.annotations.Nullable;

/**
 * What somebody hears, or all that hear the same, as the packets of a codec. A tick gives none, one or several, as long as the phone
 * wants its packets. Owned by the media loop; allocates nothing once made.
 */
public final class Encoding {

    private static final int MOST_PACKETS = 4;

    private final Codec wanted;
    private final String format;
    private final int frameMs;
    private final int mixRate;
    private final Encoder encoder;
    private final int frameSamples;
    private final @Nullable Resampler resampler;
    private final short[] waiting;
    private int waitingCount;
    private final byte[][] packets;
    private final int[] lengths = new int[MOST_PACKETS];
    private int count;
    private int expectedLoss;

    /** Packets of {@code frameMs} milliseconds from sound at {@code mixRate} Hz. */
    public Encoding(Codec codec, int frameMs, int mixRate) {
        this(codec, "", frameMs, mixRate);
    }

    /** The same for phones that ask for this format ({@link Codec#sharedFormat}). */
    public Encoding(Codec wanted, String format, int frameMs, int mixRate) {
        this.wanted = wanted;
        this.format = format;
        this.frameMs = frameMs;
        this.mixRate = mixRate;
        var codec = wanted.sampledAt(mixRate);
        encoder = codec.newEncoder(format);
        frameSamples = codec.sampleRate() / 1000 * frameMs;
        resampler = codec.sampleRate() == mixRate ? null : new Resampler(mixRate, codec.sampleRate());
        waiting = new short[frameSamples + codec.sampleRate() / 1000 * Mixer.FRAME_MS * 2];
        packets = new byte[MOST_PACKETS][codec.maxBytes(frameSamples)];
    }

    /** Whether it is what this asks for. */
    public boolean isFor(Codec other, String otherFormat, int otherFrameMs, int otherMixRate) {
        return wanted == other && format.equals(otherFormat) && frameMs == otherFrameMs && mixRate == otherMixRate;
    }

    /** Those who hear it report this loss, in percent. */
    public void expectLoss(int percent) {
        if (percent != expectedLoss) {
            expectedLoss = percent;
            encoder.expectLoss(percent);
        }
    }

    /** Gives back what its encoder holds beside the heap. */
    public void close() {
        encoder.close();
    }

    /** Takes a tick's sound; {@link #count} packets of it, and of what was left before, are ready. */
    public void take(short[] pcm, int samples) {
        if (resampler == null) {
            System.arraycopy(pcm, 0, waiting, waitingCount, samples);
            waitingCount += samples;
        } else {
            waitingCount += resampler.resample(pcm, 0, samples, waiting, waitingCount);
        }
        count = 0;
        var at = 0;
        while (waitingCount - at >= frameSamples && count < MOST_PACKETS) {
            lengths[count] = encoder.encode(waiting, at, frameSamples, packets[count], 0);
            at += frameSamples;
            count++;
        }
        waitingCount -= at;
        System.arraycopy(waiting, at, waiting, 0, waitingCount);
    }

    /** Packets that are ready. */
    public int count() {
        return count;
    }

    /** The bytes of one. */
    public byte[] packet(int i) {
        return packets[i];
    }

    /** How many bytes. */
    public int length(int i) {
        return lengths[i];
    }
}
