package io.allo.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.sdp.SessionDescription.Bandwidth;
import io.allo.media.sdp.SessionDescription.Timing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpParserTest {

    /** RFC 8866 5, the example. */
    private static final String EXAMPLE = """
            v=0
            o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
            s=Call to John Smith
            i=SDP Offer #1
            u=http://www.jdoe.example.com/home.html
            e=Jane Doe <jane@jdoe.example.com>
            p=+1 617 555-6011
            c=IN IP4 198.51.100.1
            t=0 0
            m=audio 49170 RTP/AVP 0
            m=audio 49180 RTP/AVP 0
            m=video 51372 RTP/AVP 99
            c=IN IP6 2001:db8::2
            a=rtpmap:99 h263-1998/90000
            """;

    @Test
    void theExampleOfRfc8866IsRead() {
        var session = Sdp.parse(EXAMPLE);
        assertEquals(
                new Origin("jdoe", "3724394400", "3724394405", new Connection("IN", "IP4", "198.51.100.1")),
                session.origin());
        assertEquals("Call to John Smith", session.sessionName());
        assertEquals(3, session.media().size());
        var video = session.media().get(2);
        assertEquals("2001:db8::2", session.connectionOf(video).orElseThrow().address());
        assertEquals(
                "198.51.100.1",
                session.connectionOf(session.media().get(1)).orElseThrow().address());
        assertEquals(List.of(new RtpMap(99, "h263-1998", 90000, 1, "")), video.rtpMaps());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", "\r\n\r\n", " \r\n", "\t\n"})
    void anyLineEndIsTaken(String end) {
        assertEquals(Sdp.parse(EXAMPLE), Sdp.parse(EXAMPLE.replace("\n", end)));
    }

    @Test
    void spacesAroundValuesAndPaddingAtTheEndAreForgiven() {
        var session = Sdp.parse("v = 0\no= -  1\t2 IN IP4 1.2.3.4 \nc=IN  IP4 1.2.3.4\nm= audio  5004  RTP/AVP 0  8\n"
                + "a = ptime : 30 \n\0\0\n");
        assertEquals(List.of("0", "8"), session.media().getFirst().formats());
        assertEquals(OptionalInt.of(30), session.media().getFirst().ptimeMs());
    }

    @Test
    void missingSessionNameAndTimeAreFilledIn() {
        var session = Sdp.phone("door-station-minimal");
        assertEquals("-", session.sessionName());
        assertEquals(Timing.UNBOUNDED, session.timing());
        assertEquals(101, session.media().getFirst().rtpMaps().get(2).payloadType());
    }

    @Test
    void aUserNameWithSpacesIsKept() {
        var session = Sdp.parse("v=0\no=Front desk 2 7 8 IN IP4 1.2.3.4\n");
        assertEquals("Front desk 2", session.origin().username());
        assertEquals("7", session.origin().sessionId());
    }

    @Test
    void sessionNumbersLargerThanALongAreKept() {
        var session = Sdp.parse("v=0\no=- 99999999999999999999999 99999999999999999999999 IN IP4 1.2.3.4\n");
        assertEquals("99999999999999999999999", session.origin().sessionVersion());
    }

    @Test
    void unknownAttributesAreKeptInOrder() {
        var media = Sdp.phone("yealink-srtp-optional").media().getFirst();
        assertEquals(2, media.attributes().all("crypto").size());
        assertTrue(media.attributes().all("CRYPTO").getFirst().startsWith("1 AES_CM_128_HMAC_SHA1_80 inline:"));
        assertEquals("crypto", media.attributes().list().getFirst().name());
    }

    @Test
    void unknownLettersAndUnreadableBandwidthsAreSkipped() {
        var session = Sdp.parse("v=0\no=- 1 1 IN IP4 1.2.3.4\nx=what\nb=AS:64.5\nb=:5\nb=TIAS:64000\nt=now then\n");
        assertEquals(List.of(new Bandwidth("TIAS", 64000)), session.bandwidths());
        assertEquals(Timing.UNBOUNDED, session.timing());
    }

    @Test
    void severalPortsAreCounted() {
        var media = Sdp.parse("v=0\no=- 1 1 IN IP4 1.2.3.4\nm=video 49170/2 RTP/AVP 31\n")
                .media()
                .getFirst();
        assertEquals(2, media.portCount());
        assertEquals(49170, media.port());
    }

    @Test
    void bytesAreUtf8() throws SdpParseException {
        byte[] body = "v=0\no=- 1 1 IN IP4 1.2.3.4\ns=Réunion générale\n".getBytes(StandardCharsets.UTF_8);
        assertEquals("Réunion générale", SdpParser.parse(body).sessionName());
        assertEquals(
                "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=Réunion générale\r\nt=0 0\r\n",
                new String(SdpWriter.bytes(SdpParser.parse(body)), StandardCharsets.UTF_8));
    }

    @Test
    void rtcpAttributesOfRfc3605AreRead() {
        var media = Sdp.offer("0", "rtcp:53020", "rtcp-mux").media().getFirst();
        assertEquals(OptionalInt.of(53020), media.rtcpPort());
        assertTrue(media.rtcpMux());
        assertEquals(Optional.empty(), media.rtcpConnection());
        var elsewhere = Sdp.offer("0", "rtcp:53020 IN IP6 2001:2345:6789:ABCD:EF01:2345:6789:ABCD")
                .media()
                .getFirst();
        assertEquals(
                "2001:2345:6789:ABCD:EF01:2345:6789:ABCD",
                elsewhere.rtcpConnection().orElseThrow().address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "97",
                "97 ",
                "x PCMU/8000",
                "128 PCMU/8000",
                "97 PCMU",
                "97 /8000",
                "97 PCMU/",
                "97 PCMU/0",
                "97 PCMU/8000/0",
                "-1 PCMU/8000"
            })
    void aBrokenRtpmapMeansNothing(String value) {
        assertEquals(Optional.empty(), RtpMap.ofAttribute(value));
    }

    @Test
    void rtpmapIsReadWithSpacesAndChannels() {
        assertEquals(Optional.of(new RtpMap(107, "opus", 48000, 2, "")), RtpMap.ofAttribute(" 107  opus / 48000 / 2 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "o=- 1 1 IN IP4 1.2.3.4",
                "v=1\no=- 1 1 IN IP4 1.2.3.4",
                "v=0",
                "v=0\no=- 1 1 IN IP4",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\nc=IN IP4",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\nm=audio 5004",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\nm=audio 65536 RTP/AVP 0",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\nm=audio -1 RTP/AVP 0",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\nm=audio 5/0 RTP/AVP 0",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\nm=audio 5/x RTP/AVP 0",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\na=",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\na=:x",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\nnonsense",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\nab=c",
                "v=0\no=- 1 1 IN IP4 1.2.3.4\n=c"
            })
    void whatIsNoDescriptionIsAnError(String body) {
        assertThrows(SdpParseException.class, () -> SdpParser.parse(body));
    }

    @Test
    void anErrorNamesItsLine() {
        var error = assertThrows(
                SdpParseException.class,
                () -> SdpParser.parse("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\n\r\nm=audio x RTP/AVP 0"));
        assertEquals(4, error.line());
        assertEquals("SDP line 4: no port: \"x\"", error.getMessage());
    }

    @Test
    void everyLimitIsKept() {
        String head = "v=0\no=- 1 1 IN IP4 1.2.3.4\n";
        String line = "m=audio 9 RTP/AVP 0\n";
        assertEquals(
                SdpParser.MAX_MEDIA,
                Sdp.parse(head + line.repeat(SdpParser.MAX_MEDIA)).media().size());
        assertTooMuch(head + line.repeat(SdpParser.MAX_MEDIA + 1), "media");
        Sdp.parse(head + "a=x\n".repeat(SdpParser.MAX_LINES - 2));
        assertTooMuch(head + "a=x\n".repeat(SdpParser.MAX_LINES - 1), "lines");
        Sdp.parse(head + "s=" + "x".repeat(SdpParser.MAX_LINE_LENGTH - 2));
        assertTooMuch(head + "s=" + "x".repeat(SdpParser.MAX_LINE_LENGTH - 1), "longer than");
        Sdp.parse(head + "m=audio 9 RTP/AVP" + " 0".repeat(SdpParser.MAX_FORMATS));
        assertTooMuch(head + "m=audio 9 RTP/AVP" + " 0".repeat(SdpParser.MAX_FORMATS + 1), "formats");
        assertTooMuch("\n".repeat(SdpParser.MAX_SIZE + 1), "larger than");
        assertThrows(SdpParseException.class, () -> SdpParser.parse(new byte[SdpParser.MAX_SIZE + 1]));
    }

    private static void assertTooMuch(String body, String word) {
        var error = assertThrows(SdpParseException.class, () -> SdpParser.parse(body));
        assertTrue(error.getMessage().contains(word), error.getMessage());
    }
}
