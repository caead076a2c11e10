package io.allo.media.rtp;

/** What is known about the reception of one source: loss and jitter (RFC 3550 6.4.1, A.3, A.8). Owned by the thread that receives it. */
public final class RtpStatistics {
    private final int clockRate;
    private final SequenceNumber sequence;
    private long received;
    private long receivedBefore;
    private long expectedBefore;
    private long restarts;
    private long expectedWhenRestarted;
    private long late;
    private long lostEarlier;
    private long receivedAll;
    private boolean timed;
    private long startNanos;
    private int lastTransit;
    private int lastTimestamp;
    private long jitterScaled;
    private long jitterMostScaled;

    /** For a source with an RTP clock of so many Hz, believed from its first packet if {@code probation} is 1. */
    public RtpStatistics(int clockRate, int probation) {
        this.clockRate = clockRate;
        this.sequence = new SequenceNumber(probation);
    }

    /** Takes a packet that came, and says what its sequence number means. */
    public SequenceNumber.Verdict received(int seq, int timestamp, long nowNanos) {
        var verdict = sequence.update(seq);
        switch (verdict) {
            case NEW -> {
                count();
                time(timestamp, nowNanos);
            }
            case OLD -> {
                count();
                late++;
            }
            case RESTART -> {
                lostEarlier += Math.max(0, expectedWhenRestarted - received);
                received = 0;
                receivedBefore = 0;
                expectedBefore = 0;
                restarts++;
                timed = false;
                count();
                time(timestamp, nowNanos);
            }
            case PROBATION, JUMP -> {}
        }
        expectedWhenRestarted = sequence.expected();
        return verdict;
    }

    /** Whether the source is past its probation. */
    public boolean isBelieved() {
        return sequence.isBelieved();
    }

    /** The sequence numbers behind these figures. */
    public SequenceNumber sequence() {
        return sequence;
    }

    /** Packets received in all, late and doubled ones included. */
    public long received() {
        return receivedAll;
    }

    /** Packets that came late or twice. */
    public long late() {
        return late;
    }

    /** How often the source began anew. */
    public long restarts() {
        return restarts;
    }

    /** Packets lost since the source began (anew); negative with duplicates (A.3). */
    public long cumulativeLost() {
        return sequence.expected() - received;
    }

    /** Packets lost in all, restarts included, duplicates not counted against. */
    public long lost() {
        return lostEarlier + Math.max(0, cumulativeLost());
    }

    /** The fraction lost since the last call of this method, in 1/256 (A.3). Begins a new interval. */
    public int takeFractionLost() {
        long expectedInterval = sequence.expected() - expectedBefore;
        long receivedInterval = received - receivedBefore;
        expectedBefore = sequence.expected();
        receivedBefore = received;
        long lostInterval = expectedInterval - receivedInterval;
        if (expectedInterval == 0 || lostInterval <= 0) {
            return 0;
        }
        return (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    }

    /** Interarrival jitter in timestamp units (A.8). */
    public int jitter() {
        return (int) (jitterScaled >> 4);
    }

    /** Interarrival jitter in microseconds. */
    public long jitterMicros() {
        return (jitterScaled >> 4) * 1_000_000 / clockRate;
    }

    /** The largest interarrival jitter so far, in microseconds. */
    public long jitterMostMicros() {
        return (jitterMostScaled >> 4) * 1_000_000 / clockRate;
    }

    private void count() {
        received++;
        receivedAll++;
    }

    /** A.8: J += (|D| - J) / 16, kept times 16. Packets of one timestamp (telephone events, video) count once. */
    private void time(int timestamp, long nowNanos) {
        if (!timed) {
            startNanos = nowNanos;
        } else if (timestamp == lastTimestamp) {
            return;
        }
        long arrival = (nowNanos - startNanos) / 1000 * clockRate / 1_000_000;
        int transit = (int) arrival - timestamp;
        if (timed) {
            long d = Math.abs((long) (transit - lastTransit));
            jitterScaled += d - ((jitterScaled + 8) >> 4);
            jitterMostScaled = Math.max(jitterMostScaled, jitterScaled);
        }
        timed = true;
        lastTransit = transit;
        lastTimestamp = timestamp;
    }
}
