package io.allo.media.graph;

/** Works out whom a real port hears: its own player, a room, its partner, or through Local channels another's. On the media loop. */
final class Hearing {

    private Hearing() {}

    /** Forgets whom a port hears, and who hears it. */
    static void forget(RtpPort port) {
        if (port.source != null) {
            port.source.hearer = null;
            port.source = null;
        }
        if (port.hearer != null) {
            port.hearer.source = null;
            port.hearer = null;
        }
        if (port.seatInRoom != null) {
            port.seatInRoom.real = null;
            port.seatInRoom = null;
        }
    }

    /** Finds whom a port hears now. */
    static void plan(RtpPort port, long nowNanos) {
        if (port.isSendingDigits()) {
            port.startTicking(nowNanos);
        }
        var seat = LocalChain.seat(port);
        if (seat != null && seat.real == null) {
            seat.real = port;
            port.seatInRoom = seat;
        }
        if (LocalChain.speaker(port) != null) {
            port.startTicking(nowNanos);
            return;
        }
        var from = port.echo ? port : LocalChain.farEnd(port);
        if (from != null && from.hearer == null) {
            port.source = from;
            from.hearer = port;
        }
    }
}
