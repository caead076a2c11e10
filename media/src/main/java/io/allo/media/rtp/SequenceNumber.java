package io.allo.media.rtp;

/**
 * The extended sequence number of one source and whether to believe it (RFC 3550 A.1: probation, wrap, jump). Owned by the thread that
 * receives the source.
 */
public final class SequenceNumber {
    /** What a packet's sequence number means. */
    public enum Verdict {
        /** Not yet believed: the source is on probation. */
        PROBATION,
        /** The next one, or a few further on: {@link #missed()} tells how many did not come before it. */
        NEW,
        /** Late or doubled. */
        OLD,
        /** A jump too large to follow; if the next packet follows it, the source has restarted. */
        JUMP,
        /** The second packet of a restart: statistics and buffers begin anew. */
        RESTART
    }

    /** Packets in sequence before a source is believed. RFC 3550's value; one less than this many are lost at the start. */
    public static final int MIN_SEQUENTIAL = 2;

    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final int MOD = 1 << 16;
    private static final int NONE = MOD + 1;

    private final int minSequential;
    private boolean started;
    private int probation;
    private int maxSeq;
    private long cycles;
    private int baseSeq;
    private int badSeq = NONE;
    private int missed;

    /** With RFC 3550's probation of two packets. */
    public SequenceNumber() {
        this(MIN_SEQUENTIAL);
    }

    /** With another probation; 1 believes the first packet, as a signalled call may. */
    public SequenceNumber(int minSequential) {
        if (minSequential < 1) {
            throw new IllegalArgumentException("probation of " + minSequential);
        }
        this.minSequential = minSequential;
    }

    /** Takes the sequence number of a packet that came. */
    public Verdict update(int seq) {
        missed = 0;
        if (!started) {
            started = true;
            init(seq);
            maxSeq = seq - 1 & 0xffff;
            probation = minSequential;
        }
        int delta = seq - maxSeq & 0xffff;
        if (probation > 0) {
            return probe(seq, delta);
        }
        if (delta > 0 && delta < MAX_DROPOUT) {
            if (seq < maxSeq) {
                cycles += MOD;
            }
            maxSeq = seq;
            badSeq = NONE;
            missed = delta - 1;
            return Verdict.NEW;
        }
        if (delta == 0 || delta > MOD - MAX_MISORDER) {
            return Verdict.OLD;
        }
        if (seq == badSeq) {
            init(seq);
            return Verdict.RESTART;
        }
        badSeq = seq + 1 & 0xffff;
        return Verdict.JUMP;
    }

    /** Whether the probation is over. */
    public boolean isBelieved() {
        return started && probation == 0;
    }

    /** Packets missing just before the one given last, if it was {@link Verdict#NEW}. They may still come. */
    public int missed() {
        return missed;
    }

    /** The highest sequence number so far with its wraps above 16 bits. */
    public long extendedMax() {
        return cycles + maxSeq;
    }

    /** Packets there should have been since the source was believed or restarted. */
    public long expected() {
        return isBelieved() ? extendedMax() - baseSeq + 1 : 0;
    }

    /** The extended number of a packet that is not far from the highest. */
    public long extend(int seq) {
        return extendedMax() + (short) (seq - maxSeq);
    }

    /** Begins anew, as for another source. */
    public void reset() {
        started = false;
        badSeq = NONE;
    }

    private Verdict probe(int seq, int delta) {
        probation = delta == 1 ? probation - 1 : minSequential - 1;
        maxSeq = seq;
        if (probation > 0) {
            return Verdict.PROBATION;
        }
        init(seq);
        return Verdict.NEW;
    }

    private void init(int seq) {
        baseSeq = seq;
        maxSeq = seq;
        badSeq = NONE;
        cycles = 0;
    }
}
