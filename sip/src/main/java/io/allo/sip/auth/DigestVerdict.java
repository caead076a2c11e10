package io.allo.sip.auth;

import java.util.List;

/** Whether a request has shown who sent it. */
public sealed interface DigestVerdict {
    /** It has: {@code username} knows the password. */
    record Accepted(String username, DigestAlgorithm algorithm) implements DigestVerdict {}

    /**
     * It has not: answer with {@link ChallengeKind#statusCode} and these challenges. {@code reason} and {@code username} (empty without
     * credentials) are for the log; an answer that depended on them would tell strangers who exists. {@code returned}: the credentials
     * were made with a nonce that was given to this client, so it can't be another's address that they came from.
     */
    record Challenged(Reason reason, String username, boolean returned, List<DigestChallenge> challenges)
            implements DigestVerdict {
        public Challenged {
            challenges = List.copyOf(challenges);
        }
    }

    /** Its credentials break the grammar, or sign another request: answer 400 with {@code why}. */
    record Malformed(String why) implements DigestVerdict {}

    /** Why a request is challenged. */
    enum Reason {
        /** None for this realm in a scheme and algorithm offered. */
        NO_CREDENTIALS,
        /** Nobody of that name, or nobody who may act here. */
        UNKNOWN_USER,
        /** The digest is not the one that the password gives. */
        WRONG_PASSWORD,
        /** The password is right but the nonce too old, or not ours: {@code stale=true}. */
        STALE_NONCE,
        /** The password is right but the count of the nonce was used before: {@code stale=true}. */
        REPLAYED;

        /** Whether somebody failed to prove a password, which is what ban lists count. */
        public boolean isFailure() {
            return this == UNKNOWN_USER || this == WRONG_PASSWORD;
        }
    }
}
