package io.allo.media.graph;

import io.allo.core.random.RandomSource;

/**
 * The numbers of a stream we send: one SSRC, sequence numbers without a gap, timestamps that go on in real time, whichever
 * source is heard (RFC 3550 5.1). A relayed source keeps its own spacing, losses and order: only an offset is added. Owned
 * by the media loop.
 */
final class OutgoingStream {

    private final int ssrc;
    private int lastSequence;
    private int lastTimestamp;
    private long lastNanos;
    private boolean begun;
    private long sourceKey = Long.MIN_VALUE;
    private int sequenceOffset;
    private int timestampOffset;
    private boolean spurt = true;

    OutgoingStream(RandomSource random) {
        ssrc = (int) random.nextLong();
        lastSequence = random.nextInt(1 << 15);
        lastTimestamp = (int) random.nextLong();
    }

    int ssrc() {
        return ssrc;
    }

    /** The timestamp that belongs to this moment. */
    int timestampAt(long nowNanos, int clockRate) {
        if (!begun) {
            return lastTimestamp;
        }
        return lastTimestamp + (int) ((nowNanos - lastNanos) * clockRate / 1_000_000_000L);
    }

    /**
     * Prepares for a packet of a relayed source; {@link #relayedSequence} and {@link #relayedTimestamp} then map it.
     *
     * @param key tells sources apart: SSRC and clock rate
     * @return whether the source is new here, so that the packet begins a talkspurt
     */
    boolean follow(long key, int sequence, int timestamp, int clockRate, long nowNanos) {
        if (key == sourceKey) {
            return false;
        }
        sourceKey = key;
        sequenceOffset = lastSequence + 1 - sequence;
        timestampOffset = timestampAt(nowNanos, clockRate) - timestamp;
        return true;
    }

    int relayedSequence(int sequence) {
        return sequence + sequenceOffset & 0xFFFF;
    }

    int relayedTimestamp(int timestamp) {
        return timestamp + timestampOffset;
    }

    /** Notes a relayed packet that went out. */
    void relayed(int mappedSequence, int mappedTimestamp, long nowNanos) {
        if ((short) (mappedSequence - lastSequence) > 0 || !begun) {
            lastSequence = mappedSequence;
            lastTimestamp = mappedTimestamp;
            lastNanos = nowNanos;
        }
        begun = true;
        spurt = false;
    }

    /**
     * The number of the next packet of our own making.
     *
     * @param timestamp the packet's, from {@link #nextTimestamp} or constant within a digit
     */
    int nextSequence(int timestamp, long nowNanos) {
        sourceKey = Long.MIN_VALUE;
        lastSequence = lastSequence + 1 & 0xFFFF;
        lastTimestamp = timestamp;
        lastNanos = nowNanos;
        begun = true;
        return lastSequence;
    }

    /** The timestamp of the next frame of our own making: the last plus {@code units}, or real time's after a pause. */
    int nextTimestamp(int units, long nowNanos, int clockRate) {
        if (!begun) {
            spurt = true;
            return lastTimestamp;
        }
        var real = timestampAt(nowNanos, clockRate);
        var next = lastTimestamp + units;
        if (real - next > 3 * units || sourceKey != Long.MIN_VALUE) {
            spurt = true;
            return real;
        }
        return next;
    }

    /** Whether the next packet begins a talkspurt (marker bit, RFC 3551 4.1); asks once. */
    boolean takeSpurt() {
        var was = spurt;
        spurt = false;
        return was;
    }

    /** Lets the next packet begin a talkspurt. */
    void pauseEnded() {
        spurt = true;
    }
}
