package io.allo.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.SipUri;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5118: SIP torture messages for IPv6. */
class Rfc5118Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ipv6-good",
                "port-ambiguous",
                "port-unambiguous",
                "via-received-param-with-delim",
                "via-received-param-no-delim",
                "ipv6-in-sdp",
                "mult-ip-in-header",
                "mult-ip-in-sdp",
                "ipv4-mapped-ipv6",
                "ipv6-bug-abnf-3-colons",
                "ipv6-correct-abnf-2-colons"
            })
    void aValidMessageIsServedAndWrittenTheSame(String name) {
        SipRequest request = Torture.request("rfc5118/" + name);
        assertNull(Torture.SERVER.check(request));
        assertEquals(request, SipParser.parse(SipWriter.toBytes(request)));
    }

    @Test // 4.1
    void ipv6References() {
        SipRequest register = Torture.request("rfc5118/ipv6-good");
        assertEquals("2001:db8::10", ((SipUri) register.uri()).host());
        assertEquals(new HostPort("2001:db8::9:1", -1), register.topVia().sentBy());
        assertEquals("sip:[2001:db8::10]", register.uri().toString());
    }

    @Test // 4.2
    void anIpv6AddressWithoutBracketsIsRefused() {
        byte[] bytes = Torture.bytes("rfc5118/ipv6-bad");
        BadMessageException problem = assertThrows(BadMessageException.class, () -> SipParser.parse(bytes));
        assertEquals(400, problem.status());
        assertEquals("Malformed Request-URI", problem.reason());
    }

    @Test // 4.3
    void aPortInsideTheBracketsIsPartOfTheAddress() {
        assertEquals(
                new HostPort("2001:db8::10:5070", -1),
                ((SipUri) Torture.request("rfc5118/port-ambiguous").uri()).hostPort());
    }

    @Test // 4.4
    void aPortAfterTheBracketsIsThePort() {
        assertEquals(
                new HostPort("2001:db8::10", 5070),
                ((SipUri) Torture.request("rfc5118/port-unambiguous").uri()).hostPort());
    }

    @Test // 4.5
    void receivedIsReadWithAndWithoutBrackets() {
        assertEquals(
                "2001:db8::9:255",
                Torture.request("rfc5118/via-received-param-with-delim")
                        .topVia()
                        .received());
        assertEquals(
                "2001:db8::9:255",
                Torture.request("rfc5118/via-received-param-no-delim").topVia().received());
    }

    @Test // 4.7
    void addressesOfBothFamiliesInVia() {
        assertEquals(
                List.of(
                        new HostPort("2001:db8::9:1", 6050),
                        new HostPort("192.0.2.1", -1),
                        new HostPort("2001:db8::9:255", -1)),
                Torture.request("rfc5118/mult-ip-in-header").headers().vias().stream()
                        .map(via -> via.sentBy())
                        .toList());
    }

    @Test // 4.9
    void ipv4MappedAddresses() {
        SipRequest invite = Torture.request("rfc5118/ipv4-mapped-ipv6");
        assertEquals(new HostPort("::ffff:192.0.2.10", 19823), invite.topVia().sentBy());
        assertEquals(
                "::ffff:192.0.2.2",
                ((SipUri) invite.headers().contact().addresses().get(0).uri()).host());
    }

    @Test // 4.10
    void theThirdColonOfTheOldGrammarIsLetThrough() {
        SipUri three =
                (SipUri) Torture.request("rfc5118/ipv6-bug-abnf-3-colons").uri();
        SipUri two =
                (SipUri) Torture.request("rfc5118/ipv6-correct-abnf-2-colons").uri();
        assertEquals("2001:db8::192.0.2.1", three.host());
        assertEquals(two, three);
    }
}
