package io.allo.media.rtp;

/**
 * Makes one beginning and one end out of the packets of each telephone event (RFC 4733 2.5.2), whatever was lost, late or doubled.
 * Owned by the thread that receives the stream.
 *
 * <p>An event is known by its timestamp. A packet of an older timestamp is ignored. If the end is lost, the next event ends it, or
 * {@link #SILENCE_NANOS} without a packet. A segment that takes up where a segment of 65535 units ended is the same event (2.5.1.3).
 * Some senders wrongly move the timestamp with each packet; a packet without marker whose duration goes on from the last one's is the
 * same event too.
 */
public final class TelephoneEventReceiver {
    /** Is told of events, in the thread that calls. */
    public interface Listener {
        /** An event began. */
        void eventBegan(int event);

        /** An event ended after so many timestamp units. */
        void eventEnded(int event, long durationUnits);
    }

    /** An event ends when no packet has come for so long: more than three times the longest usual packet time of 50 ms. */
    public static final long SILENCE_NANOS = 200_000_000L;

    private static final int LONGEST_SEGMENT = 0xffff;

    private final Listener listener;
    private boolean known;
    private boolean sounding;
    private int event;
    private int timestamp;
    private int segmentUnits;
    private long earlierUnits;
    private long lastNanos;

    /** A receiver that tells this listener. */
    public TelephoneEventReceiver(Listener listener) {
        this.listener = listener;
    }

    /** Takes the payload of an event packet; too short ones are ignored. */
    public void receive(byte[] b, int off, int len, int packetTimestamp, boolean marker, long nowNanos) {
        if (!TelephoneEvent.isValid(len)) {
            return;
        }
        onTime(nowNanos);
        int code = TelephoneEvent.event(b, off);
        int units = TelephoneEvent.duration(b, off);
        if (known && code == event && packetTimestamp == timestamp) {
            if (!sounding) {
                return; // the end again, or late
            }
            segmentUnits = Math.max(segmentUnits, units);
        } else if (known && packetTimestamp - timestamp < 0) {
            return; // of an event that is over
        } else if (continues(code, units, packetTimestamp, marker)) {
            timestamp = packetTimestamp;
            segmentUnits = units;
        } else {
            finish();
            known = true;
            sounding = true;
            event = code;
            timestamp = packetTimestamp;
            segmentUnits = units;
            earlierUnits = 0;
            listener.eventBegan(code);
        }
        lastNanos = nowNanos;
        if (TelephoneEvent.isEnd(b, off)) {
            finish();
        }
    }

    /** Ends an event whose packets have stopped. Call it now and then, at least each 100 ms while {@link #isSounding}. */
    public void onTime(long nowNanos) {
        if (sounding && nowNanos - lastNanos >= SILENCE_NANOS) {
            finish();
        }
    }

    /** Whether an event has begun and not ended. */
    public boolean isSounding() {
        return sounding;
    }

    /** Ends what sounds, and forgets all: the source has changed. */
    public void reset() {
        finish();
        known = false;
    }

    private boolean continues(int code, int units, int packetTimestamp, boolean marker) {
        if (!sounding || code != event || marker) {
            return false;
        }
        if (segmentUnits == LONGEST_SEGMENT && packetTimestamp - timestamp == LONGEST_SEGMENT) {
            earlierUnits += LONGEST_SEGMENT;
            return true;
        }
        return units > segmentUnits;
    }

    private void finish() {
        if (sounding) {
            sounding = false;
            listener.eventEnded(event, earlierUnits + segmentUnits);
        }
    }
}
