package io.allo.sip.auth;

import java.util.List;

/**
 * How requests are to prove who sent them: the realm, the algorithms offered (best first, one challenge each, RFC 8760 section 2.3), who
 * asks, and whether the {@code uri} that was signed has to be the request's own (RFC 7616 section 3.4.6); RFC 3261 section 22.4 lets it
 * differ, since proxies change Request-URIs.
 */
public record DigestPolicy(ChallengeKind kind, String realm, List<DigestAlgorithm> algorithms, boolean sameUri) {
    public DigestPolicy {
        algorithms = List.copyOf(algorithms);
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("no algorithm");
        }
    }

    /** What a server asks of phones: 401, MD5 (which all of them know), the signed URI checked. */
    public static DigestPolicy md5(String realm) {
        return new DigestPolicy(ChallengeKind.SERVER, realm, List.of(DigestAlgorithm.MD5), true);
    }
}
