package io.allo.pbx.event;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that whoever watches over the system wants to know: who came in, who did not, and what administrators did. Immutable.
 *
 * @param atMillis milliseconds since 1970 UTC
 * @param service whom it concerns: {@code PJSIP}, {@code CLI}, ...
 * @param accountId the user as it was claimed, or the administrator
 * @param sessionId Call-ID or the like, to find it elsewhere
 * @param local where it came to as {@code UDP/192.0.2.1/5060}: transport, address, port; empty where it came over no network
 * @param remote where it came from, likewise
 * @param more further facts, by Asterisk's names where it has one; never a secret
 */
public record SecurityEvent(
        long atMillis,
        Kind kind,
        String service,
        String accountId,
        String sessionId,
        String local,
        String remote,
        Map<String, String> more) {

    /** What happened: the names of Asterisk's security events, then our own. */
    public enum Kind {
        /** A password was proved. */
        SUCCESSFUL_AUTH("SuccessfulAuth", false),
        /** A password was asked for. */
        CHALLENGE_SENT("ChallengeSent", false),
        /** The answer to the challenge could not be right: the user is banned. */
        CHALLENGE_RESPONSE_FAILED("ChallengeResponseFailed", true),
        /** There is no such user. */
        INVALID_ACCOUNT_ID("InvalidAccountID", true),
        /** The password is wrong. */
        INVALID_PASSWORD("InvalidPassword", true),
        /** An access list shuts it out. */
        FAILED_ACL("FailedACL", true),
        /** It could not be read. */
        REQUEST_BAD_FORMAT("RequestBadFormat", true),
        /** The user may not do that. */
        REQUEST_NOT_ALLOWED("RequestNotAllowed", true),
        /** Too much at a time. */
        SESSION_LIMIT("SessionLimit", true),
        /** Somebody is shut out. */
        BAN_ADDED("BanAdded", true),
        /** Somebody is let in again by an administrator. */
        BAN_LIFTED("BanLifted", false),
        /** An administrator did something. */
        ADMINISTRATION("Administration", false),
        /** More happened than is written down one by one. */
        SUPPRESSED("EventsSuppressed", true);

        private final String word;
        private final boolean error;

        Kind(String word, boolean error) {
            this.word = word;
            this.error = error;
        }

        /** The name in the log. */
        public String word() {
            return word;
        }

        /** {@code Error} or {@code Informational}. */
        public String severity() {
            return error ? "Error" : "Informational";
        }
    }

    public SecurityEvent {
        more = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** What an administrator did, over no network. */
    public static SecurityEvent administration(long atMillis, String service, String account, String action) {
        return new SecurityEvent(atMillis, Kind.ADMINISTRATION, service, account, "", "", "", Map.of("Action", action));
    }
}
