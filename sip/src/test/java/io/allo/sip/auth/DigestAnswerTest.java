package io.allo.sip.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.SipUri;
import io.allo.sip.header.AuthorizationHeader;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestAnswerTest {
    private static final Account BOB = new Account("bob", new DigestSecret.Password("zanzibar"));

    private final NonceBook nonces = new NonceBook(RandomSource.seeded(1));
    private final DigestVerifier verifier = new DigestVerifier(nonces, RandomSource.seeded(2));
    private final DigestAnswer answer =
            new DigestAnswer(realm -> realm.startsWith("biloxi") ? BOB : null, RandomSource.seeded(3));

    private static SipRequest invite() {
        return new SipRequest(
                SipMethod.INVITE,
                SipUri.parse("sip:carol@biloxi.com"),
                Headers.builder().add("To", "<sip:carol@biloxi.com>").build());
    }

    private static SipResponse challenge(int status, String... values) {
        var headers = Headers.builder();
        for (String value : values) {
            headers.add(status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate", value);
        }
        return new SipResponse(status, "Unauthorized", headers.build(), new byte[0]);
    }

    private static AuthorizationHeader authorization(SipRequest request) {
        return AuthorizationHeader.parse(request.headers().firstOr("Authorization", "none"));
    }

    private SipResponse challenge(DigestPolicy policy, boolean stale, long now) {
        return challenge(
                policy.kind().statusCode(),
                verifier.challenges(policy, stale, now).stream()
                        .map(c -> c.header().toString())
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"SERVER,MD5", "SERVER,SHA_256", "SERVER,SHA_512_256", "PROXY,MD5"})
    void whatItSignsTheVerifierAccepts(ChallengeKind kind, DigestAlgorithm algorithm) {
        var policy = new DigestPolicy(kind, "biloxi.com", List.of(algorithm), true);
        SipRequest signed = answer.answer(invite(), challenge(policy, false, 0));
        assertNotNull(signed);
        Credentials bob = (user, realm) -> user.equals("bob") ? BOB.secret() : null;
        assertInstanceOf(DigestVerdict.Accepted.class, verifier.verify(signed, policy, bob, 0));
        SipRequest next = answer.sign(invite());
        assertInstanceOf(DigestVerdict.Accepted.class, verifier.verify(next, policy, bob, 0), "with the next count");
    }

    /** With the challenge of the example in RFC 3261 section 22.4. */
    @Test
    void credentialsAreWrittenAsTheirGrammarWants() {
        SipRequest signed = answer.answer(
                invite(),
                challenge(
                        401,
                        "Digest realm=\"biloxi.com\", qop=\"auth,auth-int\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""));
        assertNotNull(signed);
        String written = signed.headers().firstOr("Authorization", "none");
        assertTrue(
                written.matches(
                        "Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                                + " uri=\"sip:carol@biloxi.com\", response=\"[0-9a-f]{32}\", cnonce=\"[0-9a-f]+\", nc=00000001, qop=auth,"
                                + " algorithm=MD5, opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""),
                written);
    }

    @Test
    void countGoesUpWithEachRequest() {
        answer.answer(invite(), challenge(DigestPolicy.md5("biloxi.com"), false, 0));
        assertEquals("00000002", authorization(answer.sign(invite())).value("nc"));
        assertEquals("00000003", authorization(answer.sign(invite())).value("nc"));
    }

    @Test
    void nothingIsSignedBeforeAChallenge() {
        SipRequest request = invite();
        assertSame(request, answer.sign(request));
    }

    @Test
    void sameChallengeTwiceMeansAWrongPassword() {
        DigestPolicy policy = DigestPolicy.md5("biloxi.com");
        SipRequest signed = answer.answer(invite(), challenge(policy, false, 0));
        assertNotNull(signed);
        assertNull(answer.answer(signed, challenge(policy, false, 0)));
    }

    @Test
    void staleNonceIsReplaced() {
        DigestPolicy policy = DigestPolicy.md5("biloxi.com");
        SipRequest signed = answer.answer(invite(), challenge(policy, false, 0));
        assertNotNull(signed);
        SipRequest again = answer.answer(signed, challenge(policy, true, TimeUnit.HOURS.toNanos(1)));
        assertNotNull(again);
        assertEquals("00000001", authorization(again).value("nc"));
        assertEquals(1, again.headers().lines("Authorization"));
    }

    @Test
    void requestSignedAheadMayBeChallengedOnceMoreByAServerThatDoesNotSayStale() {
        DigestPolicy policy = DigestPolicy.md5("biloxi.com");
        answer.answer(invite(), challenge(policy, false, 0));
        SipRequest ahead = answer.sign(invite());
        SipRequest again = answer.answer(ahead, challenge(policy, false, 0));
        assertNotNull(again);
        assertNull(answer.answer(again, challenge(policy, false, 0)));
    }

    @Test
    void everyRealmIsAnswered() {
        SipRequest signed = answer.answer(
                invite(),
                challenge(
                        407,
                        "Digest realm=\"biloxi.com\", nonce=\"n1\", qop=\"auth\"",
                        "Digest realm=\"biloxi.org\", nonce=\"n2\", qop=\"auth\""));
        assertNotNull(signed);
        assertEquals(2, signed.headers().lines("Proxy-Authorization"));
    }

    @Test
    void firstAlgorithmThatWeKnowIsTaken() {
        SipRequest signed = answer.answer(
                invite(),
                challenge(
                        401,
                        "Digest realm=\"biloxi.com\", nonce=\"n1\", qop=\"auth\", algorithm=SHA3-512",
                        "Digest realm=\"biloxi.com\", nonce=\"n2\", qop=\"auth\", algorithm=SHA-256",
                        "Digest realm=\"biloxi.com\", nonce=\"n3\", qop=\"auth\", algorithm=MD5"));
        assertNotNull(signed);
        assertEquals(1, signed.headers().lines("Authorization"));
        assertEquals("SHA-256", authorization(signed).value("algorithm"));
    }

    @Test
    void sessionAlgorithmBindsTheHashToTheFirstNonce() {
        SipRequest signed = answer.answer(
                invite(),
                challenge(401, "Digest realm=\"biloxi.com\", nonce=\"n1\", qop=\"auth\", algorithm=MD5-sess"));
        assertNotNull(signed);
        AuthorizationHeader sent = authorization(signed);
        DigestAlgorithm h = DigestAlgorithm.MD5;
        String ha1 = h.hash(h.hash("bob:biloxi.com:zanzibar") + ":n1:" + sent.value("cnonce"));
        String expected =
                h.hash(ha1 + ":n1:00000001:" + sent.value("cnonce") + ":auth:" + h.hash("INVITE:sip:carol@biloxi.com"));
        assertEquals(expected, sent.value("response"));
        assertEquals("MD5-sess", sent.value("algorithm"));
    }

    @Test
    void rfc2069ServerIsAnsweredWithoutQop() {
        SipRequest signed = answer.answer(invite(), challenge(401, "Digest realm=\"biloxi.com\", nonce=\"n1\""));
        assertNotNull(signed);
        AuthorizationHeader sent = authorization(signed);
        assertNull(sent.value("qop"));
        assertNull(sent.value("nc"));
        DigestAlgorithm h = DigestAlgorithm.MD5;
        assertEquals(
                h.hash(h.hash("bob:biloxi.com:zanzibar") + ":n1:" + h.hash("INVITE:sip:carol@biloxi.com")),
                sent.value("response"));
    }

    @Test
    void whatCannotBeAnsweredIsNot() {
        assertNull(answer.answer(invite(), challenge(401)), "no challenge at all");
        for (String value : List.of(
                "Digest realm=\"elsewhere\", nonce=\"n1\", qop=\"auth\"",
                "Basic realm=\"biloxi.com\"",
                "Digest realm=\"biloxi.com\", qop=\"auth\"",
                "Digest nonce=\"n1\", qop=\"auth\"",
                "Digest realm=\"biloxi.com\", nonce=\"n1\", qop=\"auth-int\"",
                "Digest realm=\"biloxi.com\", nonce=\"n1\", algorithm=unknown")) {
            assertNull(answer.answer(invite(), challenge(401, value)), value);
        }
    }

    @Test
    void onlySoManyRealmsAreKept() {
        for (int i = 0; i <= DigestAnswer.MAX_REALMS; i++) {
            answer.answer(invite(), challenge(401, "Digest realm=\"biloxi" + i + "\", nonce=\"n\", qop=\"auth\""));
        }
        assertEquals(DigestAnswer.MAX_REALMS, answer.sign(invite()).headers().lines("Authorization"));
    }
}
