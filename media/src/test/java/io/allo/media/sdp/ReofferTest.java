package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3264 8: what a later description of ours may change. */
class ReofferTest {

    @Test
    void anUnchangedReofferKeepsItsVersion() {
        var capabilities = Sdp.allow("ulaw,alaw");
        var first = OfferAnswer.createOffer(capabilities, Sdp.local(), SdpHistory.NONE);
        var again = OfferAnswer.createOffer(capabilities, Sdp.local(), SdpHistory.NONE.after(first));
        assertEquals(first, again);
    }

    @Test
    void aChangedReofferIsTheNextVersionOfTheSameSession() {
        var first = OfferAnswer.createOffer(Sdp.allow("ulaw"), Sdp.local(), SdpHistory.NONE);
        var moved = OfferAnswer.createOffer(
                Sdp.allow("ulaw"), LocalMedia.of("192.0.2.2", 12000, 42), SdpHistory.NONE.after(first));
        assertEquals("42", moved.origin().sessionId());
        assertEquals("43", moved.origin().sessionVersion());
        assertEquals("192.0.2.1", moved.origin().address().address());
        assertEquals("192.0.2.2", moved.connection().orElseThrow().address());
    }

    @Test
    void numbersThatThePeerChoseAreKeptInOurReoffer() {
        var answer = Sdp.accept(
                Sdp.offer("96 0 97", "rtpmap:96 opus/48000/2", "rtpmap:97 telephone-event/8000"),
                Sdp.allow("opus,ulaw"));
        var offer = OfferAnswer.createOffer(
                Sdp.allow("ilbc,opus,ulaw"), Sdp.local(), SdpHistory.NONE.after(answer.description()));
        var maps = offer.media().getFirst().rtpMaps();
        assertEquals(
                List.of("iLBC", "opus", "PCMU", "telephone-event", "telephone-event"),
                maps.stream().map(RtpMap::encoding).toList());
        // 97 would be our number for iLBC, but has meant telephone-event in this session
        assertEquals(
                List.of(98, 96, 0, 97, 113),
                maps.stream().map(RtpMap::payloadType).toList());
    }

    @Test
    void aNumberOnceGivenIsNotReusedAfterItsCodecIsGone() {
        var history = SdpHistory.NONE;
        history = history.after(OfferAnswer.createOffer(Sdp.allow("ilbc"), Sdp.local(), history));
        history = history.after(OfferAnswer.createOffer(Sdp.allow("ulaw"), Sdp.local(), history));
        assertEquals("iLBC", history.payloadTypes().get(97).encoding());
        var last = OfferAnswer.createOffer(Sdp.allow("ilbc,opus"), Sdp.local(), history);
        assertEquals(97, last.media().getFirst().rtpMaps().getFirst().payloadType());
    }

    @Test
    void linesKeepTheirPlacesInOurReoffer() {
        var offer = Sdp.parse("v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
                + "m=video 4002 RTP/AVP 99\r\nm=audio 4000 RTP/AVPF 0\r\nm=image 4004 udptl t38\r\n");
        var answer = Sdp.accept(offer, Sdp.allow("ulaw"));
        var reoffer = OfferAnswer.createOffer(
                Sdp.allow("ulaw"),
                Sdp.local().withDirection(Direction.SENDONLY),
                SdpHistory.NONE.after(answer.description()));
        assertEquals(
                List.of("video 0 RTP/AVP", "audio 10000 RTP/AVPF", "image 0 udptl"),
                reoffer.media().stream()
                        .map(m -> m.type() + " " + m.port() + " " + m.protocol())
                        .toList());
        var theirAnswer = Sdp.parse("v=0\r\no=- 1 2 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
                + "m=video 0 RTP/AVP 99\r\nm=audio 4000 RTP/AVPF 0\r\na=recvonly\r\nm=image 0 udptl t38\r\n");
        var media = Sdp.agreed(OfferAnswer.acceptAnswer(reoffer, theirAnswer, Sdp.allow("ulaw")));
        assertEquals(1, media.index());
        assertEquals(Direction.SENDONLY, media.direction());
    }

    @Test
    void aStreamThatWasEndedIsTakenUpAgainInItsPlace() {
        var first = Sdp.accept(Sdp.offer("0"), Sdp.allow("ulaw"));
        var history = SdpHistory.NONE.after(first.description());
        var ended = Sdp.accept(
                Sdp.parse(SdpWriter.write(Sdp.offer("0")).replace("m=audio 4000", "m=audio 0")),
                Sdp.allow("ulaw"),
                Sdp.local(),
                history);
        var reoffer = OfferAnswer.createOffer(Sdp.allow("ulaw"), Sdp.local(), history.after(ended.description()));
        assertEquals(1, reoffer.media().size());
        assertEquals(10000, reoffer.media().getFirst().port());
    }

    @Test
    void theSameOfferAgainGetsTheSameAnswer() {
        var offer = Sdp.phone("yealink-t46");
        var first = Sdp.accept(offer, Sdp.allow("ulaw,g722"));
        var again = Sdp.accept(offer, Sdp.allow("ulaw,g722"), Sdp.local(), SdpHistory.NONE.after(first.description()));
        assertEquals(first, again);
        assertSame(SdpHistory.NONE.local(), SdpHistory.NONE.local());
    }
}
