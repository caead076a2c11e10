package io.allo.media.srtp;

/**
 * Which packet indexes of a source have been seen: the highest and the {@value #SIZE} up to it. RFC 3711 3.3.2 asks for 64 at
 * least. Owned by the thread of its context.
 */
final class ReplayWindow {

    /** Indexes remembered, the highest included; a power of two. */
    static final int SIZE = 128;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest = -1;

    /** The highest index marked; -1 if none was. */
    long highest() {
        return highest;
    }

    /** Whether the index is so far behind that nobody knows whether it was seen. */
    boolean isTooOld(long index) {
        return index <= highest - SIZE;
    }

    /** Whether the index was seen; meaningless if it is too old. */
    boolean wasSeen(long index) {
        return index <= highest && (seen[word(index)] & 1L << index) != 0;
    }

    /** Notes an index that is neither seen nor too old. */
    void mark(long index) {
        if (index > highest) {
            forget(Math.max(highest, index - SIZE) + 1, index);
            highest = index;
        }
        seen[word(index)] |= 1L << index;
    }

    private void forget(long from, long to) {
        for (var index = from; index <= to; index++) {
            seen[word(index)] &= ~(1L << index);
        }
    }

    private static int word(long index) {
        return (int) (index & SIZE - 1) / Long.SIZE;
    }
}
