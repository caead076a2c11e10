package io.allo.media.graph;

import io.allo.media.rtp.RtpPacket;
import io.allo.media.rtp.TelephoneEvent;

/**
 * Telephone-events that go from one stream to another, whose event clock can be another one: beside Opus it is 48 kHz (RFC 4733 2.5.1.1,
 * RFC 7587 4.1). Durations are changed to the clock of the stream they leave by, and divided into its segments of 65535 units, which
 * at 48 kHz last 1.4 s (RFC 4733 2.5.1.3); segments that come are put together. Owned by the media loop.
 */
final class PassedEvents {

    private static final int LONGEST_SEGMENT = 0xFFFF;

    private boolean known;
    private int event;
    private int sourceTimestamp;
    private int sourceUnits;
    private long earlierUnits;
    private int startTimestamp;
    private long segment;
    private boolean first;

    /** Sends one packet of an event on through a port, at whose place in the shared buffer it may write. */
    void pass(RtpPort to, byte[] b, int payloadOff, int timestamp, boolean marker, Clocks clocks, long nowNanos) {
        follow(b, payloadOff, timestamp, marker, to.out.timestampAt(nowNanos, clocks.outgoing()));
        sourceUnits = TelephoneEvent.duration(b, payloadOff);
        var total = (earlierUnits + sourceUnits) * clocks.outgoing() / clocks.incoming();
        while (total
                > (segment + 1)
                        * LONGEST_SEGMENT) { // the segment that is full goes out so, for the next to be known as its
            // own
            send(to, b, payloadOff, false, LONGEST_SEGMENT, nowNanos);
            segment++;
        }
        var units = (int) (total - segment * LONGEST_SEGMENT);
        send(to, b, payloadOff, TelephoneEvent.isEnd(b, payloadOff), units, nowNanos);
    }

    /**
     * The event clocks of a stream that comes and of the one by which it goes on, in Hz.
     *
     * @param incoming of the phone that presses
     * @param outgoing of the phone that is told
     */
    record Clocks(int incoming, int outgoing) {}

    private void follow(byte[] b, int payloadOff, int timestamp, boolean marker, int ownTimestamp) {
        var code = TelephoneEvent.event(b, payloadOff);
        if (known && timestamp == sourceTimestamp && code == event) {
            return;
        }
        var goesOn = known
                && code == event
                && !marker
                && sourceUnits == LONGEST_SEGMENT
                && timestamp - sourceTimestamp == LONGEST_SEGMENT;
        earlierUnits = goesOn ? earlierUnits + LONGEST_SEGMENT : 0;
        sourceTimestamp = timestamp;
        if (!goesOn) {
            known = true;
            event = code;
            startTimestamp = ownTimestamp;
            segment = 0;
            first = true;
        }
    }

    private void send(RtpPort to, byte[] b, int payloadOff, boolean end, int units, long nowNanos) {
        var packet = to.graph.buffers().packet;
        var length = TelephoneEvent.write(
                packet, RtpPacket.HEADER_BYTES, event, end, TelephoneEvent.volume(b, payloadOff), units);
        to.sendEvent(first, startTimestamp + (int) (segment * LONGEST_SEGMENT), length, nowNanos);
        first = false;
    }
}
