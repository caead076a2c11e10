package io.allo.media.sdp;

import java.util.Locale;
import java.util.Optional;

/** Which way media flows, seen from the side that writes the description. RFC 8866 6.7, RFC 3264 5.1. Immutable. */
public enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    /** The direction with exactly these two permissions. */
    public static Direction of(boolean send, boolean receive) {
        if (send) {
            return receive ? SENDRECV : SENDONLY;
        }
        return receive ? RECVONLY : INACTIVE;
    }

    /** The direction that an attribute of this name says; empty for any other attribute. */
    public static Optional<Direction> ofAttribute(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "sendrecv" -> Optional.of(SENDRECV);
            case "sendonly" -> Optional.of(SENDONLY);
            case "recvonly" -> Optional.of(RECVONLY);
            case "inactive" -> Optional.of(INACTIVE);
            default -> Optional.empty();
        };
    }

    /** Whether the side that wrote this sends. */
    public boolean canSend() {
        return this == SENDRECV || this == SENDONLY;
    }

    /** Whether the side that wrote this wants to hear something. */
    public boolean canReceive() {
        return this == SENDRECV || this == RECVONLY;
    }

    /** The same flow seen from the other side. */
    public Direction reverse() {
        return of(canReceive(), canSend());
    }

    /** What both allow. */
    public Direction intersection(Direction other) {
        return of(canSend() && other.canSend(), canReceive() && other.canReceive());
    }

    /** The attribute's name, without {@code a=}. */
    public String attributeName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
