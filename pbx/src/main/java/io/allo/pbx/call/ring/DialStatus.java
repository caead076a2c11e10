package io.allo.pbx.call.ring;

import io.allo.pbx.call.HangupCause;
import java.util.Collection;

/** How ringing ended (DIALSTATUS). */
public enum DialStatus {
    ANSWER,
    BUSY,
    NOANSWER,
    CANCEL,
    CONGESTION,
    CHANUNAVAIL,
    DONTCALL,
    TORTURE,
    INVALIDARGS;

    /** What one fork's cause means. */
    static DialStatus of(HangupCause cause) {
        return switch (cause) {
            case USER_BUSY, CALL_REJECTED -> BUSY;
            case UNALLOCATED,
                    NO_ROUTE_DESTINATION,
                    SUBSCRIBER_ABSENT,
                    DESTINATION_OUT_OF_ORDER,
                    INVALID_NUMBER_FORMAT -> CHANUNAVAIL;
            case CONGESTION,
                    SWITCH_CONGESTION,
                    NETWORK_OUT_OF_ORDER,
                    TEMPORARY_FAILURE,
                    BEARER_NOT_AVAILABLE,
                    INCOMPATIBLE_DESTINATION,
                    FACILITY_REJECTED,
                    PROTOCOL_ERROR,
                    INTERWORKING,
                    NUMBER_CHANGED -> CONGESTION;
            default -> NOANSWER;
        };
    }

    /** Of all forks when none can answer any more: one that rang without answer wins, then busy, congestion, unavailable. */
    static DialStatus ofAll(Collection<DialStatus> all) {
        for (var status : new DialStatus[] {NOANSWER, BUSY, CONGESTION, CHANUNAVAIL}) {
            if (all.contains(status)) {
                return status;
            }
        }
        return CHANUNAVAIL;
    }
}
