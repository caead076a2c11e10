package io.allo.media.codec;

/** PCM in, bytes out, for one stream. Owned by one thread; allocates nothing after construction. */
public interface Encoder {
    /**
     * Encodes {@code samples} 16-bit samples.
     *
     * @return the number of bytes written at {@code outOff}
     * @throws IllegalArgumentException if {@code samples} is not a whole number of the codec's frames
     * @throws IndexOutOfBoundsException if a range does not fit its array
     */
    int encode(short[] pcm, int off, int samples, byte[] out, int outOff);
}
