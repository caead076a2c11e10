package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.session.ReliableMode;
import io.allo.sip.session.SessionSettings;
import io.allo.sip.session.TimerMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of a phone written by hand: provisional responses of RFC 3262, early BYE, session timers, requests in the dialog. */
class ReceivedCallTest {
    static final byte[] OFFER = "v=0 offer".getBytes(StandardCharsets.US_ASCII);
    static final byte[] ANSWER = "v=0 answer".getBytes(StandardCharsets.US_ASCII);

    final World world = new World(3);
    final TestPolicy policy = new TestPolicy();
    final World.Agent allo = world.agent("192.0.2.1:5060", World.settings(HostPort.parse("192.0.2.1:5060")), policy);
    final World.Peer phone = world.peer(Script.PHONE);
    String viaOfInvite = "";

    @AfterEach
    void nothingIsLeft() {
        allo.command(new UserAgentCommand.Shutdown(null));
        world.run(400_000);
        assertEquals(
                new UserAgent.Holdings(0, 0, 0, 0, 0, 0), allo.ua.holdings(), () -> String.join("\n", world.trace));
        assertEquals(
                allo.all(UserAgentEvent.IncomingCall.class).size(),
                allo.all(UserAgentEvent.SessionEnded.class).size());
    }

    void held(SessionSettings settings) {
        policy.otherwise = new EndpointProfile("carol", null, null, List.of(), false, false, settings, null);
    }

    void send(String text) {
        phone.send(allo.address, text);
        world.run(20);
    }

    SessionId session() {
        return allo.last(UserAgentEvent.IncomingCall.class).session();
    }

    void ring(int status, byte[] sdp) {
        allo.command(new UserAgentCommand.Ring(session(), status, null, sdp, Headers.EMPTY));
        world.run(20);
    }

    void answer(byte[] sdp) {
        allo.command(new UserAgentCommand.Answer(session(), sdp, Headers.EMPTY));
        world.run(20);
    }

    String localTag() {
        return phone.received.stream()
                .filter(m -> m instanceof SipResponse r && r.status() > 100)
                .map(m -> m.toTag())
                .findFirst()
                .orElseThrow();
    }

    void inDialog(String method, int cseq, String extra, String body) {
        send(Script.request(method, "sip:bob@192.0.2.1", cseq, "fromtag", localTag(), "call-1", extra, body));
    }

    @Test
    void anInviteIsTriedRungAndAnswered() {
        send(Script.invite(1, ""));
        phone.response(100);
        var incoming = allo.last(UserAgentEvent.IncomingCall.class);
        assertEquals("anonymous", incoming.endpoint().name());
        assertTrue(incoming.session().isIncoming());
        ring(180, null);
        SipResponse ringing = phone.response(180);
        assertEquals("<sip:bob@192.0.2.1:5060>", ringing.headers().first("Contact"));
        assertNotNull(ringing.toTag());
        answer(ANSWER);
        SipResponse ok = phone.response(200);
        assertEquals(ringing.toTag(), ok.toTag());
        assertArrayEquals(ANSWER, ok.body());
        assertTrue(ok.headers().hasToken("Allow", "PRACK"));
        inDialog("ACK", 1, "", "");
        assertNotNull(allo.last(UserAgentEvent.CallConfirmed.class));
        inDialog("BYE", 2, "Reason: Q.850;cause=16\n", "");
        assertEquals(
                16, allo.last(UserAgentEvent.CallHungUp.class).reasonHeader().cause());
    }

    @Test
    void recordRouteIsCopiedAndFollowed() {
        send(Script.invite(1, "Record-Route: <sip:192.0.2.9;lr;a>\nRecord-Route: <sip:far.example.com;lr>\n"));
        answer(ANSWER);
        assertEquals(
                List.of("<sip:192.0.2.9;lr;a>", "<sip:far.example.com;lr>"),
                phone.response(200).headers().all("Record-Route"));
        inDialog("ACK", 1, "", "");
        allo.command(new UserAgentCommand.HangUp(session(), null));
        world.run(20);
        SipRequest bye = phone.request("BYE");
        assertEquals("sip:carol@192.0.2.9", bye.uri().toString());
        assertEquals(
                List.of("<sip:192.0.2.9;lr;a>", "<sip:far.example.com;lr>"),
                bye.headers().all("Route"));
        phone.send(allo.address, Script.response(bye, 200, null, false));
        world.run(20);
    }

