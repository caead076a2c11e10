package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What passes from one phone's description to the other's: RFC 6189 8.1. */
class PassedOnTest {

    private static final String HASH =
            "zrtp-hash:1.10 fe30efd02423cb054e50efd0248742ac7a52c8f91bc2df881ae642c371ba46df";

    private static SessionDescription description(String... attributes) {
        var text = new StringBuilder("v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
                + "m=video 0 RTP/AVP 31\r\na=" + HASH + "\r\n"
                + "m=audio 4000 RTP/AVP 0 96 120\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:120 telephone-event/8000\r\n");
        for (var attribute : attributes) {
            text.append("a=").append(attribute).append("\r\n");
        }
        return Sdp.parse(text.toString());
    }

    @Test
    void withoutAWishForItNothingPasses() {
        assertEquals(PassedOn.NOTHING, PassedOn.of(description("x-unknown:1", "sendrecv")));
    }

    @Test
    void unknownAttributesPassAndThoseOfOneLegStay() {
        var passed = PassedOn.of(description(
                "sendonly",
                HASH,
                "x-unknown:1",
                "flag",
                "candidate:1 1 UDP 1 10.0.0.1 4000 typ host",
                "rtcp:4001 IN IP4 10.0.0.1",
                "fingerprint:sha-256 00",
                "ptime:20",
                "long:" + "x".repeat(600)));
        assertTrue(passed.wantsEndToEnd());
        assertEquals(
                List.of(HASH, "x-unknown:1", "flag"),
                passed.lines().stream().map(Attribute::toString).toList());
    }

    @Test
    void ourOfferCarriesThemUnderTheSameNumbers() {
        var passed = PassedOn.of(description(HASH));
        var offer = OfferAnswer.createOffer(Sdp.allow("opus,ulaw"), Sdp.local().withPassed(passed), SdpHistory.NONE);
        var line = offer.media().getFirst();
        assertTrue(line.attributes().has("zrtp-hash"));
        assertEquals("opus", line.rtpMap(96).orElseThrow().encoding().toLowerCase(java.util.Locale.ROOT));
        assertEquals(8_000, line.rtpMap(120).orElseThrow().clockRate());
    }

    @Test
    void ourAnswerCarriesThem() {
        var passed = PassedOn.of(description(HASH));
        var answer = (Answer.Accepted) OfferAnswer.answer(
                description("sendrecv"), Sdp.allow("ulaw"), Sdp.local().withPassed(passed), SdpHistory.NONE);
        assertTrue(answer.description().media().get(1).attributes().has("zrtp-hash"));
        assertFalse(answer.description().media().getFirst().attributes().has("zrtp-hash"));
    }
}
