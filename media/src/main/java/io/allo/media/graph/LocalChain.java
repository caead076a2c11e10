package io.allo.media.graph;

import org.jspecify.annotations.Nullable;

/** Looks from a real port through the Local channels behind it. Pure functions; on the media loop. */
final class LocalChain {

    private LocalChain() {}

    /** The port whose player a port hears, null if it hears no player. */
    static @Nullable MediaPort speaker(MediaPort port) {
        if (port.player != null) {
            return port;
        }
        var at = port.echo ? null : port.partner;
        for (var i = 0; i < WirePort.CHAIN_LIMIT && at instanceof WirePort wire && wire.peer != null; i++) {
            if (wire.peer.player != null) {
                return wire.peer;
            }
            at = wire.peer.echo ? null : wire.peer.partner;
        }
        return null;
    }

    /** The seat from which a real port hears a room: its own, or that of the Local channel's half behind it; null if it hears none. */
    static @Nullable MixedLeg seat(RtpPort port) {
        if (port.echo) {
            return null;
        }
        var found = port.seat;
        var at = port.partner;
        for (var i = 0; i < WirePort.CHAIN_LIMIT && found == null && at instanceof WirePort wire; i++) {
            if (wire.peer == null || wire.peer.echo) {
                return null;
            }
            found = wire.peer.seat;
            at = wire.peer.partner;
        }
        return found;
    }

    /** The real port at the far end, whose stream this one hears; itself where an echo is in between; null if there is none. */
    static @Nullable RtpPort farEnd(RtpPort port) {
        var at = port.partner;
        for (var i = 0; i < WirePort.CHAIN_LIMIT && at instanceof WirePort wire; i++) {
            if (wire.peer == null) {
                return null;
            }
            if (wire.peer.echo) {
                return port;
            }
            at = wire.peer.partner;
        }
        return at instanceof RtpPort real ? real : null;
    }
}
