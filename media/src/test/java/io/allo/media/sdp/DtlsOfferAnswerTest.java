package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.media.dtls.DtlsSetup;
import io.allo.media.dtls.Fingerprint;
import io.allo.media.dtls.LocalDtls;
import io.allo.media.sdes.MediaEncryption;
import io.allo.media.sdes.SdesKeys;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Offer and answer of handshakes for keys: RFC 5763 5, RFC 8122 5, RFC 8842 5. */
class DtlsOfferAnswerTest {

    private static final SdesKeys KEYS = SdesKeys.generate(RandomSource.seeded(3));
    private static final String THEIRS = "sha-256 " + "1F:".repeat(31) + "2E";
    private static final String OURS = "sha-256 " + "AA:".repeat(31) + "BB";
    private static final LocalDtls DTLS =
            new LocalDtls(List.of(Fingerprint.parse(OURS).orElseThrow()), DtlsSetup.ACTPASS, Optional.empty());

    private static LocalMedia local(LocalDtls dtls) {
        return Sdp.local().withKeys(KEYS).withDtls(dtls);
    }

    private static Capabilities with(MediaEncryption encryption) {
        return Sdp.allow("ulaw").withEncryption(encryption);
    }

    private static SessionDescription description(String protocol, String session, String media) {
        return Sdp.parse("v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
                + lines(session) + "m=audio 4000 " + protocol + " 0\r\n" + lines(media));
    }

    private static String lines(String attributes) {
        var text = new StringBuilder();
        for (var attribute : attributes.split(";")) {
            if (!attribute.isBlank()) {
                text.append("a=").append(attribute.strip()).append("\r\n");
            }
        }
        return text.toString();
    }

    private static Answer answer(SessionDescription offer, MediaEncryption encryption) {
        return OfferAnswer.answer(offer, with(encryption), local(DTLS), SdpHistory.NONE);
    }

    private static List<String> said(SessionDescription description, String attribute) {
        return description.media().getFirst().attributes().all(attribute);
    }

    @ParameterizedTest
    @CsvSource({
        "UDP/TLS/RTP/SAVP,  actpass, active",
        "UDP/TLS/RTP/SAVPF, active,  passive",
        "udp/tls/rtp/savp,  passive, active",
        "RTP/SAVP,          actpass, active",
        "RTP/AVP,           actpass, active"
    })
    void anOfferIsTakenUnderItsProtocolWithTheOtherRole(String protocol, String setup, String role) {
        var attributes = "fingerprint:" + THEIRS + ";setup:" + setup;
        for (var offer : List.of(description(protocol, "", attributes), description(protocol, attributes, ""))) {
            for (var encryption : List.of(
                    MediaEncryption.DTLS,
                    MediaEncryption.DTLS_OPTIMISTIC,
                    MediaEncryption.PREFERRED,
                    MediaEncryption.PREFERRED_KEYLESS)) {
                var accepted = assertInstanceOf(Answer.Accepted.class, answer(offer, encryption));
                var agreement = accepted.media().dtls().orElseThrow();
                assertEquals(DtlsSetup.parse(role).orElseThrow(), agreement.role());
                assertEquals(THEIRS, agreement.theirs().getFirst().toString());
                assertTrue(accepted.media().keys().isEmpty());
                assertEquals(protocol, accepted.description().media().getFirst().protocol());
                assertEquals(List.of(role), said(accepted.description(), "setup"));
                assertEquals(List.of(OURS), said(accepted.description(), "fingerprint"));
                assertEquals(List.of(), said(accepted.description(), "crypto"));
            }
        }
    }

    @Test
    void theMediaLinesOwnFingerprintsAreMeantNotTheSessions() {
        var session = "fingerprint:sha-256 " + "00:".repeat(31) + "00;setup:passive";
        var offer = description("UDP/TLS/RTP/SAVP", session, "fingerprint:" + THEIRS + ";setup:active;tls-id:abc");
        var accepted = assertInstanceOf(Answer.Accepted.class, answer(offer, MediaEncryption.DTLS));
        var agreement = accepted.media().dtls().orElseThrow();
        assertEquals(List.of(Fingerprint.parse(THEIRS).orElseThrow()), agreement.theirs());
        assertEquals(DtlsSetup.PASSIVE, agreement.role());
        assertEquals("abc", agreement.tlsId());
    }

    @Test
    void keysThatStandInTheOfferGoBeforeAHandshake() {
        var key = KEYS.offer().getLast().value();
        var offer = description("RTP/AVP", "", "crypto:" + key + ";fingerprint:" + THEIRS + ";setup:actpass");
        var preferred = assertInstanceOf(Answer.Accepted.class, answer(offer, MediaEncryption.PREFERRED));
        assertTrue(
                preferred.media().keys().isPresent() && preferred.media().dtls().isEmpty());
        var keyless = assertInstanceOf(Answer.Accepted.class, answer(offer, MediaEncryption.PREFERRED_KEYLESS));
        assertTrue(keyless.media().keys().isEmpty() && keyless.media().dtls().isPresent());
    }

    @ParameterizedTest
    @EnumSource(
            value = MediaEncryption.class,
            names = {"NO", "SDES", "SDES_OPTIMISTIC"})
    void whoseFileSaysSomethingElseTakesNone(MediaEncryption encryption) {
        var offer = description("UDP/TLS/RTP/SAVP", "", "fingerprint:" + THEIRS + ";setup:actpass");
        var rejected = assertInstanceOf(Answer.Rejected.class, answer(offer, encryption));
        assertEquals(Refusal.Kind.ENCRYPTION, rejected.reason().kind());
        assertTrue(rejected.reason().french().contains("chiffré"), rejected.toString());
    }

