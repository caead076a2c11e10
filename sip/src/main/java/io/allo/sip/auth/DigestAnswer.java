package io.allo.sip.auth;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.Parameters;
import io.allo.sip.header.AuthorizationHeader;
import io.allo.sip.header.ChallengeHeader;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of one peer (a trunk, a dialog) and signs later requests before they are challenged, counting how often each
 * nonce was used. RFC 3261 section 22.2 and 22.3, RFC 7616 section 3.4, RFC 8760 section 2.4. Owned by the SIP loop.
 *
 * <p>The caller gives the new request its CSeq and its transaction.
 */
public final class DigestAnswer {
    /** For how many realms challenges are kept. */
    static final int MAX_REALMS = 8;

    /** What a realm asked last, and how often its nonce has been used. */
    private static final class Asked {
        final DigestChallenge challenge;
        final Account account;
        final String cnonce;
        final String ha1;
        int count;

        Asked(DigestChallenge challenge, Account account, String cnonce, String ha1) {
            this.challenge = challenge;
            this.account = account;
            this.cnonce = cnonce;
            this.ha1 = ha1;
        }
    }

    private record Place(ChallengeKind kind, String realm) {}

    private final Accounts accounts;
    private final RandomSource random;
    private final Map<Place, Asked> asked = new LinkedHashMap<>();

    /** Answers with the passwords that {@code accounts} knows; {@code random} gives the cnonces. */
    public DigestAnswer(Accounts accounts, RandomSource random) {
        this.accounts = accounts;
        this.random = random;
    }

    /**
     * {@code request} with credentials for every challenge of {@code response} (a 401 or 407 to it); null where that would not help: no
     * account or no algorithm in common, or credentials for the same realm were just refused and not because their nonce had become stale.
     */
    public @Nullable SipRequest answer(SipRequest request, SipResponse response) {
        boolean learnt = false;
        for (ChallengeKind kind : ChallengeKind.values()) {
            for (DigestChallenge challenge : chosen(kind, response)) {
                if (isRefused(request, kind, challenge)) {
                    return null;
                }
                learnt |= learn(kind, challenge);
            }
        }
        return learnt ? sign(request) : null;
    }

    /** {@code request} with fresh credentials for every realm that has challenged before, in place of those it has. */
    public SipRequest sign(SipRequest request) {
        if (asked.isEmpty()) {
            return request;
        }
        Headers.Builder headers = request.headers().toBuilder();
        for (ChallengeKind kind : ChallengeKind.values()) {
            headers.remove(kind.credentialsHeader());
        }
        asked.forEach((place, last) -> headers.add(
                place.kind().credentialsHeader(),
                credentials(last, request.method().name(), request.uri().toString())
                        .toString()));
        return request.withHeaders(headers.build());
    }

    /** The first challenge of each realm that we can answer: the server has put what it likes best first. */
    private static Iterable<DigestChallenge> chosen(ChallengeKind kind, SipResponse response) {
        var byRealm = new LinkedHashMap<String, DigestChallenge>();
        for (ChallengeHeader header : response.headers().typed(kind.challengeHeader(), ChallengeHeader::parse)) {
            DigestChallenge challenge = DigestChallenge.of(header);
            if (challenge != null) {
                byRealm.putIfAbsent(challenge.realm(), challenge);
            }
        }
        return byRealm.values();
    }

    /** Whether credentials that answered the realm's last challenge were refused: those signed ahead may just have grown old. */
    private boolean isRefused(SipRequest request, ChallengeKind kind, DigestChallenge challenge) {
        Asked last = asked.get(new Place(kind, challenge.realm()));
        boolean ahead = last != null && last.count > 1;
        return !challenge.stale()
                && !ahead
                && request.headers().typed(kind.credentialsHeader(), AuthorizationHeader::parse).stream()
                        .anyMatch(sent -> challenge.realm().equals(sent.value("realm")));
    }

    private boolean learn(ChallengeKind kind, DigestChallenge challenge) {
        Account account = accounts.account(challenge.realm());
        String ha1 = account == null
                ? null
                : account.secret().ha1(challenge.algorithm(), account.username(), challenge.realm());
        if (account == null || ha1 == null) {
            return false;
        }
        String cnonce = Long.toHexString(random.nextLong());
        if (challenge.session()) {
            ha1 = DigestHash.ha1Session(challenge.algorithm(), ha1, challenge.nonce(), cnonce);
        }
        var place = new Place(kind, challenge.realm());
        if (!asked.containsKey(place) && asked.size() == MAX_REALMS) {
            asked.remove(asked.keySet().iterator().next());
        }
        asked.put(place, new Asked(challenge, account, cnonce, ha1));
        return true;
    }

    private static AuthorizationHeader credentials(Asked last, String method, String uri) {
        DigestChallenge challenge = last.challenge;
        DigestAlgorithm h = challenge.algorithm();
        var header = new AuthorizationHeader("Digest", Parameters.EMPTY)
                .with("username", last.account.username())
                .with("realm", challenge.realm())
                .with("nonce", challenge.nonce())
                .with("uri", uri);
        int count = ++last.count;
        if (challenge.qop().isEmpty()) {
            header = header.with("response", DigestHash.response(h, last.ha1, challenge.nonce(), method, uri));
            header = challenge.session() ? header.with("cnonce", last.cnonce) : header;
        } else {
            String nc = String.format("%08x", count);
            String response = DigestHash.response(
                    h, last.ha1, challenge.nonce(), nc, last.cnonce, DigestChallenge.AUTH, method, uri);
            header = header.with("response", response)
                    .with("cnonce", last.cnonce)
                    .with("nc", nc)
                    .with("qop", DigestChallenge.AUTH);
        }
        header = header.with("algorithm", challenge.algorithmToken());
        String opaque = challenge.opaque();
        return opaque == null ? header : header.with("opaque", opaque);
    }
}
