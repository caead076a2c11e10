package io.allo.media.codec;

/** Bytes in, PCM out, for one stream. Owned by one thread, which closes it; allocates nothing after construction. */
public interface Decoder {
    /**
     * Decodes one packet's payload. Bytes that make no whole frame at the end are ignored: the peer's mistake is not ours to throw.
     *
     * @return the number of samples written at {@code pcmOff}
     * @throws IndexOutOfBoundsException if a range does not fit its array
     */
    int decode(byte[] in, int off, int len, short[] pcm, int pcmOff);

    /**
     * Writes {@code samples} samples in place of a packet that did not come, fading to silence when called again and again.
     *
     * @return {@code samples}
     */
    int conceal(short[] pcm, int off, int samples);

    /** Whether {@link #recover} can do more than {@link #conceal}. */
    default boolean canRecover() {
        return false;
    }

    /**
     * Writes {@code samples} samples in place of a packet that did not come, from what the packet after it says of it (in-band FEC) if
     * it does. That packet itself is decoded afterwards.
     *
     * @return {@code samples}
     */
    default int recover(byte[] next, int off, int len, short[] pcm, int pcmOff, int samples) {
        return conceal(pcm, pcmOff, samples);
    }

    /** Gives back what it holds beside the heap; it can't be used any more. */
    default void close() {}
}