    @ParameterizedTest
    @CsvSource({"setup:actpass", "fingerprint:md5 00:11;setup:active", "fingerprint:@;setup:holdconn"})
    void withoutAUsableFingerprintItIsRefusedInWords(String attributes) {
        var offer = description("UDP/TLS/RTP/SAVP", "", attributes.replace("@", THEIRS));
        var rejected = assertInstanceOf(Answer.Rejected.class, answer(offer, MediaEncryption.PREFERRED));
        assertTrue(rejected.reason().english().contains("a=fingerprint"), rejected.toString());
    }

    @Test
    void aPlainPhoneIsRefusedWhereAHandshakeIsRequired() {
        var offer = description("RTP/AVP", "", "");
        var rejected = assertInstanceOf(Answer.Rejected.class, answer(offer, MediaEncryption.DTLS));
        assertTrue(rejected.reason().english().contains("switch DTLS-SRTP on"), rejected.toString());
        var accepted = assertInstanceOf(Answer.Accepted.class, answer(offer, MediaEncryption.DTLS_OPTIMISTIC));
        assertTrue(!accepted.media().isEncrypted());
    }

    @Test
    void ourOfferLeavesTheChoiceOfRolesAndTheAnswerDecides() {
        var offer = OfferAnswer.createOffer(with(MediaEncryption.DTLS), local(DTLS), SdpHistory.NONE);
        assertEquals("UDP/TLS/RTP/SAVP", offer.media().getFirst().protocol());
        assertEquals(List.of("actpass"), said(offer, "setup"));
        assertEquals(List.of(OURS), said(offer, "fingerprint"));
        assertEquals(List.of(), said(offer, "crypto"));
        var answer = description("UDP/TLS/RTP/SAVP", "", "fingerprint:" + THEIRS + ";setup:active");
        var media = assertInstanceOf(
                NegotiatedMedia.class, OfferAnswer.acceptAnswer(offer, answer, with(MediaEncryption.DTLS)));
        assertEquals(DtlsSetup.PASSIVE, media.dtls().orElseThrow().role());
        assertEquals(OURS, media.dtls().orElseThrow().ours().toString());
        var silent = description("UDP/TLS/RTP/SAVP", "", "fingerprint:" + THEIRS);
        var active = assertInstanceOf(
                NegotiatedMedia.class, OfferAnswer.acceptAnswer(offer, silent, with(MediaEncryption.DTLS)));
        assertEquals(DtlsSetup.ACTIVE, active.dtls().orElseThrow().role());
    }

    @Test
    void anAnswerWithoutAFingerprintIsNoUse() {
        var offer = OfferAnswer.createOffer(with(MediaEncryption.DTLS), local(DTLS), SdpHistory.NONE);
        for (var answer : List.of(
                description("UDP/TLS/RTP/SAVP", "", "setup:active"),
                description("RTP/AVP", "", ""),
                description("UDP/TLS/RTP/SAVP", "", "fingerprint:" + THEIRS + ";setup:holdconn"))) {
            assertInstanceOf(Refusal.class, OfferAnswer.acceptAnswer(offer, answer, with(MediaEncryption.DTLS)));
        }
    }

    @Test
    void optimisticIsAPlainLineThatAPlainPhoneAnswersPlain() {
        var offer = OfferAnswer.createOffer(with(MediaEncryption.DTLS_OPTIMISTIC), local(DTLS), SdpHistory.NONE);
        assertEquals("RTP/AVP", offer.media().getFirst().protocol());
        assertEquals(List.of(OURS), said(offer, "fingerprint"));
        var plain =
                OfferAnswer.acceptAnswer(offer, description("RTP/AVP", "", ""), with(MediaEncryption.DTLS_OPTIMISTIC));
        assertTrue(!assertInstanceOf(NegotiatedMedia.class, plain).isEncrypted());
    }

    /** A hold keeps the association; another role, fingerprint or tls-id makes a new one: RFC 8842 4. */
    @Test
    void aReInviteKeepsTheRoleAndChangesTheAgreementOnlyWithWhatItSays() {
        var offered = "fingerprint:" + THEIRS + ";setup:active;tls-id:1";
        var first = (Answer.Accepted) answer(description("UDP/TLS/RTP/SAVP", "", offered), MediaEncryption.DTLS);
        var agreed = first.media().dtls().orElseThrow();
        assertEquals(DtlsSetup.PASSIVE, agreed.role());
        var history = SdpHistory.NONE.after(first.description());
        var now = local(DTLS.in(Optional.of(agreed.role())));

        var hold = description("UDP/TLS/RTP/SAVP", "", "sendonly;" + offered.replace("active", "actpass"));
        var held = (Answer.Accepted) OfferAnswer.answer(hold, with(MediaEncryption.DTLS), now, history);
        assertEquals(agreed, held.media().dtls().orElseThrow());
        assertEquals(List.of("passive"), said(held.description(), "setup"));

        for (var changed : List.of(
                offered.replace("tls-id:1", "tls-id:2"),
                offered.replace("2E", "2F"),
                offered.replace("active", "passive"))) {
            var anew = (Answer.Accepted) OfferAnswer.answer(
                    description("UDP/TLS/RTP/SAVP", "", changed), with(MediaEncryption.DTLS), now, history);
            assertNotEquals(agreed, anew.media().dtls().orElseThrow());
        }
        var ourHold =
                OfferAnswer.createOffer(with(MediaEncryption.DTLS), now.withDirection(Direction.SENDONLY), history);
        assertEquals(List.of("passive"), said(ourHold, "setup"));
        assertEquals("UDP/TLS/RTP/SAVP", ourHold.media().getFirst().protocol());
    }
}
