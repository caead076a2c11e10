package io.allo.media.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all Opus decoders here have in common: lost packets of any length are concealed in steps that Opus knows, broken
 * ones like lost ones, and what a packet says of the one before it (in-band FEC, RFC 6716 2.1.7) is used. Owned by one thread.
 */
abstract class OpusFrames implements Decoder {
    /** OPUS_BUFFER_TOO_SMALL. */
    static final int TOO_SMALL = -2;

    private final int mostSamples;

    /** 2.5 ms. */
    private final int unit;

    /** 20 ms. */
    private final int usual;

    /** Lost sound is made in steps of 10 ms: shorter ones cost the decoder as much of its memory of the sound. */
    private final short[] step;

    private int spare;
    private int lastSamples;
    private boolean closed;

    /** To PCM at {@code rate} Hz. */
    OpusFrames(int rate) {
        mostSamples = mostSamples(rate);
        unit = rate / 400;
        usual = rate / 50;
        step = new short[rate / 100];
        lastSamples = usual;
    }

    /** The most samples of one packet at this rate. */
    static int mostSamples(int rate) {
        return rate / 1000 * 120;
    }

    /** Throws if this is no length of one Opus frame: RFC 6716 2.1.4. */
    static void checkLength(int samples, int rate) {
        var unit = rate / 400;
        var isFrame = switch (samples / unit) {
            case 1, 2, 4, 8, 16, 24 -> samples % unit == 0;
            default -> false;
        };
        if (!isFrame) {
            throw new IllegalArgumentException(
                    "Opus takes frames of 2.5, 5, 10, 20, 40 or 60 ms, not " + samples + " samples");
        }
    }

    /** In silence with DTX the encoder makes packets of one or two bytes, which need not be sent: RFC 6716 2.1.9. */
    static int worthSending(int bytes, OpusSettings settings) {
        return settings.dtx() && bytes <= 2 ? 0 : bytes;
    }

    /**
     * Decodes.
     *
     * @param in null: a packet was lost
     * @param samples with {@code in} the room there is; without, or with {@code before}, exactly how many are wanted
     * @param before not this packet's sound is wanted but what it says of the one before
     * @return how many samples it wrote, {@link #TOO_SMALL} if there is no room for them, otherwise negative if the packet is broken
     */
    abstract int run(byte @Nullable [] in, int off, int len, short[] pcm, int pcmOff, int samples, boolean before);

    /** Gives back what is not the heap's. */
    abstract void release();

    @Override
    public final int decode(byte[] in, int off, int len, short[] pcm, int pcmOff) {
        checkOpen();
        Objects.checkFromIndexSize(off, len, in.length);
        Objects.checkFromIndexSize(pcmOff, 0, pcm.length);
        if (len == 0) {
            return 0;
        }
        var room = Math.min(mostSamples, pcm.length - pcmOff);
        var got = run(in, off, len, pcm, pcmOff, room, false);
        if (got == TOO_SMALL) {
            throw new IndexOutOfBoundsException("no room for this Opus packet: " + room + " samples");
        }
        if (got < 0) {
            return conceal(pcm, pcmOff, Math.min(lastSamples, room));
        }
        spare = 0;
        lastSamples = got;
        return got;
    }

    @Override
    public final int conceal(short[] pcm, int off, int samples) {
        checkOpen();
        Objects.checkFromIndexSize(off, samples, pcm.length);
        var done = Math.min(spare, samples);
        System.arraycopy(step, step.length - spare, pcm, off, done);
        spare -= done;
        while (samples - done >= step.length) {
            var part = Math.min((samples - done) / step.length * step.length, usual);
            lost(pcm, off + done, part);
            done += part;
        }
        if (done < samples) {
            lost(step, 0, step.length);
            System.arraycopy(step, 0, pcm, off + done, samples - done);
            spare = step.length - (samples - done);
        }
        return samples;
    }

    private void lost(short[] pcm, int off, int samples) {
        if (run(null, 0, 0, pcm, off, samples, false) != samples) {
            java.util.Arrays.fill(pcm, off, off + samples, (short) 0);
        }
    }

    @Override
    public final boolean canRecover() {
        return true;
    }

    @Override
    public final int recover(byte[] next, int off, int len, short[] pcm, int pcmOff, int samples) {
        checkOpen();
        Objects.checkFromIndexSize(off, len, next.length);
        Objects.checkFromIndexSize(pcmOff, samples, pcm.length);
        if (samples % unit != 0 || samples > mostSamples || len == 0) {
            return conceal(pcm, pcmOff, samples);
        }
        if (run(next, off, len, pcm, pcmOff, samples, true) != samples) {
            return conceal(pcm, pcmOff, samples);
        }
        spare = 0;
        return samples;
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("an Opus decoder that is closed");
        }
    }
}
