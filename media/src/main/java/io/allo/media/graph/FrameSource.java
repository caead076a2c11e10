package io.allo.media.graph;

/** Something that makes sound frame by frame for a listener. Owned by the media loop. */
interface FrameSource {

    /**
     * Writes up to {@code samples} samples at {@code sampleRate} Hz.
     *
     * @return how many were written; fewer than asked means that the source has ended
     */
    int produce(short[] pcm, int samples, int sampleRate);
}
