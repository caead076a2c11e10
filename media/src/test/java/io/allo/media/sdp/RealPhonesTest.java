package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as common phones write them (shortened captures and typical forms), answered by a usual endpoint. */
class RealPhonesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yealink-t46           | g722 ulaw alaw      | 192.168.1.40  | 11786 | 11787 | 101 | 20",
                "yealink-srtp-optional | g722 ulaw alaw      | 192.168.1.40  | 11800 | 11801 | 101 | 20",
                "grandstream-gxp       | ulaw alaw g722      | 10.0.0.21     | 5004  | 5005  | 101 | 20",
                "grandstream-video     | ulaw alaw g722      | 10.0.0.30     | 50040 | 50041 | 101 | 20",
                "snom-d785             | g722 alaw ulaw gsm  | 192.168.178.25| 59234 | 59235 | 101 | 20",
                "linphone-5            | ulaw alaw           | 192.168.1.12  | 7078  | 59873 | 100 | 20",
                "baresip-1             | ulaw alaw           | 10.9.0.2      | 16430 | 16431 | 101 | 20",
                "zoiper-5              | g722 ulaw alaw gsm  | 192.168.1.77  | 8000  | 8001  | 101 | 20",
                "cisco-spa504          | ulaw alaw g722      | 192.168.0.15  | 16444 | 16445 | 101 | 30",
                "polycom-vvx           | g722 ulaw alaw      | 172.16.3.9    | 2222  | 2223  | 127 | 20",
                "fritzbox-7590         | g722 alaw ulaw      | 192.168.178.1 | 7082  | 7083  | 101 | 20",
                "door-station-minimal  | ulaw alaw           | 192.168.5.9   | 6000  | 6001  | 101 | 20"
            })
    void anEndpointWithUsualCodecsAnswers(
            String phone, String codecs, String host, int port, int rtcpPort, int events, int ptimeMs) {
        var offer = Sdp.phone(phone);
        var accepted = Sdp.accept(offer, Sdp.allow("ulaw,alaw,g722,gsm"));
        LegalAnswer.check(offer, accepted.description());
        var media = accepted.media();
        assertEquals(
                codecs,
                String.join(
                        " ",
                        Sdp.codecs(media).stream().map(CodecName::asteriskName).toList()));
        assertEquals(host, media.remoteHost());
        assertEquals(host, media.rtcpHost());
        assertEquals(port, media.remotePort());
        assertEquals(rtcpPort, media.rtcpPort());
        assertEquals(events, media.events(CodecName.ULAW).orElseThrow().sendPayloadType());
        assertEquals(8000, media.events(CodecName.ULAW).orElseThrow().clockRate());
        assertEquals(ptimeMs, media.ptimeMs());
        assertEquals(Direction.SENDRECV, media.direction());
        assertEquals(DtmfMode.RFC4733, media.dtmf());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yealink-t46",
                "yealink-srtp-optional",
                "grandstream-gxp",
                "grandstream-video",
                "snom-d785",
                "linphone-5",
                "baresip-1",
                "zoiper-5",
                "cisco-spa504",
                "polycom-vvx",
                "fritzbox-7590",
                "door-station-minimal",
                "jssip-chrome",
                "trunk-hybrid-ipv6"
            })
    void everyBodyIsWrittenBackAndReadTheSame(String phone) {
        var session = Sdp.phone(phone);
        assertEquals(session, Sdp.parse(SdpWriter.write(session)));
    }

    @Test
    void bestEffortEncryptionFallsBackToThePlainLine() {
        var accepted = Sdp.accept(Sdp.phone("yealink-srtp-optional"), Sdp.allow("ulaw"));
        assertEquals(1, accepted.media().index());
        assertEquals(0, accepted.description().media().get(0).port());
        assertEquals("RTP/SAVP", accepted.description().media().get(0).protocol());
        assertEquals(10000, accepted.description().media().get(1).port());
    }

    @Test
    void videoAndFloorControlAreRefusedInTheirPlaces() {
        var media = Sdp.accept(Sdp.phone("grandstream-video"), Sdp.allow("ulaw"))
                .description()
                .media();
        assertEquals(
                List.of("audio", "video", "application"),
                media.stream().map(MediaDescription::type).toList());
        assertEquals(
                List.of(10000, 0, 0), media.stream().map(MediaDescription::port).toList());
        assertEquals(List.of("*"), media.get(2).formats());
    }

    @Test
    void aBrowserThatInsistsOnEncryptionIsRefusedInPlainWords() {
        var refusal = Sdp.reject(Sdp.phone("jssip-chrome"), Sdp.allow("ulaw,opus"));
        assertEquals(Refusal.Kind.ENCRYPTION, refusal.kind());
        assertEquals(302, refusal.kind().warnCode());
        assertTrue(refusal.english().contains("UDP/TLS/RTP/SAVPF"));
    }

    @Test
    void linphoneAgreesOnOpusWithEventsAtItsClock() {
        var media = Sdp.accept(Sdp.phone("linphone-5"), Sdp.allow("opus,ulaw")).media();
        assertEquals(CodecName.OPUS, media.sendCodec().orElseThrow().codec());
        assertEquals(96, media.sendCodec().orElseThrow().sendPayloadType());
        assertEquals("useinbandfec=1", media.sendCodec().orElseThrow().sendFmtp());
        assertEquals(101, media.events(CodecName.OPUS).orElseThrow().sendPayloadType());
        assertEquals(100, media.events(CodecName.ULAW).orElseThrow().sendPayloadType());
        assertTrue(media.receivesEvents(99));
    }

    @Test
    void anIpv6TrunkIsAnsweredInIpv6AndItsFaxLineRefused() {
        var offer = Sdp.phone("trunk-hybrid-ipv6");
        var accepted = Sdp.accept(offer, Sdp.allow("alaw"), LocalMedia.of("2001:db8::9", 10000, 1), SdpHistory.NONE);
        LegalAnswer.check(offer, accepted.description());
        assertEquals("2001:db8:12::1", accepted.media().remoteHost());
        assertTrue(SdpWriter.write(accepted.description()).contains("c=IN IP6 2001:db8::9\r\n"));
        assertEquals(List.of("t38"), accepted.description().media().get(1).formats());
        assertEquals(
                Refusal.Kind.ADDRESS_FAMILY,
                Sdp.reject(offer, Sdp.allow("alaw")).kind());
    }

    @Test
    void ciscosG729aPassesAsG729() {
        var media = Sdp.accept(Sdp.phone("cisco-spa504"), Sdp.allow("g729")).media();
        assertEquals(List.of(CodecName.G729), Sdp.codecs(media));
        assertEquals(false, media.sendCodec().orElseThrow().codec().transcodable());
    }
}
