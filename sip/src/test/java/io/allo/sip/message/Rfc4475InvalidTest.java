package io.allo.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.header.AuthorizationHeader;
import io.allo.sip.header.ContactHeader;
import io.allo.sip.header.DateHeader;
import io.allo.sip.header.HeaderName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4475 sections 3.1.2 to 3.4: messages that are refused, each with the answer the RFC asks for, and those that are odd only. */
class Rfc4475InvalidTest {

    @ParameterizedTest
    @CsvSource({
        "badinv01, 400, Malformed Via", // 3.1.2.1
        "clerr, 400, Content-Length larger than the message", // 3.1.2.2
        "ncl, 400, Malformed Content-Length", // 3.1.2.3
        "scalar02, 400, Malformed CSeq", // 3.1.2.4
        "quotbal, 400, Malformed To", // 3.1.2.6
        "ltgtruri, 400, Malformed Request-URI", // 3.1.2.7
        "lwsruri, 400, Malformed Request-URI", // 3.1.2.8
        "lwsstart, 400, Malformed Request-URI", // 3.1.2.9
        "trws, 400, White space after the request line", // 3.1.2.10
        "badaspec, 400, Malformed To", // 3.1.2.14
        "baddn, 400, Malformed From", // 3.1.2.15
        "badvers, 505, Version Not Supported", // 3.1.2.16
        "mismatch01, 400, CSeq method is not the request's", // 3.1.2.17
        "mismatch02, 400, CSeq method is not the request's", // 3.1.2.18
        "insuf, 400, Missing From", // 3.3.1
        "multi01, 400, Several From headers", // 3.3.8
        "mcl01, 400, Several Content-Length headers" // 3.3.9
    })
    void aMalformedRequestIsAnsweredWithWhatIsWrong(String name, int status, String reason) {
        byte[] bytes = Torture.bytes("rfc4475/" + name);
        BadMessageException problem = assertThrows(BadMessageException.class, () -> SipParser.parse(bytes));
        assertEquals(status, problem.status());
        assertEquals(reason, problem.reason());
        SipResponse answer = problem.answer("ours");
        assertNotNull(answer);
        assertEquals(status, answer.status());
        assertTrue(answer.headers().has(HeaderName.VIA));
    }

