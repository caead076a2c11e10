package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The exchanges of RFC 3264 10 and of RFC 4317, with allo in the place of one side. */
class RfcExamplesTest {

    private static final String ALICE = "v=0\r\no=alice 2890844526 2890844526 IN IP4 host.atlanta.example.com\r\ns=\r\n"
            + "c=IN IP4 host.atlanta.example.com\r\nt=0 0\r\n";
    private static final String BOB = "v=0\r\no=bob 2808844564 2808844564 IN IP4 host.biloxi.example.com\r\ns=\r\n"
            + "c=IN IP4 host.biloxi.example.com\r\nt=0 0\r\n";

    @Test
    void rfc3264BasicExchange() {
        var offer = Sdp.parse(ALICE + "m=audio 49170 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
                + "m=video 51372 RTP/AVP 31\r\na=rtpmap:31 H261/90000\r\n"
                + "m=video 53000 RTP/AVP 32\r\na=rtpmap:32 MPV/90000\r\n");
        var bob = LocalMedia.of("192.0.2.9", 49920, 2890844730L);
        var accepted = Sdp.accept(offer, Sdp.allow("ulaw"), bob, SdpHistory.NONE);
        LegalAnswer.check(offer, accepted.description());
        assertEquals(
                List.of("audio 49920 [0]", "video 0 [31]", "video 0 [32]"),
                accepted.description().media().stream()
                        .map(m -> m.type() + " " + m.port() + " " + m.formats())
                        .toList());
        assertEquals("host.atlanta.example.com", accepted.media().remoteHost());
        assertEquals(49170, accepted.media().remotePort());

        // Bob moves his audio port: same session, next version, every line in its place
        var moved = OfferAnswer.createOffer(
                Sdp.allow("ulaw"),
                LocalMedia.of("192.0.2.9", 65422, 2890844730L),
                SdpHistory.NONE.after(accepted.description()));
        assertEquals("2890844731", moved.origin().sessionVersion());
        assertEquals(
                List.of(65422, 0, 0),
                moved.media().stream().map(MediaDescription::port).toList());
    }

    @Test
    void rfc3264OneOfSeveralCodecsChosenInTwoSteps() {
        var alice = Sdp.allow("ulaw,g723,g729");
        var aliceSide = LocalMedia.of("192.0.2.1", 62986, 2890844526L).withDirection(Direction.INACTIVE);
        var offer = OfferAnswer.createOffer(alice, aliceSide, SdpHistory.NONE);
        assertEquals(List.of("0", "4", "18", "101"), offer.media().getFirst().formats());
        var answer = Sdp.parse(BOB + "m=audio 54344 RTP/AVP 0 4\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:4 G723/8000\r\n"
                + "a=inactive\r\n");
        var media = Sdp.agreed(OfferAnswer.acceptAnswer(offer, answer, alice));
        assertEquals(List.of(CodecName.ULAW, CodecName.G723), Sdp.codecs(media));
        assertEquals(Direction.INACTIVE, media.direction());

        var second = OfferAnswer.createOffer(
                Sdp.allow("g723"), aliceSide.withDirection(Direction.SENDRECV), SdpHistory.NONE.after(offer));
        assertEquals("2890844527", second.origin().sessionVersion());
        assertEquals(List.of("4", "101"), second.media().getFirst().formats());
        var secondAnswer = Sdp.parse(BOB + "m=audio 54344 RTP/AVP 4\r\na=rtpmap:4 G723/8000\r\na=sendrecv\r\n");
        var agreed = Sdp.agreed(OfferAnswer.acceptAnswer(second, secondAnswer, Sdp.allow("g723")));
        assertEquals(List.of(CodecName.G723), Sdp.codecs(agreed));
        assertEquals(30, agreed.ptimeMs());
    }

    @Test
    void rfc4317AudioAndVideoWhereTheAudioCodecIsChosen() {
        var offer = Sdp.parse(ALICE + "m=audio 49170 RTP/AVP 0 8 97\r\na=rtpmap:0 PCMU/8000\r\n"
                + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:97 iLBC/8000\r\n"
                + "m=video 51372 RTP/AVP 31 32\r\na=rtpmap:31 H261/90000\r\na=rtpmap:32 MPV/90000\r\n");
        var accepted = Sdp.accept(offer, Sdp.allow("ulaw"));
        LegalAnswer.check(offer, accepted.description());
        assertEquals(List.of("0"), accepted.description().media().getFirst().formats());
        assertEquals(
                List.of(CodecName.ULAW, CodecName.ALAW, CodecName.ILBC),
                Sdp.codecs(Sdp.accept(offer, Sdp.allow("ilbc,alaw,ulaw")).media()));
    }

