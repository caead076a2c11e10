package io.allo.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3261 sections 18.2.1 and 18.2.2, RFC 3581 section 4. Requests come from 192.0.2.9:5062. */
class ReceivedViaTest {
    private static SipRequest with(String... vias) {
        SipRequest request = Samples.bare(SipMethod.OPTIONS, 1, "abc");
        var headers = request.headers().toBuilder();
        for (String via : vias) {
            headers.add("Via", via);
        }
        return request.withHeaders(headers.build());
    }

    private static String completed(String via) {
        return ReceivedVia.complete(with(via), Samples.UDP).topVia().toString();
    }

    @Test
    void senderThatNamesItsOwnAddressIsLeftAlone() {
        SipRequest request = with("SIP/2.0/UDP 192.0.2.9:5062;branch=z9hG4bK1");
        assertSame(request, ReceivedVia.complete(request, Samples.UDP));
    }

    @Test
    void receivedIsAddedForANameOrAnotherAddress() {
        assertEquals(
                "SIP/2.0/UDP phone.example.com;branch=z9hG4bK1;received=192.0.2.9",
                completed("SIP/2.0/UDP phone.example.com;branch=z9hG4bK1"));
        assertEquals(
                "SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK1;received=192.0.2.9",
                completed("SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK1"));
    }

    @Test
    void rportIsFilledInAndReceivedAddedEvenIfEqual() {
        assertEquals(
                "SIP/2.0/UDP 192.0.2.9:5060;rport=5062;branch=z9hG4bK1;received=192.0.2.9",
                completed("SIP/2.0/UDP 192.0.2.9:5060;rport;branch=z9hG4bK1"));
    }

    @Test
    void whatTheSenderClaimsIsOverwritten() {
        assertEquals(
                "SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1;received=192.0.2.9;rport=5062",
                completed("SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1;received=198.51.100.1;rport=1"));
    }

    @Test
    void onlyTheTopmostViaIsCompletedEvenOfOneLine() {
        SipRequest request =
                with("SIP/2.0/UDP proxy.example.com;branch=z9hG4bK2, SIP/2.0/UDP phone.example.com;branch=z9hG4bK1");
        assertEquals(
                List.of(
                        "SIP/2.0/UDP proxy.example.com;branch=z9hG4bK2;received=192.0.2.9",
                        "SIP/2.0/UDP phone.example.com;branch=z9hG4bK1"),
                ReceivedVia.complete(request, Samples.UDP).headers().all("Via"));
    }

    @Test
    void ipv6SourceIsWrittenWithoutBrackets() {
        var flow = new Flow(Flow.UDP, new HostPort("2001:db8::1", 5060), new HostPort("2001:db8::9", 5062), 1);
        assertEquals(
                "SIP/2.0/UDP [2001:db8::8];branch=z9hG4bK1;received=2001:db8::9",
                ReceivedVia.complete(with("SIP/2.0/UDP [2001:db8::8];branch=z9hG4bK1"), flow)
                        .topVia()
                        .toString());
    }

    @Test
    void overUdpWithoutRportResponsesGoToThePortOfTheVia() {
        SipRequest request = with("SIP/2.0/UDP phone.example.com:5070;branch=z9hG4bK1");
        assertEquals(
                new HostPort("192.0.2.9", 5070),
                ReceivedVia.answerFlow(request, Samples.UDP, false).remote());
        assertEquals(
                new HostPort("192.0.2.9", 5060),
                ReceivedVia.answerFlow(with("SIP/2.0/UDP a.example.com;branch=z9hG4bK1"), Samples.UDP, false)
                        .remote());
    }

    @Test
    void withRportOrForcedResponsesGoBackToTheSource() {
        SipRequest request = with("SIP/2.0/UDP phone.example.com:5070;rport;branch=z9hG4bK1");
        assertSame(Samples.UDP, ReceivedVia.answerFlow(request, Samples.UDP, false));
        SipRequest without = with("SIP/2.0/UDP phone.example.com:5070;branch=z9hG4bK1");
        assertSame(Samples.UDP, ReceivedVia.answerFlow(without, Samples.UDP, true));
    }

    @Test
    void overAConnectionResponsesGoBackThroughIt() {
        SipRequest request = with("SIP/2.0/TCP phone.example.com:5070;branch=z9hG4bK1");
        assertSame(Samples.TCP, ReceivedVia.answerFlow(request, Samples.TCP, false));
        assertEquals(new HostPort("192.0.2.9", 5070), ReceivedVia.reconnectTo(request, Samples.TCP));
    }

    @Test
    void maddrIsNotFollowed() {
        SipRequest request = with("SIP/2.0/UDP phone.example.com;maddr=198.51.100.7;branch=z9hG4bK1");
        assertEquals(
                new HostPort("192.0.2.9", 5060),
                ReceivedVia.answerFlow(request, Samples.UDP, false).remote());
    }
}
