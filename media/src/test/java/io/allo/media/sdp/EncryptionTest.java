package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.media.sdes.CryptoAttribute;
import io.allo.media.sdes.MediaEncryption;
import io.allo.media.sdes.SdesKeys;
import io.allo.media.sdes.StreamKeys;
import io.allo.media.srtp.SrtpSuite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Offer and answer of encrypted sound: RFC 4568 5.1, 7.1. */
class EncryptionTest {

    private static final SdesKeys OURS = SdesKeys.generate(RandomSource.seeded(1));
    private static final SdesKeys THEIRS = SdesKeys.generate(RandomSource.seeded(2));

    private static Capabilities with(MediaEncryption encryption) {
        return Sdp.allow("ulaw").withEncryption(encryption);
    }

    private static LocalMedia local() {
        return Sdp.local().withKeys(OURS);
    }

    private static String line(int tag, SrtpSuite suite) {
        return CryptoAttribute.of(tag, THEIRS.key(suite).orElseThrow()).value();
    }

    private static SessionDescription offer(String protocol, String... crypto) {
        var attributes = new StringBuilder();
        for (var value : crypto) {
            attributes.append("a=crypto:").append(value).append("\r\n");
        }
        return Sdp.parse("v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 4000 "
                + protocol + " 0\r\n" + attributes);
    }

    private static Answer answer(SessionDescription offer, MediaEncryption encryption) {
        return OfferAnswer.answer(offer, with(encryption), local(), SdpHistory.NONE);
    }

    private static Answer.Accepted accepted(SessionDescription offer, MediaEncryption encryption) {
        return switch (answer(offer, encryption)) {
            case Answer.Accepted accepted -> accepted;
            case Answer.Rejected rejected -> throw new AssertionError(rejected.reason());
        };
    }

    private static StreamKeys keys(SrtpSuite suite) {
        return new StreamKeys(OURS.key(suite).orElseThrow(), THEIRS.key(suite).orElseThrow());
    }

    private static List<String> crypto(SessionDescription description, int index) {
        return description.media().get(index).attributes().all("crypto");
    }

