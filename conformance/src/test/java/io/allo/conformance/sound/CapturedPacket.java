package io.allo.conformance.sound;

/**
 * One UDP packet over IPv4 as it passed an interface.
 *
 * @param atNanos when it was seen, nanoseconds since 1970
 * @param source "address:port"
 * @param destination "address:port"
 * @param payload what UDP carried
 */
public record CapturedPacket(long atNanos, String source, String destination, byte[] payload) {
    /** RTP version 2 and not RTCP (RFC 5761 4: packet types 192-223 are RTCP). */
    public boolean isRtp() {
        if (payload.length < 12 || (payload[0] & 0xc0) != 0x80) {
            return false;
        }
        int second = payload[1] & 0xff;
        return second < 192 || second > 223;
    }

    public int payloadType() {
        return payload[1] & 0x7f;
    }

    public int sequenceNumber() {
        return (payload[2] & 0xff) << 8 | payload[3] & 0xff;
    }

    public long timestamp() {
        return Integer.toUnsignedLong(int32(4));
    }

    public long ssrc() {
        return Integer.toUnsignedLong(int32(8));
    }

    /** What follows the RTP header, its contributing sources and its extension (RFC 3550 5.1, 5.3.1). */
    public byte[] rtpPayload() {
        int start = 12 + 4 * (payload[0] & 0x0f);
        if ((payload[0] & 0x10) != 0) {
            start += 4 + 4 * ((payload[start + 2] & 0xff) << 8 | payload[start + 3] & 0xff);
        }
        int end = payload.length - ((payload[0] & 0x20) != 0 ? payload[payload.length - 1] & 0xff : 0);
        return java.util.Arrays.copyOfRange(payload, start, end);
    }

    private int int32(int offset) {
        return (payload[offset] & 0xff) << 24
                | (payload[offset + 1] & 0xff) << 16
                | (payload[offset + 2] & 0xff) << 8
                | payload[offset + 3] & 0xff;
    }
}
