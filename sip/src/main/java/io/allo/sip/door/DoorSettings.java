package io.allo.sip.door;

import java.util.function.Predicate;

/**
 * What the door is configured with.
 *
 * @param connections at a time
 * @param trusted addresses, in four or sixteen octets, that are never banned nor limited: those that the configuration names (identify, door.conf)
 */
public record DoorSettings(
        RateLimits rates, FailureLimits failures, ConnectionLimits connections, Predicate<byte[]> trusted) {
    /** The usual limits, nobody trusted. */
    public static final DoorSettings DEFAULT =
            new DoorSettings(RateLimits.DEFAULT, FailureLimits.DEFAULT, ConnectionLimits.DEFAULT, address -> false);

    /** No rates; failures as usual. */
    public static final DoorSettings WITHOUT_RATES =
            new DoorSettings(RateLimits.NONE, FailureLimits.DEFAULT, ConnectionLimits.DEFAULT, address -> false);
}
