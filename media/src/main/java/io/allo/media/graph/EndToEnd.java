package io.allo.media.graph;

import io.allo.media.port.MediaEvent;
import io.allo.media.rtp.RtcpPacket;
import io.allo.media.rtp.RtpPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Two phones that encrypt between themselves with ZRTP (RFC 6189), through two ports that hear each other. Their ZRTP packets pass
 * untouched. Once both have sent some, everything else passes byte for byte too: SRTP protects header and payload, so a changed SSRC
 * or number would be thrown away. Nothing is decoded, mixed in or heard here then. Owned by the media loop.
 */
final class EndToEnd {

    private static final byte FIRST_BYTE = 0x10;
    private static final int HEADER_BYTES = 12;

    private final RtpPort port;

    /** The port that hears this one and was passed its ZRTP. */
    private @Nullable RtpPort passedTo;

    private @Nullable RtpPort toldWith;

    EndToEnd(RtpPort port) {
        this.port = port;
    }

    /** By its first byte and the magic cookie "ZRTP": RFC 6189 5. */
    static boolean isZrtp(byte[] b, int off, int length) {
        return length > HEADER_BYTES
                && b[off] == FIRST_BYTE
                && b[off + 4] == 'Z'
                && b[off + 5] == 'R'
                && b[off + 6] == 'T'
                && b[off + 7] == 'P';
    }

    /** A ZRTP packet came from an address that the call has named or shown. */
    void zrtp(ByteBuffer packet, long nowNanos) {
        var to = port.hearer;
        if (to == null || to.hearer != port || !isUnchanged(port, to) || !isUnchanged(to, port)) {
            return; // recorded, played to, encrypted as far as here, or transcoded: they stay in the clear, or as they
            // are
        }
        passedTo = to;
        to.sendUnchanged(packet, nowNanos);
        if (isOn() && toldWith != to) {
            tell(to);
            to.endToEnd.tell(port);
        }
    }

    private void tell(RtpPort with) {
        toldWith = with;
        port.reception.endToEnd();
        port.tell(new MediaEvent.EndToEnd(port.id));
    }

    /** Whether both have spoken ZRTP with each other, so that nothing may be changed any more. */
    boolean isOn() {
        var to = passedTo;
        return to != null && to == port.hearer && to.hearer == port && to.endToEnd.passedTo == port;
    }

    /** A packet that nobody here can read goes on as it came. */
    void pass(ByteBuffer packet, byte[] b, int off, InetSocketAddress from, long nowNanos) {
        if (RtcpPacket.isRtcp(b, off, packet.remaining())) {
            passControl(packet, from);
            return;
        }
        var to = port.hearer;
        if (to == null
                || packet.remaining() < RtpPacket.HEADER_BYTES
                || (b[off] & 0xC0) != 0x80
                || !port.latch.accepts(from, RtpPacket.ssrc(b, off), nowNanos)) {
            port.refused++;
            return;
        }
        to.sendUnchanged(packet, nowNanos);
        port.accepted(from, nowNanos);
        var kind = port.kindOf[RtpPacket.payloadType(b, off)];
        if (kind >= 0) {
            port.reception.codec = RtpPort.CODECS[kind];
            port.reception.count(b, off, RtpPort.CODECS[kind].clockRate(), nowNanos);
        }
    }

    /** The same for RTCP. */
    void passControl(ByteBuffer packet, InetSocketAddress from) {
        port.reception.seen(from);
        var to = port.hearer;
        if (to != null) {
            to.reception.pass(packet, to.latch);
        }
    }

    /** Whether what comes to one port can leave by the other as it is: nothing to decrypt or record, the codec's number the same. */
    private static boolean isUnchanged(RtpPort from, RtpPort to) {
        var send = to.media == null ? null : to.media.sendCodec().orElse(null);
        return send != null
                && !from.encryption.isOn()
                && from.taps == null
                && to.maySend
                && from.kindOf[send.sendPayloadType()] == send.codec().ordinal();
    }
}
