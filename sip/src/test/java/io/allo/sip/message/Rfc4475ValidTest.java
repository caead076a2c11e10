package io.allo.sip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.header.ContactHeader;
import io.allo.sip.header.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4475 section 3.1.1: messages that are valid, however odd. */
class Rfc4475ValidTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wsinv",
                "intmeth",
                "esc01",
                "escnull",
                "esc02",
                "lwsdisp",
                "longreq",
                "dblreq",
                "semiuri",
                "transports",
                "mpart01",
                "unreason",
                "noreason"
            })
    void aValidMessageIsReadAndWrittenAndReadAgainTheSame(String name) {
        SipMessage message = SipParser.parse(Torture.bytes("rfc4475/" + name));
        SipMessage again = SipParser.parse(SipWriter.toBytes(message));
        assertEquals(message, again);
        assertEquals(message.from(), again.from());
        assertEquals(message.to(), again.to());
    }

    @Test // 3.1.1.1
    void aShortTortuousInvite() {
        SipRequest invite = Torture.request("rfc4475/wsinv");
        assertEquals(
                "sip:vivekg@chair-dnrc.example.com;unknownparam", invite.uri().toString());
        assertEquals("1918181833n", invite.toTag());
        assertEquals("98asjd8", invite.fromTag());
        assertEquals("J Rosenberg \\\"", invite.from().displayName());
        assertEquals(68, invite.headers().number("Max-Forwards"));
        assertEquals(9, invite.cseq().number());
        assertEquals("", invite.headers().first("Subject"));
        assertEquals(
                "newfangled value continued newfangled value", invite.headers().first("NewFangledHeader"));
        assertEquals(";;,,;;,;", invite.headers().first("unknownheaderwithunusualvalue"));
        assertEquals(
                List.of("390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"),
                invite.headers().vias().stream().map(via -> via.branch()).toList());
        assertEquals(
                List.of("UDP", "TCP", "UDP"),
                invite.headers().vias().stream().map(via -> via.transport()).toList());
        NameAddress contact = invite.headers().contact().first();
        assertNotNull(contact);
        assertEquals("Quoted string \"\"", contact.displayName());
        assertEquals("newvalue", contact.parameters().value("newparam"));
        assertTrue(contact.parameters().has("secondparam"));
        assertEquals(330, ContactHeader.q(contact));
        assertTrue(invite.headers().routes().get(0).isLoose());
        assertEquals(150, invite.body().length);
        assertNull(Torture.SERVER.check(invite));
    }

    @Test // 3.1.1.2
    void aWideRangeOfValidCharacters() {
        SipRequest request = Torture.request("rfc4475/intmeth");
        assertEquals(
                "!interesting-Method0123456789_*+`.%indeed'~", request.method().name());
        SipUri uri = (SipUri) request.uri();
        assertEquals("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", uri.user());
        assertEquals("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)", uri.password());
        assertEquals("BEL:\u0007 NUL:\u0000 DEL:\u007f", request.to().displayName());
        assertEquals("token1~` token2'+_ token3*%!.-", request.from().displayName());
        assertEquals("работающий", request.from().parameters().value("fromParam''~+*_!.-%"));
        assertEquals("_token~1'+`*%!-.", request.fromTag());
        assertEquals("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", request.callId());
        assertEquals("\ufeff大停電", request.headers().first("extensionHeader-!.%*+_`'~"));
        RequestCheck.Rejection rejection = Torture.SERVER.check(request);
        assertNotNull(rejection);
        assertEquals(501, rejection.status());
    }

    @Test // 3.1.1.3
    void percentEscapesInUris() {
        SipRequest invite = Torture.request("rfc4475/esc01");
        SipUri uri = (SipUri) invite.uri();
        assertEquals("sips:user@example.com", uri.user());
        assertEquals("example.net", uri.host());
        assertEquals("sip:sips%3Auser%40example.com@example.net", uri.toString());
        assertEquals("user", ((SipUri) invite.to().uri()).user());
        assertEquals("I have spaces", ((SipUri) invite.from().uri()).user());
        SipUri contact = (SipUri) invite.headers().contact().addresses().get(0).uri();
        assertEquals("caller", contact.user());
        assertTrue(contact.isLooseRouter());
        assertEquals("value%41", contact.parameters().value("name"));
    }

    @Test // 3.1.1.4
    void escapedNullsInUris() {
        SipRequest register = Torture.request("rfc4475/escnull");
        assertEquals("null-\0-null", ((SipUri) register.to().uri()).user());
        assertEquals("sip:null-%00-null@example.com", register.to().uri().toString());
        List<NameAddress> contacts = register.headers().contact().addresses();
        assertEquals("\0", ((SipUri) contacts.get(0).uri()).user());
        assertEquals("\0\0", ((SipUri) contacts.get(1).uri()).user());
        assertFalse(contacts.get(0).uri().matches(contacts.get(1).uri()));
    }

    @Test // 3.1.1.5
    void percentSignsThatAreNoEscapes() {
        SipRequest request = Torture.request("rfc4475/esc02");
        assertEquals("RE%47IST%45R", request.method().name());
        assertFalse(request.method().equals(SipMethod.REGISTER));
        assertEquals("%Z%45", request.to().displayName());
        assertEquals("z9hG4bK209%fzsnel234", request.topVia().branch());
        assertEquals(2, request.headers().contact().addresses().size());
        assertEquals("<sip:alias2@host2.example.com>", request.headers().first("C%6Fntact"));
    }

    @Test // 3.1.1.6
    void noSpaceBetweenDisplayNameAndBracket() {
        SipRequest options = Torture.request("rfc4475/lwsdisp");
        assertEquals("caller", options.from().displayName());
        assertEquals("323", options.fromTag());
    }

    @Test // 3.1.1.7
    void longValuesInHeaders() {
        SipRequest invite = Torture.request("rfc4475/longreq");
        assertEquals(34, invite.headers().vias().size());
        assertEquals(6000, ((SipUri) invite.to().uri()).port());
        assertEquals("192.0.2.5", invite.headers().vias().get(33).received());
        assertEquals(150, invite.body().length);
        assertNull(Torture.SERVER.check(invite));
    }

    @Test // 3.1.1.8
    void octetsAfterTheBodyOfADatagramArePassedOver() {
        SipRequest register = Torture.request("rfc4475/dblreq");
        assertEquals(SipMethod.REGISTER, register.method());
        assertEquals(0, register.body().length);
        assertEquals("dblreq.0ha0isndaksdj99sdfafnl3lk233412", register.callId());
    }

    @Test // 3.1.1.8, the same octets on a stream: two messages
    void theSameOctetsInAStreamAreTwoMessages() {
        var framer = new SipFramer(SipFramer.Side.SERVER);
        byte[] bytes = Torture.bytes("rfc4475/dblreq");
        framer.feed(bytes, 0, bytes.length);
        assertEquals(SipMethod.REGISTER, ((SipRequest) ((SipFramer.Message) framer.next()).message()).method());
        assertEquals(SipMethod.INVITE, ((SipRequest) ((SipFramer.Message) framer.next()).message()).method());
        assertTrue(framer.next() instanceof SipFramer.Malformed, "the body is longer than the INVITE says");
    }

    @Test // 3.1.1.9
    void semicolonsInTheUserPart() {
        SipRequest options = Torture.request("rfc4475/semiuri");
        SipUri uri = (SipUri) options.uri();
        assertEquals("user;par=u@example.net", uri.user());
        assertEquals(new HostPort("example.com", -1), uri.hostPort());
        assertEquals(6, options.headers().all("Accept").size());
    }

    @Test // 3.1.1.10
    void knownAndUnknownTransports() {
        SipRequest options = Torture.request("rfc4475/transports");
        assertEquals(
                List.of("UDP", "SCTP", "TLS", "UNKNOWN", "TCP"),
                options.headers().vias().stream().map(via -> via.transport()).toList());
    }

    @Test // 3.1.1.11
    void aMultipartBody() {
        SipRequest message = Torture.request("rfc4475/mpart01");
        assertEquals(553, message.body().length);
        MediaType type = message.contentType();
        assertNotNull(type);
        MultipartBody body = MultipartBody.parse(type, message.body());
        assertEquals(2, body.parts().size());
        assertEquals("Hello", new String(body.parts().get(0).content(), StandardCharsets.US_ASCII));
        byte[] signature = body.parts().get(1).content();
        assertEquals(342, signature.length);
        assertEquals(0x30, signature[0]);
        assertEquals(0x05, signature[341]);
        assertArrayEquals(message.body(), body.toBytes());
        assertNull(Torture.SERVER.check(message));
    }

    @Test // 3.1.1.12
    void anUnusualReasonPhrase() {
        assertEquals(
                "= 2**3 * 5**2 но сто девяносто девять - простое",
                Torture.response("rfc4475/unreason").reason());
    }

    @Test // 3.1.1.13
    void anEmptyReasonPhrase() {
        SipResponse response = Torture.response("rfc4475/noreason");
        assertEquals(100, response.status());
        assertEquals("", response.reason());
    }
}
