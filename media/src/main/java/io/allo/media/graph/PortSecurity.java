package io.allo.media.graph;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.dtls.KeyExchange;
import io.allo.media.sdp.NegotiatedMedia;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a port does for its keys: takes those of SDP, or has a handshake made on its RTP port and, unless RTCP shares it, another
 * on its RTCP port (RFC 5764 3, 5763 6.7.2). While there are no keys nothing is sent or taken. A handshake made anew replaces the
 * keys when it is done, not before (RFC 5763 6.6). Owned by the media loop.
 */
final class PortSecurity {

    private final StreamEncryption encryption;
    private final KeyExchange sound;
    private final KeyExchange control;
    private @Nullable DtlsAgreement agreement;
    private boolean controlBegun;

    PortSecurity(StreamEncryption encryption, KeyExchange sound, KeyExchange control) {
        this.encryption = encryption;
        this.sound = sound;
        this.control = control;
    }

    /** Whether the packet is for a handshake, by its first byte: RFC 7983 7. */
    static boolean isHandshake(byte[] b, int off) {
        return b[off] >= 20 && b[off] <= 63;
    }

    void configure(NegotiatedMedia media, @Nullable InetSocketAddress named, @Nullable InetSocketAddress namedControl) {
        var wanted = media.dtls().orElse(null);
        if (wanted == null) {
            encryption.configure(media.keys().orElse(null));
            agreement = media.keys().isPresent() ? null : agreement;
            return;
        }
        if (agreement == null) {
            encryption.awaitKeys();
        } else {
            encryption.resume();
        }
        if (named == null) {
            return; // on hold without an address: the association goes on, or begins when there is one
        }
        if (!wanted.equals(agreement)) {
            agreement = wanted;
            controlBegun = false;
            sound.begin(wanted, named);
        }
        if (!media.rtcpMux() && namedControl != null && !controlBegun) {
            controlBegun = true;
            control.begin(wanted, namedControl);
        }
    }

    /** A packet of the RTP port's handshake came from a trusted address. */
    void handshake(ByteBuffer packet, InetSocketAddress from) {
        if (agreement != null) {
            sound.received(packet, from);
        }
    }

    /** The same at the RTCP port. */
    void controlHandshake(ByteBuffer packet, InetSocketAddress from) {
        if (controlBegun) {
            control.received(packet, from);
        }
    }

    /**
     * A handshake has ended.
     *
     * @param onControl it was the RTCP port's
     * @return whether it is the one that is waited for
     */
    boolean ended(HandshakeOutcome outcome, boolean onControl) {
        if (!outcome.agreement().equals(agreement)) {
            return false;
        }
        if (outcome instanceof HandshakeOutcome.Keyed keyed) {
            if (onControl) {
                encryption.controlKeys(keyed.keys());
            } else if (controlBegun) {
                encryption.soundKeys(keyed.keys());
            } else {
                encryption.configure(keyed.keys());
            }
        }
        return true;
    }

    void close() {
        for (var exchange : Arrays.asList(sound, control)) {
            exchange.close();
        }
    }
}