    @Test
    void rfc4317SecondAudioStreamForEventsIsRefusedInItsPlace() {
        var offer = Sdp.parse(ALICE + "m=audio 49170 RTP/AVP 0 8 97\r\na=rtpmap:0 PCMU/8000\r\n"
                + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:97 iLBC/8000\r\n"
                + "m=audio 49172 RTP/AVP 98\r\na=rtpmap:98 telephone-event/8000\r\na=sendonly\r\n");
        var accepted = Sdp.accept(offer, Sdp.allow("ilbc"));
        LegalAnswer.check(offer, accepted.description());
        assertEquals(
                List.of(10000, 0),
                accepted.description().media().stream()
                        .map(MediaDescription::port)
                        .toList());
        assertEquals(97, accepted.media().sendCodec().orElseThrow().sendPayloadType());
        assertEquals(DtmfMode.NONE, accepted.media().dtmf());
    }

    @Test
    void rfc4317HoldAndUnhold() {
        var capabilities = Sdp.allow("ilbc,ulaw");
        var offer = OfferAnswer.createOffer(capabilities, Sdp.local(), SdpHistory.NONE);
        var history = SdpHistory.NONE.after(offer);
        var answer = Sdp.parse(BOB + "m=audio 49170 RTP/AVP 97\r\na=rtpmap:97 iLBC/8000\r\n");
        var talking = Sdp.agreed(OfferAnswer.acceptAnswer(offer, answer, capabilities));
        assertEquals(Direction.SENDRECV, talking.direction());

        var hold = Sdp.parse(BOB + "m=audio 49170 RTP/AVP 97\r\na=rtpmap:97 iLBC/8000\r\na=sendonly\r\n");
        var held = Sdp.accept(hold, capabilities, Sdp.local(), history);
        assertEquals(Direction.RECVONLY, held.media().direction());
        assertTrue(held.media().held());
        assertTrue(SdpWriter.write(held.description()).endsWith("a=recvonly\r\n"));
        assertEquals("43", held.description().origin().sessionVersion());

        var unhold = Sdp.accept(answer, capabilities, Sdp.local(), history.after(held.description()));
        assertEquals(talking, unhold.media());
    }

    @Test
    void rfc4317SecondAudioStreamAddedLater() {
        var first = Sdp.parse(ALICE + "m=audio 49170 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n");
        var answer = Sdp.accept(first, Sdp.allow("ulaw"));
        var second = Sdp.parse(SdpWriter.write(first)
                + "m=audio 49172 RTP/AVP 98\r\na=rtpmap:98 telephone-event/8000\r\na=sendonly\r\n");
        var later = Sdp.accept(second, Sdp.allow("ulaw"), Sdp.local(), SdpHistory.NONE.after(answer.description()));
        LegalAnswer.check(second, later.description());
        assertEquals("43", later.description().origin().sessionVersion());
        assertEquals(answer.media(), later.media());
    }

    @Test
    void rfc4317VideoDeletedLater() {
        var first = Sdp.parse(ALICE + "m=audio 49170 RTP/AVP 97\r\na=rtpmap:97 iLBC/8000\r\n"
                + "m=video 51372 RTP/AVP 31\r\na=rtpmap:31 H261/90000\r\n");
        var answer = Sdp.accept(first, Sdp.allow("ilbc"));
        var second = Sdp.parse(SdpWriter.write(first).replace("m=video 51372", "m=video 0"));
        var later = Sdp.accept(second, Sdp.allow("ilbc"), Sdp.local(), SdpHistory.NONE.after(answer.description()));
        LegalAnswer.check(second, later.description());
        assertEquals(answer, later, "nothing changed on our side, so not even the version");
    }

    @Test
    void rfc4317CallControlByAThirdPartyWithTheBlackHole() {
        var offer = Sdp.parse("v=0\r\no=controller 2890844526 2890844526 IN IP4 controller.example.com\r\ns=\r\n"
                + "c=IN IP4 0.0.0.0\r\nt=0 0\r\nm=audio 9322 RTP/AVP 0\r\n");
        var accepted = Sdp.accept(offer, Sdp.allow("ulaw"));
        assertEquals(Direction.RECVONLY, accepted.media().direction());
        var later = Sdp.parse(ALICE + "m=audio 49170 RTP/AVP 0\r\n");
        var talking = Sdp.accept(later, Sdp.allow("ulaw"), Sdp.local(), SdpHistory.NONE.after(accepted.description()));
        assertEquals(Direction.SENDRECV, talking.media().direction());
    }

    @Test
    void rfc4317NoMediaAtFirstIsRefusedHere() {
        assertEquals(
                Refusal.Kind.NO_AUDIO,
                Sdp.reject(Sdp.parse(ALICE), Sdp.allow("ulaw")).kind());
    }
}