    @Test
    void aByeInTheEarlyDialogEndsTheInviteWith487() {
        send(Script.invite(1, ""));
        ring(180, null);
        inDialog("BYE", 2, "", "");
        assertEquals("BYE", phone.response(200).cseq().method());
        assertEquals("INVITE", phone.response(487).cseq().method());
        assertNotNull(allo.last(UserAgentEvent.CallHungUp.class));
    }

    @Test
    void aCallIsCancelled() {
        String invite = Script.invite(1, "");
        send(invite);
        ring(180, null);
        send(invite.replaceFirst("^INVITE", "CANCEL")
                .replace("1 INVITE", "1 CANCEL\nReason: SIP;cause=200;text=\"elsewhere\"")
                .replace("Content-Type: application/sdp\n", "")
                .replace("Content-Length: 9", "Content-Length: 0")
                .replace("v=0 phone", ""));
        assertEquals("CANCEL", phone.response(200).cseq().method());
        phone.response(487);
        assertEquals(
                "elsewhere",
                allo.last(UserAgentEvent.CallHungUp.class).reasonHeader().text());
        answer(ANSWER);
        assertTrue(
                phone.responses(200).stream().noneMatch(r -> r.cseq().method().equals("INVITE")));
    }

    @Test
    void reliableResponsesAreSentOneByOneUntilTheirPrack() {
        held(new SessionSettings(ReliableMode.YES, TimerMode.NO, 1800, 90));
        send(Script.invite(1, "Require: 100rel\n"));
        ring(180, null);
        ring(183, ANSWER);
        assertTrue(phone.responses(183).isEmpty());
        long rseq = phone.response(180).headers().number("RSeq");
        assertTrue(phone.response(180).headers().hasToken("Require", "100rel"));
        world.run(3600);
        assertEquals(4, phone.responses(180).size(), "at 0, 0.5, 1.5 and 3.5 s");
        inDialog("PRACK", 2, "RAck: " + (rseq + 5) + " 1 INVITE\n", "");
        phone.response(481);
        inDialog("PRACK", 3, "RAck: " + rseq + " 1 INVITE\n", "");
        assertEquals("PRACK", phone.response(200).cseq().method());
        assertEquals(rseq + 1, phone.response(183).headers().number("RSeq"));
        answer(ANSWER);
        assertTrue(
                phone.responses(200).stream().noneMatch(r -> r.cseq().method().equals("INVITE")));
        inDialog("PRACK", 4, "RAck: " + (rseq + 1) + " 1 INVITE\n", "");
        SipResponse ok = phone.response(200);
        assertEquals("INVITE", ok.cseq().method());
        assertEquals(0, ok.body().length, "the answer has been given");
        inDialog("ACK", 1, "", "");
    }

    @Test
    void aReliableResponseWithoutPrackRefusesTheInvite() {
        held(new SessionSettings(ReliableMode.YES, TimerMode.NO, 1800, 90));
        send(Script.invite(1, "Require: 100rel\n"));
        ring(180, null);
        world.run(33_000);
        phone.response(504);
        assertTrue(allo.last(UserAgentEvent.CallHungUp.class).why().contains("no PRACK"));
    }

