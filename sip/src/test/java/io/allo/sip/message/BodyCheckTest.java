package io.allo.sip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.allo.sip.address.SipParseException;
import io.allo.sip.header.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Multipart bodies (RFC 2046, RFC 5621) and what a server refuses in a request. */
class BodyCheckTest {
    private static final SipRequest INVITE = Torture.request("rfc5118/ipv6-in-sdp");

    @Test
    void partsAreFoundInNestedBodies() {
        MultipartBody inner = new MultipartBody(
                "alternative",
                "in",
                List.of(
                        MultipartBody.Part.of("text/plain", bytes("hi")),
                        MultipartBody.Part.of("application/sdp", bytes("v=0\r\n"))));
        MultipartBody outer = new MultipartBody(
                "mixed",
                "out side",
                List.of(
                        MultipartBody.Part.of("application/isup", new byte[] {0, 13, 10, '-', '-'}),
                        MultipartBody.Part.of(inner.contentType().toString(), inner.toBytes())));
        MultipartBody read =
                MultipartBody.parse(MediaType.parse(outer.contentType().toString()), outer.toBytes());
        assertArrayEquals(new byte[] {0, 13, 10, '-', '-'}, read.parts().get(0).content());
        assertArrayEquals(bytes("v=0\r\n"), read.find("application/sdp").content());
        assertNull(read.find("image/png"));
        assertArrayEquals(outer.toBytes(), read.toBytes());
    }

    @Test
    void whatStandsBeforeTheFirstPartAndAfterTheLastIsPassedOver() { // RFC 2046 section 5.1.1
        String text = "preamble\r\n--simple boundary  \r\n\r\nimplicit\r\n--simple boundaryX\r\nno delimiter\r\n"
                + "--simple boundary\r\nContent-Type: text/plain;\r\n charset=us-ascii\r\n\r\nexplicit\r\n\r\n--simple boundary--\r\nepilogue";
        MultipartBody body =
                MultipartBody.parse(MediaType.parse("multipart/mixed; boundary=\"simple boundary\""), bytes(text));
        assertEquals(2, body.parts().size());
        assertEquals(
                "implicit\r\n--simple boundaryX\r\nno delimiter",
                text(body.parts().get(0)));
        assertEquals("text/plain", body.parts().get(0).contentType().full());
        assertEquals("explicit\r\n", text(body.parts().get(1)));
        assertEquals("us-ascii", body.parts().get(1).contentType().parameters().value("charset"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "--b", "--b\r\n\r\nx", "--b\r\n\r\nx\r\n--b", "--b\r\nbad line\r\n\r\nx\r\n--b--", "x--b--"})
    void aMalformedMultipartIsRefused(String text) {
        MediaType type = MediaType.parse("multipart/mixed;boundary=b");
        assertThrows(SipParseException.class, () -> MultipartBody.parse(type, bytes(text)));
    }

    @Test
    void asManyPartsAsAllowedAreReadAndNotOneMore() {
        MediaType type = MediaType.parse("multipart/mixed;boundary=b");
        String part = "--b\r\n\r\nx\r\n";
        assertEquals(
                MultipartBody.MAX_PARTS,
                MultipartBody.parse(type, bytes(part.repeat(MultipartBody.MAX_PARTS) + "--b--"))
                        .parts()
                        .size());
        assertThrows(
                SipParseException.class,
                () -> MultipartBody.parse(type, bytes(part.repeat(MultipartBody.MAX_PARTS + 1) + "--b--")));
    }

    @Test
    void anInviteWithSdpIsServed() {
        assertNull(Torture.SERVER.check(INVITE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Encoding: gzip | 415",
                "Content-Encoding: identity | 0",
                "Require: 100rel, Timer | 0",
                "Require: x | 420",
                "Content-Type: application/xml | 415",
                "Content-Type: application | 400",
                "Max-Forwards: 256 | 400",
                "Max-Forwards: many | 400",
                "Route: sip:a@b | 400",
                "Accept: application/* | 0",
                "Accept: text/html, text/plain | 406",
                "Refer-To: < | 400",
                "Content-Type: multipart/mixed;boundary=none | 400"
            })
    void aHeaderDecides(String line, int status) {
        int colon = line.indexOf(':');
        SipRequest request = INVITE.withHeader(
                line.substring(0, colon), line.substring(colon + 1).strip());
        RequestCheck.Rejection rejection = Torture.SERVER.check(request);
        assertEquals(status, rejection == null ? 0 : rejection.status());
    }

    @Test
    void anOptionalBodyIsPassedOver() {
        SipRequest request = INVITE.withBody("application/x", new byte[1]);
        assertEquals(415, Torture.SERVER.check(request).status());
        assertNull(Torture.SERVER.check(request.withHeader("Content-Disposition", "render;handling=optional")));
    }

    @Test
    void ofSeveralPartsOneMustBeUnderstoodAndAllThatSaySo() { // RFC 5621 section 8
        MultipartBody.Part sdp = MultipartBody.Part.of("application/sdp", bytes("v=0\r\n"));
        MultipartBody.Part isup = MultipartBody.Part.of("application/isup", new byte[] {1});
        MultipartBody.Part required = new MultipartBody.Part(
                isup.headers().with("Content-Disposition", "signal;handling=required"), isup.content());
        assertNull(Torture.SERVER.check(with("mixed", sdp, isup)));
        assertEquals(415, Torture.SERVER.check(with("mixed", isup)).status());
        assertEquals(415, Torture.SERVER.check(with("mixed", sdp, required)).status());
        assertNull(Torture.SERVER.check(with("alternative", required, sdp)));
    }

    @Test
    void partsNestedTooDeepAreRefused() {
        MultipartBody.Part part = MultipartBody.Part.of("application/sdp", bytes("v=0\r\n"));
        for (int depth = 0; depth < MultipartBody.MAX_DEPTH; depth++) {
            var body = new MultipartBody("mixed", "b" + depth, List.of(part));
            part = MultipartBody.Part.of(body.contentType().toString(), body.toBytes());
        }
        assertEquals(400, Torture.SERVER.check(with("mixed", part)).status());
    }

    @Test
    void anUnknownMethodIsAnswered501AndOneNotServed405() {
        SipRequest publish = new SipRequest(SipMethod.PUBLISH, INVITE.uri(), INVITE.headers());
        RequestCheck.Rejection rejection = Torture.SERVER.check(publish);
        assertNotNull(rejection);
        assertEquals(405, rejection.status());
        assertEquals(
                List.of("ACK", "BYE", "CANCEL", "INVITE", "MESSAGE", "OPTIONS", "REGISTER"),
                rejection.answer(publish, "t").headers().all("Allow"));
        SipRequest odd = new SipRequest(SipMethod.of("ODD"), INVITE.uri(), INVITE.headers());
        assertEquals(501, Torture.SERVER.check(odd).status());
    }

    private static SipRequest with(String subtype, MultipartBody.Part... parts) {
        MultipartBody body = new MultipartBody(subtype, "bound", List.of(parts));
        return INVITE.withBody(body.contentType().toString(), body.toBytes());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(MultipartBody.Part part) {
        return new String(part.content(), StandardCharsets.UTF_8);
    }
}
