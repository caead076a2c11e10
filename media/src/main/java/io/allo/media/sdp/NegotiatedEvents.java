package io.allo.media.sdp;

/** telephone-event at one clock rate (Hz), and its payload type in each direction. RFC 4733 2.5. Immutable. */
public record NegotiatedEvents(int clockRate, int sendPayloadType, int receivePayloadType) {}
