package io.allo.media.graph;

import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.dtls.KeyExchange;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.PortId;
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
    private boolean configured;
    private final SourceLatch latch;
    private final EarlyFlights early = new EarlyFlights();
    private final EarlyFlights earlyControl = new EarlyFlights();

    PortSecurity(StreamEncryption encryption, SourceLatch latch, KeyExchange sound, KeyExchange control) {
        this.encryption = encryption;
        this.latch = latch;
        this.sound = sound;
        this.control = control;
    }

    /** Whether the packet is for a handshake, by its first byte: RFC 7983 7. */
    static boolean isHandshake(ByteBuffer packet) {
        return packet.hasRemaining() && packet.get(packet.position()) >= 20 && packet.get(packet.position()) <= 63;
    }

    void configure(NegotiatedMedia media, @Nullable InetSocketAddress named, @Nullable InetSocketAddress namedControl) {
        configured = true;
        begin(media, named, namedControl);
        early.forget();
        earlyControl.forget();
    }

    private void begin(
            NegotiatedMedia media, @Nullable InetSocketAddress named, @Nullable InetSocketAddress namedControl) {
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
            early.replay(latch, sound);
        }
        if (!media.rtcpMux() && namedControl != null && !controlBegun) {
            controlBegun = true;
            control.begin(wanted, namedControl);
            earlyControl.replay(latch, control);
        }
    }

    /** A packet came from an address that nobody has named: before the answer it may be that which will. */
    void early(ByteBuffer packet, InetSocketAddress from, boolean onControl) {
        if (!configured && isHandshake(packet)) {
            (onControl ? earlyControl : early).keep(packet, from);
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
     * @return what is to be told, null if nothing is or another handshake is waited for
     */
    @Nullable
    MediaEvent ended(HandshakeOutcome outcome, boolean onControl, PortId id) {
        if (!outcome.agreement().equals(agreement)) {
            return null;
        }
        return switch (outcome) {
            case HandshakeOutcome.Keyed keyed -> {
                keyed(keyed, onControl);
                yield onControl
                        ? null
                        : new MediaEvent.Secured(id, keyed.keys().send().suite().name());
            }
            case HandshakeOutcome.Failed failed
            when onControl && failed.reason() != HandshakeOutcome.Reason.WRONG_FINGERPRINT ->
                null; // sound is heard without its reports
            case HandshakeOutcome.Failed failed -> new MediaEvent.NotSecured(id, failed.reason());
        };
    }

    private void keyed(HandshakeOutcome.Keyed keyed, boolean onControl) {
        if (onControl) {
            encryption.controlKeys(keyed.keys());
        } else if (controlBegun) {
            encryption.soundKeys(keyed.keys());
        } else {
            encryption.configure(keyed.keys());
        }
    }

    void close() {
        for (var exchange : Arrays.asList(sound, control)) {
            exchange.close();
        }
    }
}
