package io.allo.pbx.call;

import org.jspecify.annotations.Nullable;

/** Why a channel ended: the causes of ITU-T Q.850 that are in use, and how SIP says them (RFC 3398 7.2.4.1, 8.2.6.1). */
public enum HangupCause {
    UNALLOCATED(1, 404, "unknown number", "numéro inconnu"),
    NO_ROUTE_DESTINATION(3, 404, "no route to the destination", "pas de route vers la destination"),
    NORMAL_CLEARING(16, 603, "hung up normally", "raccroché normalement"),
    USER_BUSY(17, 486, "busy", "occupé"),
    NO_USER_RESPONSE(18, 408, "the phone did not respond", "le poste ne répond pas"),
    NO_ANSWER(19, 480, "nobody answered", "personne n'a décroché"),
    SUBSCRIBER_ABSENT(20, 480, "the phone is not registered", "le poste n'est pas enregistré"),
    CALL_REJECTED(21, 403, "rejected", "refusé"),
    NUMBER_CHANGED(22, 410, "number changed", "numéro changé"),
    ANSWERED_ELSEWHERE(26, 487, "answered elsewhere", "décroché ailleurs"),
    DESTINATION_OUT_OF_ORDER(27, 502, "destination out of order", "destination hors service"),
    INVALID_NUMBER_FORMAT(28, 484, "invalid number", "numéro invalide"),
    FACILITY_REJECTED(29, 501, "not possible", "impossible"),
    NORMAL_UNSPECIFIED(31, 480, "ended", "terminé"),
    CONGESTION(34, 503, "congestion", "encombrement"),
    NETWORK_OUT_OF_ORDER(38, 500, "network out of order", "réseau hors service"),
    TEMPORARY_FAILURE(41, 503, "temporary failure", "défaillance passagère"),
    SWITCH_CONGESTION(42, 503, "the switch is overloaded", "le commutateur est saturé"),
    BEARER_NOT_AVAILABLE(58, 488, "no codec in common", "aucun codec en commun"),
    INCOMPATIBLE_DESTINATION(88, 488, "incompatible destination", "destination incompatible"),
    RECOVERY_ON_TIMER_EXPIRE(102, 504, "timed out", "délai dépassé"),
    PROTOCOL_ERROR(111, 500, "protocol error", "erreur de protocole"),
    INTERWORKING(127, 500, "internal error", "erreur interne");

    private final int code;
    private final int sipStatus;
    private final String english;
    private final String french;

    HangupCause(int code, int sipStatus, String english, String french) {
        this.code = code;
        this.sipStatus = sipStatus;
        this.english = english;
        this.french = french;
    }

    /** The number in Q.850, as in HANGUPCAUSE. */
    public int code() {
        return code;
    }

    /** The final status with which a call that was never answered is refused for this cause. */
    public int sipStatus() {
        return sipStatus;
    }

    /** In plain English. */
    public String english() {
        return english;
    }

    /** In plain French. */
    public String french() {
        return french;
    }

    /** The cause with a Q.850 number; 16 if the number isn't known. */
    public static HangupCause of(int code) {
        for (var cause : values()) {
            if (cause.code == code) {
                return cause;
            }
        }
        return NORMAL_CLEARING;
    }

    /** A cause by its number or its name as Hangup() takes it ("17", "USER_BUSY", "AST_CAUSE_USER_BUSY"), null if neither. */
    public static @Nullable HangupCause parse(String text) {
        var name = text.strip().toUpperCase(java.util.Locale.ROOT);
        if (name.startsWith("AST_CAUSE_")) {
            name = name.substring("AST_CAUSE_".length());
        }
        for (var cause : values()) {
            if (cause.name().equals(name) || Integer.toString(cause.code).equals(name)) {
                return cause;
            }
        }
        return null;
    }

    /** The cause that a SIP final status means (RFC 3398 7.2.4.1). */
    public static HangupCause ofSip(int status) {
        return switch (status) {
            case 401, 402, 403, 407, 603 -> CALL_REJECTED;
            case 404, 485, 604 -> UNALLOCATED;
            case 408 -> NO_USER_RESPONSE;
            case 410 -> NUMBER_CHANGED;
            case 413, 414, 416, 420, 421, 423, 482, 483, 502, 505 -> INTERWORKING;
            case 480 -> NO_ANSWER;
            case 484 -> INVALID_NUMBER_FORMAT;
            case 486, 600 -> USER_BUSY;
            case 487 -> NORMAL_CLEARING;
            case 415, 488, 606 -> BEARER_NOT_AVAILABLE;
            case 500, 503 -> TEMPORARY_FAILURE;
            case 504 -> RECOVERY_ON_TIMER_EXPIRE;
            case 405, 406, 501 -> FACILITY_REJECTED;
            default -> status >= 200 && status < 300 ? NORMAL_CLEARING : INTERWORKING;
        };
    }
}
