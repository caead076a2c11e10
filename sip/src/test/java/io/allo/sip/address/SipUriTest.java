package io.allo.sip.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipUriTest {

    @ParameterizedTest // RFC 3261 section 19.1.3
    @ValueSource(
            strings = {
                "sip:alice@atlanta.com",
                "sip:alice:secretword@atlanta.com;transport=tcp",
                "sips:alice@atlanta.com?subject=project%20x&priority=urgent",
                "sip:+1-212-555-1212:1234@gateway.com;user=phone",
                "sips:1212@gateway.com",
                "sip:alice@192.0.2.4",
                "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
                "sip:alice;day=tuesday@atlanta.com",
                "sip:[2001:db8::1]:5070;lr",
                "sip:a@b?x"
            })
    void isWrittenAsItWasRead(String text) {
        assertEquals(text, Uri.parse(text).toString());
    }

    @ParameterizedTest // RFC 3261 section 19.1.4
    @CsvSource(
            delimiter = ' ',
            value = {
                "sip:%61lice@atlanta.com;transport=TCP sip:alice@AtLanTa.CoM;Transport=tcp",
                "sip:carol@chicago.com sip:carol@chicago.com;newparam=5",
                "sip:carol@chicago.com sip:carol@chicago.com;security=on",
                "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com"
                        + " sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
                "sip:alice@atlanta.com?subject=project%20x&priority=urgent"
                        + " sip:alice@atlanta.com?priority=urgent&subject=project%20x"
            })
    void isEqualToWhatTheRfcSaysItIs(String a, String b) {
        assertTrue(Uri.parse(a).matches(Uri.parse(b)));
        assertTrue(Uri.parse(b).matches(Uri.parse(a)));
    }

    @ParameterizedTest // RFC 3261 section 19.1.4
    @CsvSource(
            delimiter = ' ',
            value = {
                "SIP:ALICE@AtLanTa.CoM;Transport=udp sip:alice@AtLanTa.CoM;Transport=UDP",
                "sip:bob@biloxi.com sip:bob@biloxi.com:5060",
                "sip:bob@biloxi.com sip:bob@biloxi.com;transport=udp",
                "sip:bob@biloxi.com sip:bob@biloxi.com:6000;transport=tcp",
                "sip:carol@chicago.com sip:carol@chicago.com?Subject=next%20meeting",
                "sip:bob@phone21.boxesbybob.com sip:bob@192.0.2.4",
                "sip:carol@chicago.com;security=on sip:carol@chicago.com;security=off",
                "sip:a@b sips:a@b",
                "sip:a@b sip:a:x@b"
            })
    void differsFromWhatTheRfcSaysItDiffersFrom(String a, String b) {
        assertFalse(Uri.parse(a).matches(Uri.parse(b)));
        assertFalse(Uri.parse(b).matches(Uri.parse(a)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip",
                "sip:",
                ":a@b",
                "sip:@b",
                "sip:a@",
                "sip:a@b:",
                "sip:a@b:70000",
                "sip:a@b:5x",
                "sip:a@b;",
                "sip:a@b;;lr",
                "sip:a@b?",
                "sip:a@b@c",
                "sip:a b@c",
                "sip:a%4@c",
                "sip:a%zz@c",
                "sip:a@[::1",
                "sip:a@b c",
                "sip:a@b;x=<",
                "1sip:a@b",
                "s p:a@b",
                "sip:a@-b",
                "sip:\"a\"@b",
                "tel:",
                "tel:xyz",
                "tel:+",
                "http:"
            })
    void isRefusedWhereMalformed(String text) {
        SipParseException problem = assertThrows(SipParseException.class, () -> Uri.parse(text));
        assertFalse(problem.what().isEmpty());
    }

    @Test
    void escapesWhatItsUserMayNotHold() {
        SipUri uri = SipUri.of("a b@c:d;é", HostPort.of("example.com"));
        assertEquals("sip:a%20b%40c%3Ad;%C3%A9@example.com", uri.toString());
        assertEquals(uri, Uri.parse(uri.toString()));
    }

    @Test
    void keepsEscapedOctetsThatAreNotUtf8() {
        assertEquals(
                "sip:%E9t%E9@example.com", Uri.parse("sip:%E9t%E9@example.com").toString());
    }

    @Test
    void isChangedByMakingAnother() {
        SipUri uri = SipUri.parse("sip:alice:pw@example.com:5070;transport=tcp;lr?Subject=x");
        assertEquals(
                "sip:bob:pw@example.com:5070;transport=tcp;lr?Subject=x",
                uri.withUser("bob").toString());
        assertEquals(
                "sip:example.com:5070;transport=tcp;lr?Subject=x",
                uri.withUser(null).toString());
        assertEquals("tls", uri.withParameter("Transport", "tls").transport());
        assertNull(uri.withoutParameter("TRANSPORT").transport());
        assertEquals("sip:alice@example.com:5070", uri.bare().toString());
        assertEquals("sips", uri.withSecure(true).scheme());
        assertEquals(
                "sip:alice:pw@[::1];transport=tcp;lr",
                uri.withHostPort(HostPort.of("::1"))
                        .withHeaders(Parameters.EMPTY)
                        .toString());
        assertTrue(uri.isLooseRouter());
        assertEquals(5070, uri.port());
    }

    @Test
    void aTelephoneNumberIsReadAndComparedByItsDigits() { // RFC 3966 section 4
        TelUri tel = assertInstanceOf(TelUri.class, Uri.parse("tel:+1-201-555-0123"));
        assertTrue(tel.isGlobal());
        assertEquals("+12015550123", tel.digits());
        assertTrue(tel.matches(Uri.parse("tel:+1(201)555.0123")));
        assertFalse(tel.matches(Uri.parse("tel:+1-201-555-0124")));
        TelUri local = (TelUri) Uri.parse("tel:7042;phone-context=example.com");
        assertEquals("example.com", local.phoneContext());
        assertFalse(local.isGlobal());
        assertFalse(local.matches(Uri.parse("tel:7042;phone-context=example.org")));
        assertTrue(local.matches(Uri.parse("tel:70-42;PHONE-context=EXAMPLE.com")));
        assertEquals("tel:*21%23", Uri.parse("tel:*21#").toString().replace("#", "%23"));
    }

    @Test
    void anotherSchemeIsKeptAsText() {
        OtherUri mail = assertInstanceOf(OtherUri.class, Uri.parse("MAILTO:alice@example.com"));
        assertEquals("mailto", mail.scheme());
        assertEquals("mailto:alice@example.com", mail.toString());
        assertThrows(SipParseException.class, () -> SipUri.parse("mailto:a@b"));
    }
}