    @ParameterizedTest
    @CsvSource({
        "escruri, 400, Headers or method in Request-URI", // 3.1.2.11
        "regbadct, 400, Malformed Contact", // 3.1.2.13
        "unkscm, 416, Unsupported URI Scheme", // 3.3.2
        "novelsc, 416, Unsupported URI Scheme", // 3.3.3
        "unksm2, 400, To of a REGISTER is no SIP URI", // 3.3.4
        "bext01, 420, Bad Extension", // 3.3.5
        "invut, 415, Unsupported Media Type", // 3.3.6
        "sdp01, 406, Not Acceptable" // 3.3.15
    })
    void aWellFormedRequestThatCannotBeServedIsRefused(String name, int status, String reason) {
        RequestCheck.Rejection rejection = Torture.SERVER.check(Torture.request("rfc4475/" + name));
        assertNotNull(rejection);
        assertEquals(status, rejection.status());
        assertEquals(reason, rejection.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalarlg", "bigcode"}) // 3.1.2.5, 3.1.2.19
    void aMalformedResponseIsDropped(String name) {
        byte[] bytes = Torture.bytes("rfc4475/" + name);
        BadMessageException problem = assertThrows(BadMessageException.class, () -> SipParser.parse(bytes));
        assertNull(problem.request());
        assertNull(problem.answer("ours"));
    }

    @Test // 3.1.2.12: may be refused; a wrong clock does no harm, so the call goes through
    void aDateInAnotherZoneIsPassedOver() {
        SipRequest invite = Torture.request("rfc4475/baddate");
        assertNull(Torture.SERVER.check(invite));
        assertThrows(SipParseException.class, () -> invite.headers().typedFirst(HeaderName.DATE, DateHeader::parse));
    }

    @Test // 3.2.1
    void aBranchOfNothingButTheCookieNamesNoTransaction() {
        SipRequest options = Torture.request("rfc4475/badbranch");
        assertEquals("z9hG4bK", options.topVia().branch());
        assertFalse(options.topVia().hasRfc3261Branch());
    }

    @Test // 3.3.5
    void theAnswer420NamesWhatIsNotSupported() {
        SipRequest options = Torture.request("rfc4475/bext01");
        SipResponse answer = Torture.SERVER.check(options).answer(options, "ours");
        assertEquals(
                List.of("nothingSupportsThis", "nothingSupportsThisEither"),
                answer.headers().all(HeaderName.UNSUPPORTED));
    }

    @Test // 3.3.6
    void theAnswer415NamesWhatIsAccepted() {
        SipRequest invite = Torture.request("rfc4475/invut");
        SipResponse answer = Torture.SERVER.check(invite).answer(invite, "ours");
        assertEquals(List.of("application/sdp", "text/plain"), answer.headers().all(HeaderName.ACCEPT));
    }

    @Test // 3.3.7: refused by who checks credentials
    void anUnknownAuthorizationSchemeIsRead() {
        AuthorizationHeader credentials = Torture.request("rfc4475/regaut01")
                .headers()
                .typedFirst(HeaderName.AUTHORIZATION, AuthorizationHeader::parse);
        assertNotNull(credentials);
        assertEquals("NoOneKnowsThisScheme", credentials.scheme());
        assertEquals("here", credentials.value("opaque-data"));
    }

    @Test // 3.3.10
    void aResponseWithASecondViaIsNotForUs() {
        SipResponse response = Torture.response("rfc4475/bcast");
        assertEquals(
                "255.255.255.255", response.headers().vias().get(1).sentBy().host());
        assertFalse(response.hasOneVia());
    }

    @Test // 3.3.11: an endpoint goes on as if there were hops left
    void maxForwardsOfZeroIsServedByAnEndpoint() {
        SipRequest options = Torture.request("rfc4475/zeromf");
        assertEquals(0, options.headers().number(HeaderName.MAX_FORWARDS));
        assertNull(Torture.SERVER.check(options));
    }

    @Test // 3.3.12
    void aParameterAfterABareUriBelongsToTheContact() {
        var contact = Torture.request("rfc4475/cparam01").headers().contact().first();
        assertNotNull(contact);
        assertTrue(contact.parameters().has("unknownparam"));
        assertFalse(((SipUri) contact.uri()).parameters().has("unknownparam"));
    }

    @Test // 3.3.13
    void aParameterInsideTheBracketsBelongsToTheUri() {
        var contact = Torture.request("rfc4475/cparam02").headers().contact().first();
        assertNotNull(contact);
        assertFalse(contact.parameters().has("unknownparam"));
        assertTrue(((SipUri) contact.uri()).parameters().has("unknownparam"));
    }

    @Test // 3.3.14
    void anEscapedHeaderInAContactIsPartOfItsUri() {
        SipRequest register = Torture.request("rfc4475/regescrt");
        assertNull(Torture.SERVER.check(register));
        ContactHeader contact = register.headers().contact();
        SipUri uri = (SipUri) contact.addresses().get(0).uri();
        assertEquals("<sip:sip.example.com>", uri.headers().value("Route"));
        assertEquals("sip:user@example.com?Route=%3Csip:sip.example.com%3E", uri.toString());
    }

    @Test // 3.4.1
    void anInviteOfRfc2543IsServed() {
        SipRequest invite = Torture.request("rfc4475/inv2543");
        assertNull(Torture.SERVER.check(invite));
        assertNull(invite.fromTag());
        assertNull(invite.topVia().branch());
        assertEquals(105, invite.body().length);
        assertTrue(new String(invite.body(), java.nio.charset.StandardCharsets.US_ASCII).endsWith("RTP/AVP 0\r\n"));
    }
}
