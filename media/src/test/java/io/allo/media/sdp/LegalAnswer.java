package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What RFC 3264 6 asks of any answer, written a second time and independently of the code that answers. */
final class LegalAnswer {

    private LegalAnswer() {}

    static void check(SessionDescription offer, SessionDescription answer) {
        assertEquals(offer.media().size(), answer.media().size(), "as many lines as the offer");
        for (int i = 0; i < offer.media().size(); i++) {
            line(offer, offer.media().get(i), answer, answer.media().get(i));
        }
    }

    private static void line(
            SessionDescription offer, MediaDescription offered, SessionDescription answer, MediaDescription answered) {
        assertEquals(offered.type(), answered.type());
        assertEquals(offered.protocol(), answered.protocol());
        assertFalse(answered.formats().isEmpty(), "at least one format, even when refused");
        if (offered.port() == 0) {
            assertEquals(0, answered.port(), "a stream offered with port 0 stays refused");
        }
        if (answered.port() == 0) {
            return;
        }
        assertTrue(offered.formats().containsAll(answered.formats()), "formats are a subset of the offer's");
        assertEquals(
                answered.formats().size(),
                answered.formats().stream().distinct().count(),
                "each format once");
        for (RtpMap map : answered.rtpMaps()) {
            var meant = offered.rtpMap(map.payloadType()).orElseThrow();
            assertTrue(
                    meant.sameEncoding(map) || CodecName.ofRtpMap(meant).equals(CodecName.ofRtpMap(map)),
                    "the same number means the same in both: " + map);
        }
        assertTrue(answered.rtpMaps().stream().anyMatch(m -> !m.isTelephoneEvent()), "a codec beside the events");
        Direction theirs = offer.directionOf(offered);
        Direction ours = answer.directionOf(answered);
        assertEquals(ours, ours.intersection(theirs.reverse()), "sends only what is received, and the reverse");
        assertTrue(offered.rtcpMux() || !answered.rtcpMux(), "no rtcp-mux without an offer of it");
    }
}
