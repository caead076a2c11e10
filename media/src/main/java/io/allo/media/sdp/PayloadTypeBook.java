package io.allo.media.sdp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives out payload types for one offer so that none changes its meaning within a session (RFC 3264 8.3.2). Owned by
 * the function that writes the offer.
 */
final class PayloadTypeBook {

    private final Map<Integer, RtpMap> taken;

    PayloadTypeBook(SdpHistory history) {
        this.taken = new HashMap<>(history.payloadTypes());
    }

    /** The encoding under the number it already has, else the one it proposes, else a free one; empty if none is. */
    Optional<RtpMap> number(RtpMap wanted) {
        for (RtpMap known : taken.values()) {
            if (known.sameEncoding(wanted)) {
                return Optional.of(wanted.withPayloadType(known.payloadType()));
            }
        }
        if (!taken.containsKey(wanted.payloadType())) {
            return Optional.of(take(wanted));
        }
        for (int number = RtpMap.FIRST_DYNAMIC; number <= RtpMap.MAX_PAYLOAD_TYPE; number++) {
            if (!taken.containsKey(number)) {
                return Optional.of(take(wanted.withPayloadType(number)));
            }
        }
        return Optional.empty();
    }

    private RtpMap take(RtpMap map) {
        taken.put(map.payloadType(), map);
        return map;
    }
}
