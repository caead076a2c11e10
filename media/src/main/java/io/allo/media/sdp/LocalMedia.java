package io.allo.media.sdp;

import io.allo.media.dtls.LocalDtls;
import io.allo.media.sdes.SdesKeys;

/**
 * Where our side of a call receives sound, and which way it wants it to flow. Immutable.
 *
 * @param address IPv4 or IPv6 literal to announce
 * @param port RTP port, 1 to 65535
 * @param rtcpPort RTCP port; announced by {@code a=rtcp} when it is not {@code port + 1}
 * @param sessionId number of the session in {@code o=}, the same for a whole call leg; also its first version
 * @param direction what we want: SENDONLY or INACTIVE to hold the peer
 * @param keys our keys for this leg, the same in all its descriptions
 * @param dtls our side of a handshake for keys
 * @param passed what the other leg of the call says to this one's phone, beyond us
 */
public record LocalMedia(
        String address,
        int port,
        int rtcpPort,
        long sessionId,
        Direction direction,
        SdesKeys keys,
        LocalDtls dtls,
        PassedOn passed) {

    public LocalMedia {
        if (port < 1 || port > MediaDescription.MAX_PORT || rtcpPort < 1 || rtcpPort > MediaDescription.MAX_PORT) {
            throw new IllegalArgumentException("ports " + port + " and " + rtcpPort);
        }
        if (sessionId < 0) {
            throw new IllegalArgumentException("session id " + sessionId);
        }
    }

    /** A leg without keys. */
    public LocalMedia(String address, int port, int rtcpPort, long sessionId, Direction direction) {
        this(address, port, rtcpPort, sessionId, direction, SdesKeys.NONE, LocalDtls.NONE, PassedOn.NOTHING);
    }

    /** Both ways, RTCP on the next port. */
    public static LocalMedia of(String address, int port, long sessionId) {
        return new LocalMedia(address, port, port + 1, sessionId, Direction.SENDRECV);
    }

    /** The same ports, flowing another way: how a call is held and resumed (RFC 3264 8.4). */
    public LocalMedia withDirection(Direction newDirection) {
        return new LocalMedia(address, port, rtcpPort, sessionId, newDirection, keys, dtls, passed);
    }

    /** The same with these keys of ours. */
    public LocalMedia withKeys(SdesKeys newKeys) {
        return new LocalMedia(address, port, rtcpPort, sessionId, direction, newKeys, dtls, passed);
    }

    /** The same with this side of a handshake. */
    public LocalMedia withDtls(LocalDtls newDtls) {
        return new LocalMedia(address, port, rtcpPort, sessionId, direction, keys, newDtls, passed);
    }

    /** The same with what is passed on. */
    public LocalMedia withPassed(PassedOn newPassed) {
        return new LocalMedia(address, port, rtcpPort, sessionId, direction, keys, dtls, newPassed);
    }
}
