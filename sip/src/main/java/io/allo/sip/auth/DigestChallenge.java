package io.allo.sip.auth;

import io.allo.sip.address.Parameters;
import io.allo.sip.header.ChallengeHeader;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A challenge to prove a password without sending it. {@code qop} holds what is offered, nothing in one from an RFC 2069 server;
 * {@code session} says that the algorithm has {@code -sess}. RFC 7616 section 3.3.
 */
public record DigestChallenge(
        String realm,
        String nonce,
        @Nullable String opaque,
        DigestAlgorithm algorithm,
        boolean session,
        boolean stale,
        List<String> qop) {
    /** The protection that everybody has: of method and URI, not of the body. */
    public static final String AUTH = "auth";

    private static final String SESSION = "-sess";

    public DigestChallenge {
        qop = List.copyOf(qop);
    }

    /** A challenge of ours, with qop=auth. */
    public static DigestChallenge of(String realm, String nonce, DigestAlgorithm algorithm, boolean stale) {
        return new DigestChallenge(realm, nonce, null, algorithm, false, stale, List.of(AUTH));
    }

    /**
     * The challenge in a header, or null where it is one that can't be answered: another scheme, an unknown algorithm, a qop without
     * {@code auth}, no nonce or realm.
     */
    public static @Nullable DigestChallenge of(ChallengeHeader header) {
        String realm = header.value("realm");
        String nonce = header.value("nonce");
        String token = Objects.requireNonNullElse(header.value("algorithm"), DigestAlgorithm.MD5.token());
        boolean session = token.toLowerCase(Locale.ROOT).endsWith(SESSION);
        DigestAlgorithm algorithm =
                DigestAlgorithm.of(session ? token.substring(0, token.length() - SESSION.length()) : token);
        if (!header.isDigest() || realm == null || nonce == null || algorithm == null) {
            return null;
        }
        String offered = header.value("qop");
        List<String> qop = offered == null
                ? List.of()
                : List.of(offered.toLowerCase(Locale.ROOT).strip().split("[ ,]+"));
        if (offered != null && !qop.contains(AUTH)) {
            return null;
        }
        boolean stale = "true".equalsIgnoreCase(header.value("stale"));
        return new DigestChallenge(realm, nonce, header.value("opaque"), algorithm, session, stale, qop);
    }

    /** The value of WWW-Authenticate or Proxy-Authenticate. */
    public ChallengeHeader header() {
        ChallengeHeader header = new ChallengeHeader("Digest", Parameters.EMPTY)
                .with("realm", realm)
                .with("nonce", nonce);
        if (opaque != null) {
            header = header.with("opaque", opaque);
        }
        if (stale) {
            header = header.with("stale", "true");
        }
        header = header.with("algorithm", algorithmToken());
        return qop.isEmpty() ? header : header.with("qop", String.join(",", qop));
    }

    /** The value of {@code algorithm} in an answer. */
    String algorithmToken() {
        return algorithm.token() + (session ? SESSION : "");
    }
}
