package io.allo.media.audio;

import java.io.IOException;

/** A sound in which one can go to and fro. */
public interface SoundReader extends SoundSource {
    /** Goes to a place, in milliseconds from the beginning; beyond the end means the end. */
    void seekMs(long ms) throws IOException;

    /** Where the next read begins, in milliseconds from the beginning. */
    long positionMs();

    /** Length in milliseconds. */
    long lengthMs();
}