    @Test
    void aPrackMayBringANewOffer() {
        held(new SessionSettings(ReliableMode.YES, TimerMode.NO, 1800, 90));
        send(Script.invite(1, "Require: 100rel\n"));
        ring(183, ANSWER);
        long rseq = phone.response(183).headers().number("RSeq");
        inDialog("PRACK", 2, "RAck: " + rseq + " 1 INVITE\n", "v=0 changed");
        assertTrue(phone.responses(200).isEmpty());
        assertEquals(
                "v=0 changed",
                new String(allo.last(UserAgentEvent.OfferReceived.class).sdp(), StandardCharsets.US_ASCII));
        answer(null);
        assertTrue(phone.responses(200).isEmpty(), "no 200 to the INVITE while an offer waits");
        allo.command(new UserAgentCommand.AnswerOffer(session(), OFFER));
        world.run(20);
        assertEquals(
                List.of("PRACK", "INVITE"),
                phone.responses(200).stream().map(r -> r.cseq().method()).toList());
        assertArrayEquals(OFFER, phone.responses(200).get(0).body());
        inDialog("ACK", 1, "", "");
    }

    @Test
    void whatWeRequireOrCannotIsSaid() {
        held(new SessionSettings(ReliableMode.NO, TimerMode.NO, 1800, 90));
        send(Script.invite(1, "Require: 100rel, timer\n"));
        assertEquals(List.of("100rel", "timer"), phone.response(420).headers().all("Unsupported"));
        held(new SessionSettings(ReliableMode.REQUIRED, TimerMode.NO, 1800, 90));
        send(Script.invite(2, ""));
        assertEquals("100rel", phone.response(421).headers().first("Require"));
        held(new SessionSettings(ReliableMode.NO, TimerMode.REQUIRED, 1800, 90));
        send(Script.invite(3, ""));
        assertEquals("timer", phone.response(421).headers().first("Require"));
        held(new SessionSettings(ReliableMode.NO, TimerMode.YES, 1800, 120));
        send(Script.invite(4, "Supported: timer\nSession-Expires: 100\n"));
        assertEquals("120", phone.response(422).headers().first("Min-SE"));
        assertTrue(allo.all(UserAgentEvent.IncomingCall.class).isEmpty());
    }

    @Test
    void theRefresherThatTheCallerNamesRefreshesAndIsHeldToIt() {
        held(new SessionSettings(ReliableMode.NO, TimerMode.YES, 1800, 90));
        send(Script.invite(1, "Supported: timer\nSession-Expires: 120;refresher=uac\n"));
        answer(ANSWER);
        SipResponse ok = phone.response(200);
        assertEquals("120;refresher=uac", ok.headers().first("Session-Expires"));
        assertTrue(ok.headers().hasToken("Require", "timer"));
        inDialog("ACK", 1, "", "");
        world.run(60_000);
        inDialog("UPDATE", 2, "Supported: timer\nSession-Expires: 120;refresher=uac\n", "");
        assertEquals("120;refresher=uac", phone.response(200).headers().first("Session-Expires"));
        world.run(87_000);
        assertTrue(allo.all(UserAgentEvent.CallHungUp.class).isEmpty());
        world.run(2000);
        // A third of 120 s would be 40; at most 32 s before the end.
        assertTrue(allo.last(UserAgentEvent.CallHungUp.class).why().contains("session timer"));
        SipRequest bye = phone.request("BYE");
        phone.send(allo.address, Script.response(bye, 200, null, false));
        world.run(20);
    }

    @Test
    void aPhoneWithoutUpdateIsRefreshedByReInviteWithTheSameDescription() {
        held(new SessionSettings(ReliableMode.NO, TimerMode.ALWAYS, 120, 90));
        send(Script.invite(1, "Allow: INVITE, ACK, BYE, CANCEL\n"));
        answer(ANSWER);
        assertEquals("120;refresher=uas", phone.response(200).headers().first("Session-Expires"));
        inDialog("ACK", 1, "", "");
        world.run(60_000);
        SipRequest refresh = phone.request("INVITE");
        assertArrayEquals(ANSWER, refresh.body());
        assertEquals("120;refresher=uac", refresh.headers().first("Session-Expires"));
        phone.send(allo.address, Script.response(refresh, 200, null, true));
        world.run(20);
        assertNotNull(phone.request("ACK"));
        world.run(80_000);
        assertTrue(allo.all(UserAgentEvent.CallHungUp.class).isEmpty());
        inDialog("BYE", 2, "", "");
    }

