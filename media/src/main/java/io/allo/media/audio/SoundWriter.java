package io.allo.media.audio;

import java.io.Closeable;
import java.io.IOException;

/** A sound being written from 16-bit mono PCM. Owned by one thread. */
public interface SoundWriter extends Closeable {
    /** The rate of the PCM, in Hz. */
    int sampleRate();

    /** Writes samples. */
    void write(short[] pcm, int off, int n) throws IOException;

    /** Brings the file to a state in which it can be read up to here, but for an unfilled frame. */
    void flush() throws IOException;

    /** Takes so much away from the end of what was written; a format of frames may keep up to a frame more. */
    void shorten(long ms) throws IOException;

    /** How much was written, in milliseconds. */
    long lengthMs();

    /** Fills the last frame with silence and ends the file. Also closes what it writes to. */
    @Override
    void close() throws IOException;
}
