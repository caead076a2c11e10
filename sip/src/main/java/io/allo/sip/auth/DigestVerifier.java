package io.allo.sip.auth;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import io.allo.sip.auth.DigestVerdict.Reason;
import io.allo.sip.header.AuthorizationHeader;
import io.allo.sip.message.SipRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks the credentials of requests. An unknown user costs the same work and gets the same answer as a wrong password. ACK and CANCEL
 * are not to be brought here: they can't be challenged (RFC 3261 section 22.1). Owned by the SIP loop.
 */
public final class DigestVerifier {
    private static final String REALM = "realm";

    /** Credentials for us, their grammar checked. {@code nc} and {@code cnonce} are null where there is no qop. */
    private record Signed(
            String username,
            String nonce,
            String uri,
            String response,
            DigestAlgorithm algorithm,
            @Nullable String nc,
            @Nullable String cnonce) {}

    private final NonceBook nonces;
    private final DigestSecret.Password decoy;

    /** {@code random} gives the password that nobody has. */
    public DigestVerifier(NonceBook nonces, RandomSource random) {
        this.nonces = nonces;
        this.decoy =
                new DigestSecret.Password(Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
    }

    /** Whether {@code request} proves that one of {@code credentials} sent it. */
    public DigestVerdict verify(SipRequest request, DigestPolicy policy, Credentials credentials, long nowNanos) {
        return verify(request, policy, credentials, 0, nowNanos);
    }

    /** The same for a client whose address {@code client} stands for: its nonces are for it. */
    public DigestVerdict verify(
            SipRequest request, DigestPolicy policy, Credentials credentials, int client, long nowNanos) {
        try {
            Signed signed = signed(request, policy);
            if (signed == null) {
                var fresh = challenges(policy, false, client, nowNanos);
                return new DigestVerdict.Challenged(Reason.NO_CREDENTIALS, "", false, fresh);
            }
            return judge(signed, request, policy, credentials, client, nowNanos);
        } catch (SipParseException e) {
            return new DigestVerdict.Malformed(e.what());
        }
    }

    /** Fresh challenges for anybody, one for each algorithm of the policy. */
    public List<DigestChallenge> challenges(DigestPolicy policy, boolean stale, long nowNanos) {
        return challenges(policy, stale, 0, nowNanos);
    }

    /** Fresh challenges for that client, one for each algorithm of the policy. */
    public List<DigestChallenge> challenges(DigestPolicy policy, boolean stale, int client, long nowNanos) {
        String nonce = nonces.issue(client, nowNanos);
        return policy.algorithms().stream()
                .map(algorithm -> DigestChallenge.of(policy.realm(), nonce, algorithm, stale))
                .toList();
    }

    private DigestVerdict judge(
            Signed signed,
            SipRequest request,
            DigestPolicy policy,
            Credentials credentials,
            int client,
            long nowNanos) {
        if (policy.sameUri() && !isSameResource(signed.uri(), request.uri())) {
            return new DigestVerdict.Malformed("Digest uri is not the Request-URI");
        }
        DigestSecret secret = credentials.secret(signed.username(), policy.realm());
        boolean right = isRight(signed, request.method().name(), policy.realm(), secret);
        if (!right) {
            Reason reason = isNobodys(secret) ? Reason.UNKNOWN_USER : Reason.WRONG_PASSWORD;
            return challenged(reason, signed, policy, client, nowNanos);
        }
        // Without qop there is no count: the nonce holds once.
        String nc = signed.nc();
        long count = nc == null ? 1 : Long.parseLong(nc, 16);
        return switch (nonces.use(signed.nonce(), count, nowNanos)) {
            case GOOD -> new DigestVerdict.Accepted(signed.username(), signed.algorithm());
            case STALE, UNKNOWN -> challenged(Reason.STALE_NONCE, signed, policy, client, nowNanos);
            case REPLAYED -> challenged(Reason.REPLAYED, signed, policy, client, nowNanos);
        };
    }

    /** Compares the digest with the one that {@code secret} gives; without a secret the work is the same and the result false. */
    private boolean isRight(Signed signed, String method, String realm, @Nullable DigestSecret secret) {
        DigestAlgorithm h = signed.algorithm();
        String decoyHa1 = secret != null && secret.isComputed() ? "" : decoy.ha1(h, signed.username(), realm);
        String known = secret == null ? null : secret.ha1(h, signed.username(), realm);
        String ha1 = known == null ? decoyHa1 : known;
        String nc = signed.nc();
        String cnonce = signed.cnonce();
        String expected = nc == null || cnonce == null
                ? DigestHash.response(h, ha1, signed.nonce(), method, signed.uri())
                : DigestHash.response(h, ha1, signed.nonce(), nc, cnonce, DigestChallenge.AUTH, method, signed.uri());
        boolean equal = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                signed.response().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return equal && known != null && !isNobodys(secret);
    }

    private static boolean isNobodys(@Nullable DigestSecret secret) {
        return secret == null || secret instanceof DigestSecret.Decoy;
    }

    private DigestVerdict challenged(Reason reason, Signed signed, DigestPolicy policy, int client, long nowNanos) {
        boolean stale = reason == Reason.STALE_NONCE || reason == Reason.REPLAYED;
        boolean returned = nonces.isFor(signed.nonce(), client);
        return new DigestVerdict.Challenged(
                reason, signed.username(), returned, challenges(policy, stale, client, nowNanos));
    }

    /** The first credentials for our realm in an algorithm that we offer, or null. Others are for other servers on the way. */
    private static @Nullable Signed signed(SipRequest request, DigestPolicy policy) {
        var headers = request.headers().typed(policy.kind().credentialsHeader(), AuthorizationHeader::parse);
        for (AuthorizationHeader header : headers) {
            DigestAlgorithm algorithm = DigestAlgorithm.of(header.value("algorithm"));
            boolean ours = header.isDigest() && policy.realm().equals(header.value(REALM));
            if (ours && algorithm != null && policy.algorithms().contains(algorithm)) {
                return signed(header, algorithm);
            }
        }
        return null;
    }

    private static Signed signed(AuthorizationHeader header, DigestAlgorithm algorithm) {
        String qop = header.value("qop");
        String nc = null;
        String cnonce = null;
        if (qop != null) {
            if (!qop.equalsIgnoreCase(DigestChallenge.AUTH)) {
                throw new SipParseException("qop " + qop + " was not offered");
            }
            nc = needed(header, "nc");
            cnonce = needed(header, "cnonce");
            if (nc.length() != 8 || !nc.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                throw new SipParseException("nc must have eight hexadecimal digits");
            }
        }
        return new Signed(
                needed(header, "username"),
                needed(header, "nonce"),
                needed(header, "uri"),
                needed(header, "response"),
                algorithm,
                nc,
                cnonce);
    }

    private static String needed(AuthorizationHeader header, String name) {
        String value = header.value(name);
        if (value == null) {
            throw new SipParseException("Credentials without " + name);
        }
        return value;
    }

    /** Scheme, user, host and port agree; parameters, which proxies add and phones leave out, may differ. */
    private static boolean isSameResource(String signed, Uri requestUri) {
        Uri uri = Uri.parse(signed);
        if (!(uri instanceof SipUri a) || !(requestUri instanceof SipUri b)) {
            return uri.matches(requestUri);
        }
        return Objects.equals(a.user(), b.user()) && a.host().equals(b.host()) && portOf(a) == portOf(b);
    }

    private static int portOf(SipUri uri) {
        return uri.hostPort().portOr(uri.secure() ? 5061 : 5060);
    }
}
