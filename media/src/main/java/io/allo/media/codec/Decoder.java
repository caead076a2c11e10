package io.allo.media.codec;

/** Bytes in, PCM out, for one stream. Owned by one thread; allocates nothing after construction. */
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
}
