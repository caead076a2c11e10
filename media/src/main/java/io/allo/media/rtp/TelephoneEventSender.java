package io.allo.media.rtp;

/**
 * Makes the payloads of telephone events, one packet per packet time (RFC 4733 2.5.1). Owned by the media loop of its stream.
 *
 * <p>All packets of an event carry the timestamp of its beginning; the duration grows; the first has the marker; the last one is sent
 * three times. An event longer than 65535 units goes on in segments (2.5.1.3). While {@link #isSending} no sound is sent.
 */
public final class TelephoneEventSender {
    /** Events that can wait. */
    public static final int MOST_WAITING = 64;

    private static final int END_PACKETS = 3;
    private static final int LONGEST_SEGMENT = 0xffff;

    private enum State {
        IDLE,
        SOUNDING,
        ENDING,
        PAUSE
    }

    private final int clockRate;
    private final int packetUnits;
    private final int pauseUnits;
    private final int volume;
    private final int[] events = new int[MOST_WAITING];
    private final long[] lengths = new long[MOST_WAITING];
    private int first;
    private int waiting;

    private State state = State.IDLE;
    private int event;
    private long lengthUnits;
    private long soundedUnits;
    private int segmentUnits;
    private int owedUnits;
    private int timestamp;
    private boolean marker;
    private boolean end;
    private int repeats;
    private long pausedUnits;

    /** For a clock in Hz, packets each so many milliseconds, a pause between events, and a volume below 0 dBm0 in dB. */
    public TelephoneEventSender(int clockRate, int packetMs, int pauseMs, int volumeDb) {
        this.clockRate = clockRate;
        this.packetUnits = clockRate * packetMs / 1000;
        this.pauseUnits = clockRate * pauseMs / 1000;
        this.volume = Math.clamp(volumeDb, 0, 63);
    }

    /** Sends an event of so many milliseconds after those that wait. False if too many wait. */
    public boolean send(int event, int durationMs) {
        return enqueue(event, (long) clockRate * Math.max(1, durationMs) / 1000);
    }

    /** Begins an event that lasts until {@link #end}. False if too many wait. */
    public boolean begin(int event) {
        return enqueue(event, Long.MAX_VALUE);
    }

    /** Ends the event begun last, with the next packet. */
    public void end() {
        if (waiting > 0) {
            lengths[(first + waiting - 1) % MOST_WAITING] = packetUnits;
        } else if (state == State.SOUNDING) {
            lengthUnits = Math.min(lengthUnits, soundedUnits + packetUnits);
        }
    }

    /** Ends the event that sounds, as {@link #end}, and forgets those that wait. */
    public void cancel() {
        waiting = 0;
        end();
    }

    /** Whether an event sounds, ends, or waits. */
    public boolean isSending() {
        return state == State.SOUNDING || state == State.ENDING || waiting > 0;
    }

    /**
     * Called once per packet time, with the timestamp sound would have now. Writes a payload if an event packet is due.
     *
     * @return {@link TelephoneEvent#PAYLOAD_BYTES}, or 0: nothing is due, sound may be sent if not {@link #isSending}
     */
    public int next(int mediaTimestamp, byte[] out, int off) {
        if (state == State.PAUSE) {
            pausedUnits += packetUnits;
            if (pausedUnits >= pauseUnits) {
                state = State.IDLE;
            }
        }
        if (state == State.IDLE && waiting > 0) {
            start(mediaTimestamp);
        }
        return switch (state) {
            case SOUNDING -> sound(out, off);
            case ENDING -> repeatEnd(out, off);
            case IDLE, PAUSE -> 0;
        };
    }

    /** The RTP timestamp of the payload written last. */
    public int timestamp() {
        return timestamp;
    }

    /** Whether the packet of the payload written last has the marker. */
    public boolean marker() {
        return marker;
    }

    private boolean enqueue(int code, long units) {
        if (waiting == MOST_WAITING) {
            return false;
        }
        int at = (first + waiting++) % MOST_WAITING;
        events[at] = code;
        lengths[at] = units;
        return true;
    }

    private void start(int mediaTimestamp) {
        event = events[first];
        lengthUnits = lengths[first];
        first = (first + 1) % MOST_WAITING;
        waiting--;
        state = State.SOUNDING;
        timestamp = mediaTimestamp;
        soundedUnits = 0;
        segmentUnits = 0;
        owedUnits = 0;
        marker = true;
    }

    private int sound(byte[] out, int off) {
        if (soundedUnits > 0) {
            marker = false;
        }
        int due = (int) Math.min(packetUnits + owedUnits, lengthUnits - soundedUnits);
        if (segmentUnits == LONGEST_SEGMENT) {
            timestamp += LONGEST_SEGMENT;
            segmentUnits = 0;
        }
        int growth = Math.min(due, LONGEST_SEGMENT - segmentUnits);
        owedUnits = due - growth;
        soundedUnits += growth;
        segmentUnits += growth;
        end = soundedUnits >= lengthUnits;
        if (end) {
            state = State.ENDING;
            repeats = END_PACKETS - 1;
        }
        return TelephoneEvent.write(out, off, event, end, volume, segmentUnits);
    }

    private int repeatEnd(byte[] out, int off) {
        marker = false;
        if (--repeats == 0) {
            state = State.PAUSE;
            pausedUnits = (END_PACKETS - 1L) * packetUnits;
        }
        return TelephoneEvent.write(out, off, event, true, volume, segmentUnits);
    }
}
