package io.allo.io.media;

import io.allo.core.random.RandomSource;
import java.util.BitSet;

/**
 * The UDP ports that calls may use (rtp.conf rtpstart, rtpend), in pairs: an even one for RTP and the next for RTCP
 * (RFC 3550 11). A board: any thread. Pairs are taken from a random place on, so that a port can't be guessed and one just
 * given back rests for a while.
 */
public final class PortRange {

    private final int first;
    private final int pairs;
    private final RandomSource random;
    private final BitSet taken;
    private int takenCount;

    /**
     * @param start first port, raised to an even one
     * @param end last port that may be used
     */
    public PortRange(int start, int end, RandomSource random) {
        this.first = start + (start & 1);
        this.pairs = (end - first + 1) / 2;
        if (first < 1 || end > 65_535 || pairs < 1) {
            throw new IllegalArgumentException("rtpstart " + start + " and rtpend " + end + " leave no pair of ports");
        }
        this.random = random;
        this.taken = new BitSet(pairs);
    }

    /** Takes a pair: its even port, or -1 if all are taken. */
    public synchronized int take() {
        if (takenCount == pairs) {
            return -1;
        }
        var start = random.nextInt(pairs);
        var free = taken.nextClearBit(start);
        if (free >= pairs) {
            free = taken.nextClearBit(0);
        }
        taken.set(free);
        takenCount++;
        return first + 2 * free;
    }

    /** Gives a pair back by its even port. */
    public synchronized void giveBack(int evenPort) {
        var pair = (evenPort - first) / 2;
        if (taken.get(pair)) {
            taken.clear(pair);
            takenCount--;
        }
    }

    /** Pairs in use. */
    public synchronized int takenCount() {
        return takenCount;
    }

    /** Pairs there are. */
    public int pairCount() {
        return pairs;
    }
}
