package io.allo.media.recording;

import io.allo.media.sdp.CodecName;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ring of packets between a media loop, which copies them in as they pass, undecoded, and the writer of a recording, which
 * takes them out. One thread puts, one takes; neither waits, locks or allocates. When the writer is slow the newest packets are
 * lost and counted.
 */
public final class SoundTap {

    /** Bytes of packets that may wait: 6 s of both sides of a G.711 call. */
    public static final int CAPACITY_BYTES = 1 << 17;

    /** The longest payload that is kept. */
    public static final int MOST_PAYLOAD_BYTES = 4_096;

    static final int HEARD = 0;
    static final int SPOKEN = 1;

    /** The kind of a packet that holds samples, not a codec's bytes. */
    static final int SAMPLES = 127;

    private static final int HEADER_BYTES = 24;
    private static final int SKIP = -1;
    private static final CodecName[] CODECS = CodecName.values();

    private final byte[] bytes;
    private final ByteBuffer ring;
    private final int mask;
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean closed;
    private int sampleCount;

    /** An empty ring of the usual size. */
    public SoundTap() {
        this(CAPACITY_BYTES);
    }

    SoundTap(int capacity) {
        bytes = new byte[capacity];
        ring = ByteBuffer.wrap(bytes);
        mask = capacity - 1;
    }

    // ---- the media loop's side

    /** A payload that came from the port's phone, with its RTP header's numbers. */
    public void heard(
            CodecName codec, int ssrc, int sequence, int timestamp, byte[] b, int off, int length, long nowNanos) {
        packet(HEARD, codec.ordinal(), ssrc, sequence, timestamp, b, off, length, nowNanos);
    }

    /** A payload that goes to the port's phone. */
    public void spoken(
            CodecName codec, int ssrc, int sequence, int timestamp, byte[] b, int off, int length, long nowNanos) {
        packet(SPOKEN, codec.ordinal(), ssrc, sequence, timestamp, b, off, length, nowNanos);
    }

    /**
     * Samples that have no packet, e.g. of a conference's mix; they count as heard. The timestamp goes on by itself, so that
     * each call follows the last one without a gap unless the clock says otherwise.
     */
    public void samples(short[] pcm, int off, int count, int sampleRate, long nowNanos) {
        if (2 * count > MOST_PAYLOAD_BYTES) {
            lost.incrementAndGet();
            return;
        }
        var at = begin(HEARD, SAMPLES, 0, sampleRate, sampleCount, 2 * count, nowNanos);
        sampleCount += count;
        if (at >= 0) {
            for (var i = 0; i < count; i++) {
                ring.putShort(at + 2 * i, pcm[off + i]);
            }
            commit(2 * count);
        }
    }

    /** Nothing more comes: the port is closed, or nobody records any more. Any thread. */
    public void close() {
        closed = true;
    }

    private void packet(
            int side, int kind, int ssrc, int sequence, int timestamp, byte[] b, int off, int length, long nowNanos) {
        if (length <= 0 || length > MOST_PAYLOAD_BYTES) {
            return;
        }
        var at = begin(side, kind, ssrc, sequence, timestamp, length, nowNanos);
        if (at >= 0) {
            System.arraycopy(b, off, bytes, at, length);
            commit(length);
        }
    }

    private long putAt;

    /** Finds room and writes the header; the place of the payload, or -1. */
    private int begin(int side, int kind, int ssrc, int sequence, int timestamp, int length, long nowNanos) {
        var size = size(length);
        putAt = put.getPlain();
        var free = bytes.length - (putAt - taken.getAcquire());
        var toEnd = bytes.length - (int) (putAt & mask);
        var skipped = toEnd < size ? toEnd : 0;
        if (closed || free < size + skipped) {
            lost.setPlain(lost.getPlain() + 1);
            return -1;
        }
        if (skipped > 0) {
            ring.putInt((int) (putAt & mask), SKIP);
            putAt += skipped;
        }
        var at = (int) (putAt & mask);
        ring.putInt(at, length);
        ring.put(at + 4, (byte) side);
        ring.put(at + 5, (byte) kind);
        ring.putShort(at + 6, (short) (kind == SAMPLES ? sequence / 100 : sequence));
        ring.putInt(at + 8, ssrc);
        ring.putInt(at + 12, timestamp);
        ring.putLong(at + 16, nowNanos);
        return at + HEADER_BYTES;
    }

    private void commit(int length) {
        put.setRelease(putAt + size(length));
    }

    /** A record is a multiple of 8 bytes, so that a skip mark always fits. */
    private static int size(int length) {
        return HEADER_BYTES + length + 7 & ~7;
    }

    // ---- the writer's side

    /** Whether nothing more will be put. Any thread. */
    public boolean isClosed() {
        return closed;
    }

    /** Packets that found no room. Any thread. */
    public long lostPackets() {
        return lost.get();
    }

    /** Takes the oldest packet; null if there is none. */
    @org.jspecify.annotations.Nullable
    TappedPacket take() {
        var at = taken.getPlain();
        if (at == put.getAcquire()) {
            return null;
        }
        if (ring.getInt((int) (at & mask)) == SKIP) {
            at += bytes.length - (at & mask);
        }
        var i = (int) (at & mask);
        var length = ring.getInt(i);
        var kind = ring.get(i + 5);
        var sequence = ring.getShort(i + 6) & 0xFFFF;
        var payload = new byte[length];
        System.arraycopy(bytes, i + HEADER_BYTES, payload, 0, length);
        var packet = new TappedPacket(
                ring.get(i + 4) == SPOKEN,
                kind == SAMPLES ? null : CODECS[kind],
                kind == SAMPLES ? sequence * 100 : 0,
                ring.getInt(i + 8),
                sequence,
                ring.getInt(i + 12),
                ring.getLong(i + 16),
                payload);
        taken.setRelease(at + size(length));
        return packet;
    }
}