    @ParameterizedTest
    @EnumSource(
            value = MediaEncryption.class,
            names = {"SDES", "SDES_OPTIMISTIC", "PREFERRED"})
    void theStrongestCommonSuiteIsAnsweredUnderItsTag(MediaEncryption encryption) {
        var offer = offer(
                "RTP/SAVP",
                line(1, SrtpSuite.AES_CM_128_HMAC_SHA1_32),
                line(9, SrtpSuite.AES_256_CM_HMAC_SHA1_80),
                "10 F8_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
                line(11, SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        var accepted = accepted(offer, encryption);
        LegalAnswer.check(offer, accepted.description());
        assertEquals(
                keys(SrtpSuite.AES_256_CM_HMAC_SHA1_80), accepted.media().keys().orElseThrow());
        assertEquals("RTP/SAVP", accepted.description().media().getFirst().protocol());
        var ours = OURS.key(SrtpSuite.AES_256_CM_HMAC_SHA1_80).orElseThrow();
        assertEquals(List.of("9 AES_256_CM_HMAC_SHA1_80 inline:" + ours.base64()), crypto(accepted.description(), 0));
    }

    @Test
    void keysInAPlainLineAreTakenWhereEncryptionIsWanted() {
        var offer = offer("RTP/AVP", line(1, SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        for (var encryption : MediaEncryption.values()) {
            if (encryption == MediaEncryption.DTLS) {
                continue; // wants a handshake or nothing
            }
            var accepted = accepted(offer, encryption);
            assertEquals(encryption.hasKeys(), accepted.media().keys().isPresent());
            assertEquals(
                    encryption.hasKeys() ? 1 : 0,
                    crypto(accepted.description(), 0).size());
            assertEquals("RTP/AVP", accepted.description().media().getFirst().protocol());
        }
    }

    @ParameterizedTest
    @CsvSource({"NO, true", "SDES, false", "SDES_OPTIMISTIC, true", "PREFERRED, true"})
    void aPlainPhoneIsRefusedOnlyWhereEncryptionIsRequired(MediaEncryption encryption, boolean taken) {
        switch (answer(offer("RTP/AVP"), encryption)) {
            case Answer.Accepted accepted ->
                assertTrue(taken && accepted.media().keys().isEmpty());
            case Answer.Rejected rejected -> {
                assertFalse(taken);
                assertEquals(Refusal.Kind.ENCRYPTION, rejected.reason().kind());
                assertTrue(rejected.reason().english().contains("media_encryption=sdes"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MediaEncryption.class)
    void aPhoneThatInsistsWithoutAKeyOfOursIsRefused(MediaEncryption encryption) {
        for (var offer : List.of(
                offer("RTP/SAVP"),
                offer("RTP/SAVP", "1 F8_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"),
                offer("UDP/TLS/RTP/SAVPF"))) {
            var rejected = (Answer.Rejected) answer(offer, encryption);
            assertEquals(Refusal.Kind.ENCRYPTION, rejected.reason().kind());
        }
    }

    @Test
    void ofTwoLinesTheEncryptedOneIsTakenWhereverItStands() {
        var yealink = Sdp.phone("yealink-srtp-optional");
        var accepted = accepted(yealink, MediaEncryption.PREFERRED);
        assertEquals(0, accepted.media().index());
        assertEquals(0, accepted.description().media().get(1).port());
        assertTrue(accepted.media().keys().isPresent());

        var lines = offer("RTP/AVP").media().getFirst();
        var secure = offer("RTP/SAVP", line(1, SrtpSuite.AEAD_AES_128_GCM));
        var both = new SessionDescription(
                secure.origin(),
                "-",
                secure.connection(),
                List.of(),
                secure.timing(),
                Attributes.NONE,
                List.of(lines, secure.media().getFirst()));
        assertEquals(1, accepted(both, MediaEncryption.PREFERRED).media().index());
        assertEquals(1, accepted(both, MediaEncryption.SDES).media().index());
        assertEquals(0, accepted(both, MediaEncryption.NO).media().index());
    }

    @ParameterizedTest
    @CsvSource({"NO, RTP/AVP, 0", "SDES, RTP/SAVP, 5", "SDES_OPTIMISTIC, RTP/AVP, 5", "PREFERRED, RTP/SAVP, 5"})
    void theOfferIsThatOfThePolicy(MediaEncryption encryption, String protocol, int lines) {
        var offer = OfferAnswer.createOffer(with(encryption), local(), SdpHistory.NONE);
        assertEquals(protocol, offer.media().getFirst().protocol());
        assertEquals(lines, crypto(offer, 0).size());
    }

    private static Negotiation answered(MediaEncryption encryption, String protocol, String... crypto) {
        var ours = OfferAnswer.createOffer(with(encryption), local(), SdpHistory.NONE);
        return OfferAnswer.acceptAnswer(ours, offer(protocol, crypto), with(encryption));
    }

    @Test
    void theAnswerMakesTheKeysOrThePlainStream() {
        assertEquals(
                keys(SrtpSuite.AEAD_AES_128_GCM),
                Sdp.agreed(answered(MediaEncryption.SDES, "RTP/SAVP", line(2, SrtpSuite.AEAD_AES_128_GCM)))
                        .keys()
                        .orElseThrow());
        assertEquals(
                keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80),
                Sdp.agreed(answered(MediaEncryption.PREFERRED, "RTP/AVP", line(4, SrtpSuite.AES_CM_128_HMAC_SHA1_80)))
                        .keys()
                        .orElseThrow());
        assertTrue(Sdp.agreed(answered(MediaEncryption.PREFERRED, "RTP/AVP"))
                .keys()
                .isEmpty());
        assertTrue(Sdp.agreed(answered(MediaEncryption.PREFERRED, "RTP/SAVP", line(1, SrtpSuite.AEAD_AES_256_GCM)))
                .keys()
                .isPresent());
    }

    @Test
    void anAnswerThatTakesNoneOfOurKeysIsRefused() {
        for (var answer : List.of(
                answered(MediaEncryption.SDES, "RTP/SAVP"),
                answered(MediaEncryption.SDES, "RTP/AVP"),
                answered(MediaEncryption.SDES, "RTP/SAVP", line(8, SrtpSuite.AEAD_AES_256_GCM)),
                answered(MediaEncryption.SDES, "RTP/SAVP", line(1, SrtpSuite.AEAD_AES_128_GCM)),
                answered(MediaEncryption.PREFERRED, "RTP/AVP", line(1, SrtpSuite.AEAD_AES_128_GCM)),
                answered(MediaEncryption.PREFERRED, "RTP/SAVP"))) {
            assertEquals(Refusal.Kind.ENCRYPTION, Sdp.refused(answer).kind());
        }
    }

    @Test
    void aFurtherOfferNamesTheSameKey() {
        var first = accepted(offer("RTP/SAVP", line(3, SrtpSuite.AES_CM_128_HMAC_SHA1_80)), MediaEncryption.PREFERRED);
        var history = SdpHistory.NONE.after(first.description());
        var hold = OfferAnswer.createOffer(
                with(MediaEncryption.PREFERRED), local().withDirection(Direction.SENDONLY), history);
        assertEquals(crypto(first.description(), 0), crypto(hold, 0));
        assertEquals("RTP/SAVP", hold.media().getFirst().protocol());
    }

    @Test
    void aPreferredOfferThatIsAnsweredInTheClearGoesOnInTheClear() {
        var ours = OfferAnswer.createOffer(with(MediaEncryption.PREFERRED), local(), SdpHistory.NONE);
        var history = SdpHistory.NONE.after(ours);
        var next = OfferAnswer.createOffer(with(MediaEncryption.NO), local(), history);
        assertEquals("RTP/AVP", next.media().getFirst().protocol());
        assertEquals(List.of(), crypto(next, 0));
    }

    @Test
    void aNewKeyOfTheirsIsAChangeAndNothingElseIs() {
        var one = accepted(offer("RTP/SAVP", line(1, SrtpSuite.AEAD_AES_256_GCM)), MediaEncryption.SDES);
        var same = accepted(offer("RTP/SAVP", line(1, SrtpSuite.AEAD_AES_256_GCM)), MediaEncryption.SDES);
        var other = SdesKeys.generate(RandomSource.seeded(9));
        var changed = accepted(
                offer(
                        "RTP/SAVP",
                        CryptoAttribute.of(
                                        1, other.key(SrtpSuite.AEAD_AES_256_GCM).orElseThrow())
                                .value()),
                MediaEncryption.SDES);
        assertEquals(one.media(), same.media());
        assertNotEquals(one.media(), changed.media());
        assertFalse(one.media().toString().contains("inline"));
    }
}
