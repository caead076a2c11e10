package io.allo.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.SipUri;
import io.allo.sip.auth.DigestVerdict.Accepted;
import io.allo.sip.auth.DigestVerdict.Challenged;
import io.allo.sip.auth.DigestVerdict.Malformed;
import io.allo.sip.auth.DigestVerdict.Reason;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DigestVerifierTest {
    private static final String REALM = "example.net";
    private static final String URI = "sip:example.net";
    private static final DigestPolicy POLICY = DigestPolicy.md5(REALM);
    private static final Credentials ALICE = (username, realm) ->
            username.equals("alice") && realm.equals(REALM) ? new DigestSecret.Password("wonder land") : null;

    private final DigestVerifier verifier =
            new DigestVerifier(new NonceBook(RandomSource.seeded(1)), RandomSource.seeded(2));

    private static SipRequest register() {
        return new SipRequest(
                SipMethod.REGISTER, SipUri.parse(URI), Headers.builder().build());
    }

    private static SipRequest with(String credentials) {
        return register().withHeader("Authorization", credentials);
    }

    private String nonce() {
        return verifier.challenges(POLICY, false, 0).get(0).nonce();
    }

    /** Credentials of a client written down here and not by DigestAnswer. */
    private static String signed(DigestAlgorithm h, String user, String password, String nonce, String nc, String uri) {
        String ha1 = h.hash(user + ":" + REALM + ":" + password);
        String response = h.hash(ha1 + ":" + nonce + ":" + nc + ":c1:auth:" + h.hash("REGISTER:" + uri));
        return "Digest username=\"" + user + "\", realm=\"" + REALM + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=" + h.token() + ", cnonce=\"c1\", qop=auth, nc=" + nc;
    }

    private static String alice(String nonce, String nc) {
        return signed(DigestAlgorithm.MD5, "alice", "wonder land", nonce, nc, URI);
    }

    private DigestVerdict verify(SipRequest request) {
        return verifier.verify(request, POLICY, ALICE, 0);
    }

    private Reason reason(SipRequest request) {
        return assertInstanceOf(Challenged.class, verify(request)).reason();
    }

    @Test
    void withoutCredentialsItIsChallenged() {
        Challenged challenged = assertInstanceOf(Challenged.class, verify(register()));
        assertEquals(Reason.NO_CREDENTIALS, challenged.reason());
        assertEquals("", challenged.username());
        assertEquals(1, challenged.challenges().size());
        String header = challenged.challenges().get(0).header().toString();
        assertTrue(
                header.matches(
                        "Digest realm=\"example.net\", nonce=\"[A-Za-z0-9_-]{43}\", algorithm=MD5, qop=\"auth\""),
                header);
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void rightPasswordIsAccepted(DigestAlgorithm algorithm) {
        var policy = new DigestPolicy(ChallengeKind.SERVER, REALM, List.of(algorithm), true);
        SipRequest request = with(signed(algorithm, "alice", "wonder land", nonce(), "00000001", URI));
        assertEquals(new Accepted("alice", algorithm), verifier.verify(request, policy, ALICE, 0));
    }

    @Test
    void passwordMayBeStoredAsAHash() {
        // printf 'alice:example.net:wonder land' | md5sum
        var stored = new DigestSecret.Hashed(
                Map.of(DigestAlgorithm.MD5, "bdbb03f38df4aaf283173f50bc502171".toUpperCase(java.util.Locale.ROOT)));
        DigestVerdict verdict = verifier.verify(with(alice(nonce(), "00000001")), POLICY, (user, realm) -> stored, 0);
        assertEquals(new Accepted("alice", DigestAlgorithm.MD5), verdict);
    }

    @Test
    void hashOfAnotherAlgorithmDoesNotHelp() {
        var stored = new DigestSecret.Hashed(Map.of(DigestAlgorithm.SHA_256, "00".repeat(32)));
        DigestVerdict verdict = verifier.verify(with(alice(nonce(), "00000001")), POLICY, (user, realm) -> stored, 0);
        assertEquals(
                Reason.WRONG_PASSWORD,
                assertInstanceOf(Challenged.class, verdict).reason());
    }

    @Test
    void wrongPasswordAndUnknownUserGetTheSameAnswer() {
        SipRequest wrong = with(signed(DigestAlgorithm.MD5, "alice", "guess", nonce(), "00000001", URI));
        SipRequest unknown = with(signed(DigestAlgorithm.MD5, "mallory", "guess", nonce(), "00000001", URI));
        Challenged a = assertInstanceOf(Challenged.class, verify(wrong));
        Challenged b = assertInstanceOf(Challenged.class, verify(unknown));
        assertEquals(Reason.WRONG_PASSWORD, a.reason());
        assertEquals(Reason.UNKNOWN_USER, b.reason());
        assertTrue(a.reason().isFailure() && b.reason().isFailure());
        assertEquals(withoutNonce(a), withoutNonce(b));
    }

    @Test
    void nobodyIsAcceptedAsAnUnknownUserNotEvenWithTheDecoy() {
        var verifierOfKnownDecoy = new DigestVerifier(new NonceBook(RandomSource.seeded(1)), () -> 0);
        String nonce = verifierOfKnownDecoy.challenges(POLICY, false, 0).get(0).nonce();
        SipRequest request = with(signed(DigestAlgorithm.MD5, "mallory", "00", nonce, "00000001", URI));
        assertEquals(
                Reason.UNKNOWN_USER,
                assertInstanceOf(Challenged.class, verifierOfKnownDecoy.verify(request, POLICY, ALICE, 0))
                        .reason());
    }

    @Test
    void responseInUpperCaseIsTheSameNumber() {
        String credentials = alice(nonce(), "00000001");
        int at = credentials.indexOf("response=\"") + 10;
        String upper = credentials.substring(0, at)
                + credentials.substring(at, at + 32).toUpperCase(java.util.Locale.ROOT)
                + credentials.substring(at + 32);
        assertInstanceOf(Accepted.class, verify(with(upper)));
    }

    @Test
    void usedCountIsChallengedAsStale() {
        String nonce = nonce();
        assertInstanceOf(Accepted.class, verify(with(alice(nonce, "00000001"))));
        Challenged again = assertInstanceOf(Challenged.class, verify(with(alice(nonce, "00000001"))));
        assertEquals(Reason.REPLAYED, again.reason());
        assertTrue(again.challenges().get(0).stale());
        assertFalse(again.reason().isFailure());
        assertInstanceOf(Accepted.class, verify(with(alice(nonce, "0000000a"))));
    }

    @Test
    void wrongPasswordDoesNotUseACountUp() {
        String nonce = nonce();
        verify(with(signed(DigestAlgorithm.MD5, "alice", "guess", nonce, "00000001", URI)));
        assertInstanceOf(Accepted.class, verify(with(alice(nonce, "00000001"))));
    }

    @Test
    void oldNonceIsChallengedAsStaleOnlyIfThePasswordIsRight() {
        long later = TimeUnit.MINUTES.toNanos(6);
        String nonce = nonce();
        DigestVerdict right = verifier.verify(with(alice(nonce, "00000001")), POLICY, ALICE, later);
        Challenged stale = assertInstanceOf(Challenged.class, right);
        assertEquals(Reason.STALE_NONCE, stale.reason());
        assertTrue(stale.challenges().get(0).header().toString().contains("stale=true"));
        SipRequest wrong = with(signed(DigestAlgorithm.MD5, "alice", "guess", nonce, "00000001", URI));
        Challenged refused = assertInstanceOf(Challenged.class, verifier.verify(wrong, POLICY, ALICE, later));
        assertFalse(refused.challenges().get(0).stale());
    }

    @Test
    void nonceFromBeforeARestartIsStale() {
        assertEquals(Reason.STALE_NONCE, reason(with(alice("bm90IG91cnM", "00000001"))));
    }

    @Test
    void withoutQopTheNonceHoldsOnce() {
        String nonce = nonce();
        DigestAlgorithm h = DigestAlgorithm.MD5;
        String response =
                h.hash(h.hash("alice:" + REALM + ":wonder land") + ":" + nonce + ":" + h.hash("REGISTER:" + URI));
        SipRequest request = with("Digest username=\"alice\",realm=\"" + REALM + "\",nonce=\"" + nonce + "\",uri=\""
                + URI + "\",response=\"" + response + "\"");
        assertInstanceOf(Accepted.class, verify(request));
        assertEquals(Reason.REPLAYED, reason(request));
    }

    @Test
    void uriOfAnotherResourceIsMalformed() {
        for (String uri : List.of("sip:other.example.net", "sip:bob@example.net", "sip:example.net:5070")) {
            SipRequest request = with(signed(DigestAlgorithm.MD5, "alice", "wonder land", nonce(), "00000001", uri));
            assertInstanceOf(Malformed.class, verify(request), uri);
        }
    }

    @Test
    void uriMayDifferInParametersAndDefaultPort() {
        for (String uri : List.of("sip:example.net;transport=tcp", "sip:EXAMPLE.net:5060")) {
            SipRequest request = with(signed(DigestAlgorithm.MD5, "alice", "wonder land", nonce(), "00000001", uri));
            assertInstanceOf(Accepted.class, verify(request), uri);
        }
    }

    @Test
    void uriCheckCanBeLeftOut() {
        var policy = new DigestPolicy(ChallengeKind.SERVER, REALM, List.of(DigestAlgorithm.MD5), false);
        SipRequest request =
                with(signed(DigestAlgorithm.MD5, "alice", "wonder land", nonce(), "00000001", "sip:10.0.0.1"));
        assertInstanceOf(Accepted.class, verifier.verify(request, policy, ALICE, 0));
    }

    @Test
    void methodIsSigned() {
        SipRequest stolen = new SipRequest(
                SipMethod.INVITE,
                SipUri.parse(URI),
                Headers.builder()
                        .add("Authorization", alice(nonce(), "00000001"))
                        .build());
        assertEquals(Reason.WRONG_PASSWORD, reason(stolen));
    }

    @Test
    void credentialsForOthersAreLeftToThem() {
        assertEquals(Reason.NO_CREDENTIALS, reason(with("Basic YWxpY2U6cHc=")));
        assertEquals(
                Reason.NO_CREDENTIALS,
                reason(with(
                        "Digest username=\"alice\", realm=\"elsewhere\", nonce=\"n\", uri=\"sip:x\", response=\"r\"")));
        assertEquals(
                Reason.NO_CREDENTIALS,
                reason(with(signed(DigestAlgorithm.SHA_256, "alice", "wonder land", nonce(), "00000001", URI))),
                "an algorithm that was not offered");
    }

    @Test
    void oursAreFoundAmongOthers() {
        SipRequest request =
                with("Digest username=\"alice\", realm=\"elsewhere\", nonce=\"n\", uri=\"sip:x\", response=\"r\"");
        request = request.withHeaders(request.headers().adding("Authorization", alice(nonce(), "00000001")));
        assertInstanceOf(Accepted.class, verify(request));
    }

    @Test
    void proxyReadsItsOwnHeader() {
        var policy = new DigestPolicy(ChallengeKind.PROXY, REALM, List.of(DigestAlgorithm.MD5), true);
        String credentials = alice(nonce(), "00000001");
        assertInstanceOf(Challenged.class, verifier.verify(with(credentials), policy, ALICE, 0));
        SipRequest request = register().withHeader("Proxy-Authorization", credentials);
        assertInstanceOf(Accepted.class, verifier.verify(request, policy, ALICE, 0));
        assertEquals(407, ChallengeKind.PROXY.statusCode());
        assertEquals("Proxy-Authenticate", ChallengeKind.PROXY.challengeHeader());
    }

    @Test
    void oneChallengeForEachAlgorithmBestFirst() {
        var policy = new DigestPolicy(
                ChallengeKind.SERVER, REALM, List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5), true);
        List<DigestChallenge> challenges = verifier.challenges(policy, false, 0);
        assertEquals(
                List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
                challenges.stream().map(DigestChallenge::algorithm).toList());
        assertEquals(challenges.get(0).nonce(), challenges.get(1).nonce());
    }

    @Test
    void brokenGrammarIsMalformed() {
        String good = alice(nonce(), "00000001");
        for (String broken : List.of(
                good.replace("qop=auth", "qop=auth-int"),
                good.replace("nc=00000001", "nc=1"),
                good.replace("nc=00000001", "nc=0000000g"),
                good.replace(", nc=00000001", ""),
                good.replace("cnonce=\"c1\", ", ""),
                good.replace("username=\"alice\", ", ""),
                good.replace("uri=\"" + URI + "\", ", ""),
                good.replace("uri=\"" + URI + "\"", "uri=\"nonsense\""),
                good.replaceAll("response=\"[^\"]*\", ", ""),
                good.replaceAll("nonce=\"[^\"]*\", uri", "uri"),
                "Digest realm=\"example.net",
                "")) {
            assertInstanceOf(Malformed.class, verify(with(broken)), broken);
        }
    }

    @Test
    void policyNeedsAnAlgorithm() {
        assertThrows(
                IllegalArgumentException.class, () -> new DigestPolicy(ChallengeKind.SERVER, REALM, List.of(), true));
    }

    private static String withoutNonce(Challenged challenged) {
        return challenged.challenges().toString().replaceAll("nonce=[^,]*", "");
    }
}
