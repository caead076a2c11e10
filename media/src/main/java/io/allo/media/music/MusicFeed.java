package io.allo.media.music;

/**
 * A stream of samples at one rate, written a little ahead by one thread and read by a media loop at the pace of its frames. Neither
 * waits or locks. What was not written in time is silence; what nobody reads is not missed: the stream goes on where it was.
 */
public final class MusicFeed {

    /** Samples are kept for so long. */
    private static final int SECONDS = 4;

    /** The writer keeps so much ahead of the reader. */
    private static final int AHEAD_MS = 1_500;

    private final int sampleRate;
    private final short[] ring;
    private volatile long written;
    private volatile long position;
    private volatile boolean wanted;

    /** At this rate, in Hz. */
    public MusicFeed(int sampleRate) {
        this.sampleRate = sampleRate;
        ring = new short[sampleRate * SECONDS];
    }

    /** Samples a second. */
    public int sampleRate() {
        return sampleRate;
    }

    // ---- the writer's side

    /** How many samples are to be written so that the reader does not run dry; 0 or less for none. */
    public int room() {
        return (int) (position + (long) AHEAD_MS * sampleRate / 1000 - written);
    }

    /** Writes samples; the oldest make room. */
    public void write(short[] pcm, int off, int count) {
        var at = written;
        for (var i = 0; i < count; i++) {
            ring[(int) ((at + i) % ring.length)] = pcm[off + i];
        }
        written = at + count;
    }

    /** Whether anybody has read since this was last asked. */
    public boolean takeWanted() {
        var was = wanted;
        wanted = false;
        return was;
    }

    // ---- the media loop's side

    /** Where the furthest reader is; a new one begins here, so that all hear the same. */
    public long position() {
        return position;
    }

    /** Reads samples from a place on. False, and silence, if they are not there (yet). */
    public boolean read(long from, short[] to, int count) {
        wanted = true;
        var end = written;
        if (from + count > end || from < end - ring.length) {
            java.util.Arrays.fill(to, 0, count, (short) 0);
            return false;
        }
        for (var i = 0; i < count; i++) {
            to[i] = ring[(int) ((from + i) % ring.length)];
        }
        if (from + count > position) {
            position = from + count;
        }
        return true;
    }
}
