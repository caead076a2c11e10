package io.allo.media.sdp;

/**
 * A codec both sides have. The numbers can differ: packets we send carry {@code sendPayloadType}, which the peer chose,
 * packets we receive {@code receivePayloadType}, which we did. {@code sendFmtp} is what the peer asks of our encoder.
 * Immutable.
 */
public record NegotiatedCodec(CodecName codec, int sendPayloadType, int receivePayloadType, String sendFmtp) {}
