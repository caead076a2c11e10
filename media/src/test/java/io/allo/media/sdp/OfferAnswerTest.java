package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferAnswerTest {

    @Test
    void anOfferSaysAllThatIsAllowedInOurOrder() {
        var offer = OfferAnswer.createOffer(Sdp.allow("alaw,g722,opus"), Sdp.local(), SdpHistory.NONE);
        assertEquals("""
                v=0
                o=- 42 42 IN IP4 192.0.2.1
                s=allo
                c=IN IP4 192.0.2.1
                t=0 0
                m=audio 10000 RTP/AVP 8 9 107 101 113
                a=rtpmap:8 PCMA/8000
                a=rtpmap:9 G722/8000
                a=rtpmap:107 opus/48000/2
                a=fmtp:107 useinbandfec=1
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-16
                a=rtpmap:113 telephone-event/48000
                a=fmtp:113 0-16
                a=ptime:20
                a=sendrecv
                """.replace("\n", "\r\n"), SdpWriter.write(offer));
    }

    @Test
    void anOfferFromIpv6SaysSo() {
        var offer = OfferAnswer.createOffer(Sdp.allow("ulaw"), LocalMedia.of("2001:db8::9", 10000, 1), SdpHistory.NONE);
        assertTrue(SdpWriter.write(offer).contains("o=- 1 1 IN IP6 2001:db8::9\r\n"));
        assertTrue(SdpWriter.write(offer).contains("c=IN IP6 2001:db8::9\r\n"));
    }

    @Test
    void allCodecsAtOnceFitIntoOneOfferWithEveryNumberOnce() {
        var formats = OfferAnswer.createOffer(Sdp.allow("all"), Sdp.local(), SdpHistory.NONE)
                .media()
                .getFirst()
                .formats();
        assertEquals(CodecName.values().length + 3, formats.size());
        assertEquals(formats.size(), formats.stream().distinct().count());
    }

    @Test
    void theOfferersOrderDecidesUnlessOursIsSet() {
        var offer = Sdp.offer("0 8 9");
        var theirs = Sdp.allow("g722,alaw,ulaw");
        assertEquals(
                List.of(CodecName.ULAW, CodecName.ALAW, CodecName.G722),
                Sdp.codecs(Sdp.accept(offer, theirs).media()));
        var ours = Sdp.accept(offer, theirs.withOurOrder(true));
        assertEquals(List.of(CodecName.G722, CodecName.ALAW, CodecName.ULAW), Sdp.codecs(ours.media()));
        assertEquals(
                List.of("9", "8", "0"), ours.description().media().getFirst().formats());
    }

    @Test
    void aSingleCodecIsAnsweredWhereOnlyThePreferredIsWanted() {
        var accepted = Sdp.accept(
                Sdp.offer("8 0 101", "rtpmap:101 telephone-event/8000"),
                Sdp.allow("ulaw,alaw").withSingleCodec(true));
        assertEquals(
                List.of("8", "101"), accepted.description().media().getFirst().formats());
        assertEquals(List.of(CodecName.ALAW), Sdp.codecs(accepted.media()));
    }

    @Test
    void dynamicNumbersOfTheOffererAreUsedInTheAnswer() {
        var accepted = Sdp.accept(
                Sdp.offer(
                        "120 97 99",
                        "rtpmap:120 OPUS/48000/2",
                        "rtpmap:97 iLBC/8000",
                        "rtpmap:99 telephone-event/8000"),
                Sdp.allow("opus,ilbc"));
        assertEquals(
                List.of("120", "97", "99"),
                accepted.description().media().getFirst().formats());
        assertEquals(
                CodecName.OPUS, accepted.media().received(120).orElseThrow().codec());
    }

    @Test
    void numbersMayDifferInEachDirection() {
        var offer = OfferAnswer.createOffer(Sdp.allow("opus,ulaw"), Sdp.local(), SdpHistory.NONE);
        var media = Sdp.agreed(OfferAnswer.acceptAnswer(
                offer,
                Sdp.offer("96 0 99", "rtpmap:96 opus/48000/2", "fmtp:96 stereo=1", "rtpmap:99 telephone-event/8000"),
                Sdp.allow("opus,ulaw")));
        assertEquals(
                List.of(
                        new NegotiatedCodec(CodecName.OPUS, 96, 107, "stereo=1"),
                        new NegotiatedCodec(CodecName.ULAW, 0, 0, "")),
                media.codecs());
        assertEquals(List.of(new NegotiatedEvents(8000, 99, 101)), media.events());
        assertEquals(Optional.empty(), media.received(96));
        assertEquals(CodecName.OPUS, media.received(107).orElseThrow().codec());
        assertTrue(media.receivesEvents(101));
        assertFalse(media.receivesEvents(99));
    }

    @Test
    void anAnswerMayLeaveOutTheRtpmapOfANumberWeOffered() {
        var offer = OfferAnswer.createOffer(Sdp.allow("ulaw,opus"), Sdp.local(), SdpHistory.NONE);
        var media = Sdp.agreed(OfferAnswer.acceptAnswer(offer, Sdp.offer("107 101"), Sdp.allow("ulaw,opus")));
        assertEquals(List.of(CodecName.OPUS), Sdp.codecs(media));
        assertEquals(List.of(new NegotiatedEvents(8000, 101, 101)), media.events());
    }

    @Test
    void whatTheAnswerAddsToOurOfferIsNotUsed() {
        var offer = OfferAnswer.createOffer(Sdp.allow("ulaw"), Sdp.local(), SdpHistory.NONE);
        var media = Sdp.agreed(OfferAnswer.acceptAnswer(offer, Sdp.offer("8 0 9"), Sdp.allow("ulaw,alaw,g722")));
        assertEquals(List.of(CodecName.ULAW), Sdp.codecs(media));
    }

    @Test
    void theAnswerersOrderDecidesWhatWeSendUnlessOursIsSet() {
        var capabilities = Sdp.allow("ulaw,alaw");
        var offer = OfferAnswer.createOffer(capabilities, Sdp.local(), SdpHistory.NONE);
        assertEquals(
                CodecName.ALAW,
                Sdp.agreed(OfferAnswer.acceptAnswer(offer, Sdp.offer("8 0"), capabilities))
                        .sendCodec()
                        .orElseThrow()
                        .codec());
        assertEquals(
                CodecName.ULAW,
                Sdp.agreed(OfferAnswer.acceptAnswer(offer, Sdp.offer("8 0"), capabilities.withOurOrder(true)))
                        .sendCodec()
                        .orElseThrow()
                        .codec());
    }

    @Test
    void g722UnderAWrongClockIsStillG722() {
        var accepted = Sdp.accept(Sdp.offer("9", "rtpmap:9 G722/16000"), Sdp.allow("g722"));
        assertTrue(SdpWriter.write(accepted.description()).contains("a=rtpmap:9 G722/8000\r\n"));
        assertEquals(16000, accepted.media().sendCodec().orElseThrow().codec().sampleRate());
    }

    @ParameterizedTest
    @CsvSource({
        // asked, maxptime, codec, sent
        "20, , ulaw, 20",
        "10, , ulaw, 10",
        "60, , ulaw, 60",
        "30, , gsm,  20",
        "10, , gsm,  20",
        "20, , ilbc, 30",
        "5,  , ulaw, 10",
        "150,, ulaw, 60",
        "0,  , ulaw, 20",
        "40, 20, ulaw, 20",
        ",   10, ulaw, 10",
        "25, , alaw, 20",
        ",   , g722, 20"
    })
    void packetsAreAsLongAsThePeerAsksWithinReason(Integer asked, Integer most, String codec, int sent) {
        var lines = new java.util.ArrayList<String>();
        lines.add("rtpmap:97 iLBC/8000");
        if (asked != null) {
            lines.add("ptime:" + asked);
        }
        if (most != null) {
            lines.add("maxptime:" + most);
        }
        var media = Sdp.accept(Sdp.offer("0 3 8 9 97", lines.toArray(String[]::new)), Sdp.allow(codec))
                .media();
        assertEquals(sent, media.ptimeMs());
    }

    @Test
    void ourOwnPacketLengthIsSaidAndUsedWhereThePeerSaysNone() {
        var accepted = Sdp.accept(Sdp.offer("0"), Sdp.allow("ulaw:30"));
        assertEquals(30, accepted.media().ptimeMs());
        assertEquals(30, accepted.description().media().getFirst().ptimeMs().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "RFC4733, true, RFC4733",
        "RFC4733, false, NONE",
        "AUTO, true, RFC4733",
        "AUTO, false, INBAND",
        "AUTO_INFO, false, INFO",
        "INFO, true, INFO",
        "INBAND, true, INBAND"
    })
    void digitsTravelAsBothSidesCan(DtmfMode ours, boolean peerHasEvents, DtmfMode agreed) {
        var offer = peerHasEvents ? Sdp.offer("0 101", "rtpmap:101 telephone-event/8000") : Sdp.offer("0");
        var accepted = Sdp.accept(offer, Sdp.allow("ulaw").withDtmf(ours));
        assertEquals(agreed, accepted.media().dtmf());
        assertEquals(agreed == DtmfMode.RFC4733, !accepted.media().events().isEmpty());
        assertEquals(
                agreed == DtmfMode.RFC4733,
                accepted.description().media().getFirst().formats().contains("101"));
    }

    @Test
    void eventsAloneAreNoCodec() {
        assertEquals(
                Refusal.Kind.NO_COMMON_CODEC,
                Sdp.reject(Sdp.offer("101", "rtpmap:101 telephone-event/8000"), Sdp.allow("ulaw"))
                        .kind());
    }

    @Test
    void rtcpSharesThePortOnlyIfBothWantIt() {
        var offer = Sdp.offer("0", "rtcp-mux");
        var muxed = Sdp.accept(offer, Sdp.allow("ulaw").withRtcpMux(true));
        assertTrue(muxed.media().rtcpMux());
        assertEquals(4000, muxed.media().rtcpPort());
        assertTrue(muxed.description().media().getFirst().rtcpMux());
        var plain = Sdp.accept(offer, Sdp.allow("ulaw"));
        assertFalse(plain.media().rtcpMux());
        assertEquals(4001, plain.media().rtcpPort());
        assertFalse(plain.description().media().getFirst().rtcpMux());
        assertFalse(Sdp.accept(Sdp.offer("0"), Sdp.allow("ulaw").withRtcpMux(true))
                .media()
                .rtcpMux());
    }

    @Test
    void rtcpGoesWhereThePeerSays() {
        var media = Sdp.accept(Sdp.offer("0", "rtcp:5555 IN IP4 198.51.100.99"), Sdp.allow("ulaw"))
                .media();
        assertEquals("198.51.100.99", media.rtcpHost());
        assertEquals(5555, media.rtcpPort());
    }

    @Test
    void ourOwnOddRtcpPortIsSaid() {
        var local = new LocalMedia("192.0.2.1", 10000, 10005, 1, Direction.SENDRECV);
        var offer = OfferAnswer.createOffer(Sdp.allow("ulaw"), local, SdpHistory.NONE);
        assertEquals(10005, offer.media().getFirst().rtcpPort().orElseThrow());
    }

    @Test
    void theFeedbackProfileIsAnsweredInKind() {
        var offer = Sdp.parse(SdpWriter.write(Sdp.offer("0")).replace("RTP/AVP", "RTP/AVPF"));
        assertEquals(
                "RTP/AVPF",
                Sdp.accept(offer, Sdp.allow("ulaw"))
                        .description()
                        .media()
                        .getFirst()
                        .protocol());
    }

    @Test
    void theFirstUsableAudioLineWins() {
        var offer =
                Sdp.parse(SdpWriter.write(Sdp.offer("18")) + "m=audio 4002 RTP/AVP 0\r\nm=audio 4004 RTP/AVP 0\r\n");
        var accepted = Sdp.accept(offer, Sdp.allow("ulaw"));
        assertEquals(1, accepted.media().index());
        assertEquals(
                List.of(0, 10000, 0),
                accepted.description().media().stream()
                        .map(MediaDescription::port)
                        .toList());
        assertEquals(List.of("18"), accepted.description().media().getFirst().formats());
    }

    @Test
    void anOfferWithoutACommonCodecIsRefusedInBothLanguages() {
        var refusal = Sdp.reject(Sdp.offer("96", "rtpmap:96 OPUS/48000/2"), Sdp.allow("ulaw,alaw"));
        assertEquals("the phone offered only opus, this endpoint allows ulaw, alaw", refusal.english());
        assertEquals("le téléphone ne propose que opus, ce poste autorise ulaw, alaw", refusal.french());
        assertEquals(305, refusal.kind().warnCode());
        var unknown = Sdp.reject(
                Sdp.offer("96 101 13", "rtpmap:96 AMR-WB/16000", "rtpmap:101 telephone-event/8000"), Sdp.allow("ulaw"));
        assertEquals("the phone offered only amr-wb/16000, this endpoint allows ulaw", unknown.english());
    }

    @Test
    void anEndpointThatAllowsNothingSaysSo() {
        assertEquals(
                Refusal.Kind.NO_CODEC_ALLOWED,
                Sdp.reject(Sdp.offer("0"), Capabilities.of(CodecList.NONE)).kind());
    }

    @ParameterizedTest
    @CsvSource({
        "'m=video 4000 RTP/AVP 99\r\n', NO_AUDIO",
        "'m=audio 0 RTP/AVP 0\r\n', NO_AUDIO",
        "'', NO_AUDIO",
        "'m=audio 4000 RTP/AVP\r\n', NO_COMMON_CODEC",
        "'m=audio 4000 RTP/SAVP 0\r\n', ENCRYPTION",
        "'m=audio 4000 TCP/RTP/AVP 0\r\n', PROTOCOL",
        "'m=audio 4000 RTP/AVP 0\r\nc=IN IP4 224.2.1.1/127\r\n', MULTICAST",
        "'m=audio 4000 RTP/AVP 0\r\nc=IN IP4 239.2.1.1\r\n', MULTICAST",
        "'m=audio 4000 RTP/AVP 0\r\nc=IN IP6 ff15::101\r\n', MULTICAST",
        "'m=audio 4000 RTP/AVP 0\r\nc=IN IP6 2001:db8::1\r\n', ADDRESS_FAMILY"
    })
    void anOfferOfNoUseIsRefusedWithItsReason(String media, Refusal.Kind kind) {
        var offer =
                Sdp.parse("v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n" + media);
        assertEquals(kind, Sdp.reject(offer, Sdp.allow("ulaw")).kind());
    }

    @Test
    void anOfferWithoutAnAddressIsRefused() {
        var offer = Sdp.parse("v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\nm=audio 4000 RTP/AVP 0\r\n");
        assertEquals(
                Refusal.Kind.NO_ADDRESS, Sdp.reject(offer, Sdp.allow("ulaw")).kind());
    }

    @ParameterizedTest
    @CsvSource({
        "'m=audio 0 RTP/AVP 0\r\n', REFUSED_BY_PEER",
        "'', MEDIA_COUNT",
        "'m=video 4000 RTP/AVP 0\r\n', MEDIA_COUNT",
        "'m=audio 4000 RTP/SAVP 0\r\n', ENCRYPTION",
        "'m=audio 4000 RTP/AVP 18\r\n', NO_COMMON_CODEC"
    })
    void anAnswerOfNoUseIsRefusedWithItsReason(String media, Refusal.Kind kind) {
        var offer = OfferAnswer.createOffer(Sdp.allow("ulaw"), Sdp.local(), SdpHistory.NONE);
        var answer =
                Sdp.parse("v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n" + media);
        assertEquals(
                kind,
                Sdp.refused(OfferAnswer.acceptAnswer(offer, answer, Sdp.allow("ulaw")))
                        .kind());
    }

    @Test
    void ilbcAndG729AreAnsweredWithTheParametersThatBothUnderstand() {
        var answer = Sdp.accept(
                        Sdp.offer("97 18", "rtpmap:97 iLBC/8000", "fmtp:97 mode=20", "fmtp:18 annexb=yes"),
                        Sdp.allow("ilbc,g729"))
                .description()
                .media()
                .getFirst();
        assertEquals("mode=30", answer.rtpMap(97).orElseThrow().fmtp());
        assertEquals("annexb=no", answer.rtpMap(18).orElseThrow().fmtp());
    }

    @Test
    void portsAndPacketLengthsOutsideTheirRangeAreOurMistake() {
        assertThrows(IllegalArgumentException.class, () -> LocalMedia.of("192.0.2.1", 0, 1));
        assertThrows(IllegalArgumentException.class, () -> LocalMedia.of("192.0.2.1", 65535, 1));
        assertThrows(IllegalArgumentException.class, () -> LocalMedia.of("192.0.2.1", 1000, -1));
        assertThrows(IllegalArgumentException.class, () -> Sdp.allow("ulaw").withPtimeMs(5));
        var noAudio = Sdp.parse("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\n");
        assertThrows(
                IllegalArgumentException.class,
                () -> OfferAnswer.acceptAnswer(noAudio, Sdp.offer("0"), Sdp.allow("ulaw")));
    }
}
