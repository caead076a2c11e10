package io.allo.media.codec;

/** PCM in, bytes out, for one stream. Owned by one thread, which closes it; allocates nothing after construction. */
public interface Encoder {
    /**
     * Encodes {@code samples} 16-bit samples.
     *
     * @return the number of bytes written at {@code outOff}; 0 if there is nothing to send for this silence (Opus with DTX)
     * @throws IllegalArgumentException if {@code samples} is not a whole number of the codec's frames
     * @throws IndexOutOfBoundsException if a range does not fit its array
     */
    int encode(short[] pcm, int off, int samples, byte[] out, int outOff);

    /** The receiver reports that so many percent of the packets are lost: an encoder that can protects them from now on. */
    default void expectLoss(int percent) {}

    /** Gives back what it holds beside the heap; it can't be used any more. */
    default void close() {}
}
