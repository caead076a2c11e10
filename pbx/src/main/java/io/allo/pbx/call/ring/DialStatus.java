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

    /** What one fork's cause means; the SIP status tells who declined from who does not let us in. */
    static DialStatus of(HangupCause cause, int protocolStatus) {
        if (cause == HangupCause.CALL_REJECTED && protocolStatus >= 400 && protocolStatus < 500) {
            return CHANUNAVAIL; // 401, 403, 407: the gateway does not let us in, nobody declined
        }
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