    @Test
    void aCallerOfTheOldSchoolHasNoTag() {
        send(Script.invite(1, "").replace(";tag=fromtag", "").replace("z9hG4bKphone", "old"));
        answer(ANSWER);
        String tag = phone.response(200).toTag();
        send(Script.request("ACK", "sip:bob@192.0.2.1", 1, "fromtag", tag, "call-1", "", "")
                .replace(";tag=fromtag", ""));
        assertNotNull(allo.last(UserAgentEvent.CallConfirmed.class));
        assertNull(allo.last(UserAgentEvent.IncomingCall.class).invite().fromTag());
    }

    @Test
    void aBodyThatIsNoDescriptionIsRefused() {
        send(Script.invite(1, "").replace("application/sdp", "text/plain"));
        assertTrue(phone.response(415).headers().first("Accept").contains("application/sdp"));
    }

    @Test
    void aDescriptionInAMultipartBodyIsFound() {
        String body = "--x\nContent-Type: text/plain\n\nhello\n--x\nContent-Type: application/sdp\n\nv=0 inner\n--x--\n"
                .replace("\n", "\r\n");
        String invite = Script.request("INVITE", "sip:bob@192.0.2.1", 1, "Content-Type: multipart/mixed;boundary=x\n");
        String head = invite.substring(0, invite.indexOf("Content-Length"));
        send(head + "Content-Length: " + body.length() + "\n\n" + body);
        assertEquals(
                "v=0 inner",
                new String(allo.last(UserAgentEvent.IncomingCall.class).offer(), StandardCharsets.US_ASCII));
    }

    @Test
    void ringingIsRepeatedEveryMinute() {
        send(Script.invite(1, ""));
        ring(180, null);
        world.run(125_000);
        assertEquals(3, phone.responses(180).size());
    }

    @Test
    void anAckForNothingIsDropped() {
        send(Script.request("ACK", "sip:bob@192.0.2.1", 1, "x", "y", "nocall", "", ""));
        assertTrue(phone.received.isEmpty());
    }

    @Test
    void aMalformedAckDoesNotEndTheCall() {
        send(Script.invite(1, ""));
        answer(ANSWER);
        inDialog("ACK", 1, "Reason: \"\n", "");
        assertTrue(allo.all(UserAgentEvent.CallConfirmed.class).isEmpty());
        inDialog("ACK", 1, "", "");
        assertNotNull(allo.last(UserAgentEvent.CallConfirmed.class));
    }

    @Test
    void anEndlessRingOfCommandsForADeadSessionDoesNothing() {
        send(Script.invite(1, ""));
        SessionId id = session();
        allo.command(new UserAgentCommand.Reject(id, 603, null, Headers.EMPTY));
        world.run(20);
        int before = phone.received.size();
        for (UserAgentCommand command : List.<UserAgentCommand>of(
                new UserAgentCommand.Ring(id, 180, null, null, Headers.EMPTY),
                new UserAgentCommand.Answer(id, ANSWER, Headers.EMPTY),
                new UserAgentCommand.Reject(id, 486, null, Headers.EMPTY),
                new UserAgentCommand.Offer(id, OFFER),
                new UserAgentCommand.Update(id, OFFER, Headers.EMPTY),
                new UserAgentCommand.AnswerOffer(id, ANSWER),
                new UserAgentCommand.RefuseOffer(id, 488, null),
                new UserAgentCommand.SendInfo(id, "text/plain", OFFER, Headers.EMPTY),
                new UserAgentCommand.HangUp(id, null))) {
            allo.command(command);
        }
        world.run(20);
        assertTrue(phone.received.subList(before, phone.received.size()).stream()
                .allMatch(m -> m instanceof SipResponse r && r.status() == 603));
    }
}
