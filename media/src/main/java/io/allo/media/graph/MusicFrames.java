package io.allo.media.graph;

import io.allo.media.codec.Codec;
import io.allo.media.codec.Encoder;
import io.allo.media.music.MusicFeed;
import io.allo.media.music.MusicStream;

/**
 * A class's music in one codec and frame length: each frame is encoded once, whoever hears it. Owned by the media loop;
 * allocates nothing once made.
 */
final class MusicFrames {

    private static final int KEPT = 8;
    private static final long IDLE_NANOS = 200_000_000L;

    private final MusicFeed feed;
    private final Encoder encoder;
    private final int samples;
    private final long frameNanos;
    private final short[] pcm;
    private final byte[][] frames;
    private final int[] lengths = new int[KEPT];
    private long made;
    private long place;
    private long epochNanos;
    private long lastNanos;

    MusicFrames(MusicStream stream, Codec codec, String format, int frameMs) {
        feed = stream.at(codec.sampleRate());
        encoder = codec.newMusicEncoder(format);
        samples = codec.sampleRate() / 1000 * frameMs;
        frameNanos = frameMs * 1_000_000L;
        pcm = new short[samples];
        frames = new byte[KEPT][codec.maxBytes(samples)];
        place = feed.position();
    }

    /** Which frame sounds at this moment; after a time without listeners the music goes on where it was. */
    long current(long nowNanos) {
        if (made == 0 || nowNanos - lastNanos > IDLE_NANOS) {
            epochNanos = nowNanos - made * frameNanos;
            place = Math.max(place, feed.position());
        }
        lastNanos = nowNanos;
        return (nowNanos - epochNanos) / frameNanos;
    }

    /** Sees that a frame near the current one is encoded. */
    void make(long number) {
        while (made <= number) {
            if (feed.read(place, pcm, samples)) {
                place += samples;
            }
            var slot = (int) (made % KEPT);
            lengths[slot] = encoder.encode(pcm, 0, samples, frames[slot], 0);
            made++;
        }
    }

    /** The bytes of a frame that was made. */
    byte[] frame(long number) {
        return frames[(int) (number % KEPT)];
    }

    int length(long number) {
        return lengths[(int) (number % KEPT)];
    }
}
