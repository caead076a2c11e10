package io.allo.media.audio;

import java.io.Closeable;
import java.io.IOException;

/** Sound that is read once, from begin to end, as 16-bit mono PCM. Owned by one thread. Reading may block on what it reads from. */
public interface SoundSource extends Closeable {
    /** The rate of the PCM, in Hz. */
    int sampleRate();

    /**
     * Reads up to {@code n} samples.
     *
     * @return how many were read, at least one if {@code n} is positive; -1 at the end
     * @throws SoundFileException if the sound is broken
     */
    int read(short[] pcm, int off, int n) throws IOException;
}
