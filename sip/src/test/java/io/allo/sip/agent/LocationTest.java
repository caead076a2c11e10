package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.Headers;
import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.locate.DnsRecord;
import io.allo.sip.message.SipRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which way a request takes: RFC 3263 with failover, UDP to TCP for large ones, addresses in Via and Contact. */
class LocationTest {
    final World world = new World(6);
    final World.Agent allo = world.agent("192.0.2.1:5060");
    final World.Peer first = world.peer("192.0.2.11:5060");
    final World.Peer second = world.peer("192.0.2.12:5060");

    LocationTest() {
        world.dns(
                "_sip._udp.example.com",
                DnsQuestion.Type.SRV,
                DnsAnswer.of(
                        new DnsRecord.Srv(1, 1, 5060, "one.example.com"),
                        new DnsRecord.Srv(2, 1, 5060, "two.example.com")));
        world.dns("one.example.com", DnsQuestion.Type.A, DnsAnswer.of(new DnsRecord.Address("192.0.2.11")));
        world.dns("two.example.com", DnsQuestion.Type.A, DnsAnswer.of(new DnsRecord.Address("192.0.2.12")));
    }

    @AfterEach
    void nothingIsLeft() {
        allo.command(new UserAgentCommand.Shutdown(null));
        world.run(200_000);
        assertEquals(
                new UserAgent.Holdings(0, 0, 0, 0, 0, 0), allo.ua.holdings(), () -> String.join("\n", world.trace));
    }

    void place(String uri, int offerBytes) {
        allo.command(new UserAgentCommand.PlaceCall(
                new SessionId(1),
                CallTarget.of(SipUri.parse(uri)),
                OutgoingProfile.of(NameAddress.parse("<sip:allo@192.0.2.1>")),
                "x".repeat(offerBytes).getBytes(StandardCharsets.US_ASCII),
                Headers.EMPTY));
        world.run(50);
    }

    void refuse(World.Peer peer, SipRequest request, int status) {
        Flow flow = peer.flows.get(peer.flows.size() - 1);
        peer.sendOver(flow, Script.response(request, status, "r", false));
        world.run(50);
    }

    @Test
    void theNextServerIsTriedAfter503() {
        place("sip:bob@example.com", 10);
        SipRequest one = first.request("INVITE");
        refuse(first, one, 503);
        SipRequest two = second.request("INVITE");
        assertEquals(one.callId(), two.callId());
        assertEquals(one.cseq(), two.cseq());
        assertTrue(!one.topVia().branch().equals(two.topVia().branch()));
        refuse(second, two, 503);
        assertEquals(503, allo.last(UserAgentEvent.CallRefused.class).status());
    }

    @Test
    void theNextServerIsTriedAfterSilence() {
        world.cutOff(first.address);
        place("sip:bob@example.com", 10);
        world.run(33_000);
        refuse(second, second.request("INVITE"), 486);
        assertEquals(486, allo.last(UserAgentEvent.CallRefused.class).status());
    }

    @Test
    void aNameWithoutAddressIsNoWay() {
        place("sip:bob@nowhere.example.com", 10);
        var refused = allo.last(UserAgentEvent.CallRefused.class);
        assertEquals(503, refused.status());
        assertTrue(refused.reason().contains("nowhere.example.com"), refused.reason());
    }

    @Test
    void aLargeInviteGoesOverTcp() {
        place("sip:bob@192.0.2.11", 1500);
        SipRequest invite = first.request("INVITE");
        assertTrue(invite.headers().first("Via").startsWith("SIP/2.0/TCP"));
        assertEquals("<sip:allo@192.0.2.1:5060;transport=tcp>", invite.headers().first("Contact"));
        refuse(first, invite, 486);
    }

    @Test
    void aLargeInviteGoesOverUdpWhereTcpIsRefused() {
        place("sip:bob@192.0.2.99", 1500);
        assertTrue(allo.sent.get(0).headers().first("Via").startsWith("SIP/2.0/UDP"));
    }

    @Test
    void aConnectionIsUsedAgain() {
        place("sip:bob@192.0.2.11;transport=tcp", 10);
        Flow connection = first.flows.get(0);
        refuse(first, first.request("INVITE"), 486);
        allo.command(new UserAgentCommand.PlaceCall(
                new SessionId(2),
                CallTarget.of(SipUri.parse("sip:carol@192.0.2.11;transport=tcp")),
                OutgoingProfile.of(NameAddress.parse("<sip:allo@192.0.2.1>")),
                new byte[] {1},
                Headers.EMPTY));
        world.run(50);
        assertEquals(connection, first.flows.get(first.flows.size() - 1));
        refuse(first, first.request("INVITE"), 486);
    }

    @Test
    void aCallIsCancelledWhileItsWayIsLookedFor() {
        world.delayNanos = 500 * World.MS;
        place("sip:bob@example.com", 10);
        allo.command(new UserAgentCommand.HangUp(new SessionId(1), null));
        world.run(3000);
        assertEquals(487, allo.last(UserAgentEvent.CallRefused.class).status());
        assertTrue(first.received.isEmpty());
    }

    @Test
    void beyondTheLocalNetWeAreCalledByTheExternalAddress() {
        HostPort bound = HostPort.parse("192.0.2.20:5060");
        var listener = new SipListener(
                "nat",
                Flow.UDP,
                HostPort.parse("0.0.0.0:5060"),
                HostPort.parse("203.0.113.5:5070"),
                List.of(AddressRange.parse("192.0.2.11/32")));
        World.Agent inside = world.agent("192.0.2.20:5060", UserAgentSettings.of(List.of(listener)), new TestPolicy());
        for (World.Peer peer : List.of(first, second)) {
            inside.command(new UserAgentCommand.PlaceCall(
                    new SessionId(peer == first ? 1 : 2),
                    CallTarget.of(SipUri.of("bob", peer.address)),
                    OutgoingProfile.of(NameAddress.parse("<sip:allo@example.com>")),
                    new byte[] {1},
                    Headers.EMPTY));
        }
        world.run(50);
        assertEquals(
                "<sip:allo@192.0.2.20:5060>", first.request("INVITE").headers().first("Contact"));
        assertEquals(
                "<sip:allo@203.0.113.5:5070>",
                second.request("INVITE").headers().first("Contact"));
        assertEquals(
                HostPort.parse("203.0.113.5:5070"),
                second.request("INVITE").topVia().sentBy());
        assertEquals(bound, inside.address);
    }
}
