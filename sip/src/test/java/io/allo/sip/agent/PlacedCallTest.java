package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.auth.Account;
import io.allo.sip.auth.Accounts;
import io.allo.sip.auth.DigestSecret;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.session.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls we place to a phone that answers by hand: forks, routes, challenges, reliable responses, requests within the dialog. */
class PlacedCallTest {
    static final byte[] OFFER = "v=0 offer".getBytes(StandardCharsets.US_ASCII);
    static final byte[] OFFER2 = "v=0 offer2".getBytes(StandardCharsets.US_ASCII);

    final World world = new World(2);
    final World.Agent allo = world.agent("192.0.2.1:5060");
    final World.Peer phone = world.peer(Script.PHONE);
    final SessionId call = new SessionId(7);

    @AfterEach
    void nothingIsLeft() {
        allo.command(new UserAgentCommand.HangUp(call, null));
        world.run(400_000);
        assertEquals(
                new UserAgent.Holdings(0, 0, 0, 0, 0, 0), allo.ua.holdings(), () -> String.join("\n", world.trace));
        assertEquals(1, allo.all(UserAgentEvent.SessionEnded.class).size());
    }

    void place() {
        place(OFFER, OutgoingProfile.NO_ACCOUNTS, List.of());
    }

    void place(byte[] offer, Accounts accounts, List<NameAddress> routes) {
        var profile = new OutgoingProfile(
                NameAddress.parse("<sip:allo@192.0.2.1>"), accounts, SessionSettings.DEFAULT, null, false);
        var target = new CallTarget(SipUri.parse("sip:carol@192.0.2.9"), null, routes, null, null);
        allo.command(new UserAgentCommand.PlaceCall(call, target, profile, offer, Headers.EMPTY));
        world.run(20);
    }

    SipRequest invite() {
        return phone.request("INVITE");
    }

    void respond(int status, String tag, boolean sdp) {
        send(Script.response(invite(), status, tag, sdp));
    }

    void send(SipMessage message) {
        phone.send(allo.address, message);
        world.run(20);
    }

    void establish() {
        place();
        respond(200, "t1", true);
        assertNotNull(allo.last(UserAgentEvent.CallAnswered.class));
    }

    /** A request of the phone in the dialog. */
    String inDialog(String method, int cseq, String extra, String body) {
        SipRequest invite = invite();
        return Script.request(method, "sip:allo@192.0.2.1", cseq, "t1", invite.fromTag(), invite.callId(), extra, body);
    }

    void request(String method, int cseq, String extra, String body) {
        phone.send(allo.address, inDialog(method, cseq, extra, body));
        world.run(20);
    }

    @Test
    void theInviteSaysWhatWeCan() {
        place();
        Headers headers = invite().headers();
        assertEquals("<sip:allo@192.0.2.1:5060>", headers.first("Contact"));
        assertTrue(headers.hasToken("Supported", "timer"));
        assertTrue(headers.hasToken("Supported", "100rel"));
        assertTrue(headers.hasToken("Allow", "UPDATE"));
        assertEquals("70", headers.first("Max-Forwards"));
        assertEquals("allo", headers.first("User-Agent"));
        assertNotNull(invite().fromTag());
        assertNull(invite().toTag());
        respond(486, "t1", false);
    }

    @Test
    void everyToTagIsABranchAndTheFirst200Wins() {
        place();
        respond(180, "t1", false);
        respond(183, "t2", true);
        var progress = allo.all(UserAgentEvent.CallProgress.class);
        assertEquals(
                List.of("t1", "t2"),
                progress.stream().map(UserAgentEvent.CallProgress::remoteTag).toList());
        respond(200, "t2", true);
        assertEquals("t2", allo.last(UserAgentEvent.CallAnswered.class).remoteTag());
        respond(200, "t1", true);
        SipRequest bye = phone.request("BYE");
        assertEquals("t1", bye.toTag());
        assertEquals(
                List.of("t2", "t1"),
                phone.requests("ACK").stream().map(SipRequest::toTag).toList());
        send(Script.response(bye, 200, null, false));
        respond(200, "t2", true);
        assertEquals(3, phone.requests("ACK").size());
        assertEquals(1, allo.all(UserAgentEvent.CallAnswered.class).size());
    }

    @Test
    void aBranchThatAnswersAfterTheCallIsOverIsEnded() {
        establish();
        request("BYE", 1, "", "");
        assertEquals(1, allo.all(UserAgentEvent.SessionEnded.class).size());
        respond(200, "t9", true);
        assertEquals("t9", phone.request("ACK").toTag());
        assertEquals("t9", phone.request("BYE").toTag());
        send(Script.response(phone.request("BYE"), 200, null, false));
    }

    @Test
    void recordedRoutesAreTakenInReverse() {
        place();
        SipResponse ok = Script.response(invite(), 200, "t1", true)
                .withHeader("Record-Route", "<sip:192.0.2.9;lr;p=near>, <sip:far.example.com;lr>");
        // Record-Route lists the proxy nearest the called first.
        SipResponse recorded = ok.withHeader("Record-Route", "<sip:far.example.com;lr>, <sip:192.0.2.9;lr;p=near>");
        send(recorded);
        SipRequest ack = phone.request("ACK");
        assertEquals("sip:carol@192.0.2.9", ack.uri().toString());
        assertEquals(
                List.of("<sip:192.0.2.9;lr;p=near>", "<sip:far.example.com;lr>"),
                ack.headers().all("Route"));
    }

    @Test
    void aStrictRouterBecomesTheRequestUri() {
        place();
        send(Script.response(invite(), 200, "t1", true).withHeader("Record-Route", "<sip:192.0.2.9;p=strict>"));
        SipRequest ack = phone.request("ACK");
        assertEquals("sip:192.0.2.9;p=strict", ack.uri().toString());
        assertEquals(List.of("<sip:carol@192.0.2.9>"), ack.headers().all("Route"));
    }

    @Test
    void aPathIsTheRouteOfTheInvite() {
        place(OFFER, OutgoingProfile.NO_ACCOUNTS, List.of(NameAddress.parse("<sip:192.0.2.9;lr;edge>")));
        assertEquals("<sip:192.0.2.9;lr;edge>", invite().headers().first("Route"));
        respond(404, "t1", false);
        assertEquals(404, allo.last(UserAgentEvent.CallRefused.class).status());
    }

    @Test
    void aChallengeIsAnsweredOnceAndTheDialogSpeaksWithCredentialsAfterwards() {
        place(OFFER, realm -> new Account("allo", new DigestSecret.Password("secret")), List.of());
        SipResponse challenge = Script.response(invite(), 407, "c1", false)
                .withHeader("Proxy-Authenticate", "Digest realm=\"trunk\", nonce=\"n1\", qop=\"auth\", algorithm=MD5");
        send(challenge);
        SipRequest again = invite();
        assertEquals(2, again.cseq().number());
        assertTrue(again.headers().first("Proxy-Authorization").contains("username=\"allo\""));
        assertEquals(phone.requests("INVITE").get(0).callId(), again.callId());
        assertEquals(phone.requests("INVITE").get(0).fromTag(), again.fromTag());
        assertNotEquals(
                phone.requests("INVITE").get(0).topVia().branch(),
                again.topVia().branch());
        respond(200, "t1", true);
        assertEquals(
                again.headers().first("Proxy-Authorization"),
                phone.request("ACK").headers().first("Proxy-Authorization"));
        assertEquals(2, phone.request("ACK").cseq().number());
        allo.command(new UserAgentCommand.HangUp(call, null));
        world.run(20);
        SipRequest bye = phone.request("BYE");
        assertEquals(3, bye.cseq().number());
        assertTrue(bye.headers().first("Proxy-Authorization").contains("nc=00000002"));
        send(Script.response(bye, 200, null, false));
    }

    @Test
    void wrongCredentialsAreNotTriedTwice() {
        place(OFFER, realm -> new Account("allo", new DigestSecret.Password("secret")), List.of());
        for (int i = 1; i <= 2; i++) {
            send(Script.response(invite(), 401, "c" + i, false)
                    .withHeader("WWW-Authenticate", "Digest realm=\"trunk\", nonce=\"n" + i + "\", algorithm=MD5"));
        }
        assertEquals(2, phone.requests("INVITE").size());
        assertEquals(401, allo.last(UserAgentEvent.CallRefused.class).status());
    }

    @Test
    void reliableResponsesAreTakenInOrder() {
        place();
        send(reliable(180, 100, false));
        send(reliable(183, 102, true));
        send(reliable(180, 100, false));
        assertEquals(1, allo.all(UserAgentEvent.CallProgress.class).size());
        assertEquals("100 1 INVITE", phone.request("PRACK").headers().first("RAck"));
        send(reliable(183, 101, true));
        assertEquals("101 1 INVITE", phone.request("PRACK").headers().first("RAck"));
        assertEquals(3, phone.request("PRACK").cseq().number());
        phone.requests("PRACK").stream().distinct().forEach(p -> send(Script.response(p, 200, null, false)));
        respond(200, "t1", false);
        assertNull(allo.last(UserAgentEvent.CallAnswered.class).sdp());
    }

    private SipResponse reliable(int status, int rseq, boolean sdp) {
        return Script.response(invite(), status, "t1", sdp)
                .withHeader("Require", "100rel")
                .withHeader("RSeq", Integer.toString(rseq));
    }

    @Test
    void anAnswerWithoutDescriptionEndsTheCall() {
        place();
        respond(200, "t1", false);
        assertTrue(allo.last(UserAgentEvent.CallHungUp.class).why().contains("without a session description"));
        assertNotNull(phone.request("ACK"));
        send(Script.response(phone.request("BYE"), 200, null, false));
    }

    @Test
    void anAnswerAnnouncedBeforeHoldsWhereThe200HasNone() {
        place();
        respond(183, "t1", true);
        respond(200, "t1", false);
        assertNull(allo.last(UserAgentEvent.CallAnswered.class).sdp());
        assertTrue(allo.all(UserAgentEvent.CallHungUp.class).isEmpty());
    }

    @Test
    void aLateRequestIsRefusedWith500() {
        establish();
        request("OPTIONS", 10, "", "");
        assertEquals(1, phone.responses(200).size());
        request("OPTIONS", 9, "", "");
        assertEquals(1, phone.responses(500).size());
    }

    @Test
    void methodsThatComeLaterAreRefusedInTheDialogToo() {
        establish();
        request("REFER", 1, "Refer-To: <sip:dave@192.0.2.4>\n", "");
        assertTrue(phone.response(405).headers().hasToken("Allow", "INVITE"));
        request("SUBSCRIBE", 2, "Event: dialog\n", "");
        phone.response(489);
        request("NOTIFY", 3, "Event: refer\nSubscription-State: active\n", "");
        phone.response(481);
        request("WINK", 4, "", "");
        phone.response(501);
        request("INFO", 5, "Require: mind-reading\n", "");
        assertEquals("mind-reading", phone.response(420).headers().first("Unsupported"));
        assertTrue(allo.all(UserAgentEvent.CallHungUp.class).isEmpty());
    }

    @Test
    void aReInviteMovesTheTargetAndIsAnswered() {
        establish();
        request("INVITE", 1, "Contact: <sip:carol@192.0.2.9:5060;new>\n", "v=0 hold");
        var offer = allo.last(UserAgentEvent.OfferReceived.class);
        assertEquals("v=0 hold", new String(offer.sdp(), StandardCharsets.US_ASCII));
        allo.command(new UserAgentCommand.AnswerOffer(call, OFFER2));
        world.run(20);
        SipResponse ok = phone.response(200);
        assertArrayEquals(OFFER2, ok.body());
        assertEquals("<sip:allo@192.0.2.1:5060>", ok.headers().first("Contact"));
        request("ACK", 1, "", "");
        allo.command(new UserAgentCommand.HangUp(call, null));
        world.run(20);
        assertEquals("sip:carol@192.0.2.9:5060;new", phone.request("BYE").uri().toString());
        send(Script.response(phone.request("BYE"), 200, null, false));
    }

    @Test
    void aSecondOfferBeforeTheAnswerIsRefused() {
        establish();
        request("INVITE", 1, "", "v=0 hold");
        request("INVITE", 2, "", "v=0 hold again");
        assertNotNull(phone.response(500).headers().first("Retry-After"));
        request("UPDATE", 3, "", "v=0 update");
        assertEquals(2, phone.responses(500).size());
        allo.command(new UserAgentCommand.RefuseOffer(call, 488, null));
        world.run(20);
        phone.response(488);
        assertEquals(1, allo.all(UserAgentEvent.OfferReceived.class).size());
    }

    @Test
    void anOfferWhileOursIsOutIsRefusedWith491() {
        establish();
        allo.command(new UserAgentCommand.Offer(call, OFFER2));
        world.run(20);
        request("INVITE", 1, "", "v=0 hold");
        request("UPDATE", 2, "", "v=0 hold");
        assertEquals(2, phone.responses(491).size());
        respond(200, "t1", true);
        assertNotNull(allo.last(UserAgentEvent.OfferAnswered.class));
    }

    @Test
    void aReInviteWithoutOfferGetsOursAndItsAckTheAnswer() {
        establish();
        request("INVITE", 1, "", "");
        assertNull(allo.last(UserAgentEvent.OfferReceived.class).sdp());
        allo.command(new UserAgentCommand.AnswerOffer(call, OFFER2));
        world.run(20);
        request("UPDATE", 2, "", "v=0 too early");
        phone.response(491);
        request("ACK", 1, "", "v=0 late answer");
        assertEquals(
                "v=0 late answer",
                new String(allo.last(UserAgentEvent.CallConfirmed.class).sdp(), StandardCharsets.US_ASCII));
    }

    @Test
    void aReInviteIsCancelled() {
        establish();
        String reinvite = inDialog("INVITE", 1, "", "v=0 hold");
        phone.send(allo.address, reinvite);
        world.run(20);
        phone.send(
                allo.address,
                reinvite.replace("CSeq: 1 INVITE", "CSeq: 1 CANCEL").replaceFirst("^INVITE", "CANCEL"));
        world.run(20);
        phone.response(487);
        assertTrue(allo.all(UserAgentEvent.CallHungUp.class).isEmpty());
        allo.command(new UserAgentCommand.AnswerOffer(call, OFFER2));
        world.run(20);
        request("INVITE", 2, "", "v=0 hold");
        assertEquals(2, allo.all(UserAgentEvent.OfferReceived.class).size());
    }

    @Test
    void infoAnswered481EndsTheCall() {
        establish();
        allo.command(new UserAgentCommand.SendInfo(call, "application/dtmf-relay", OFFER, Headers.EMPTY));
        world.run(20);
        send(Script.response(phone.request("INFO"), 481, null, false));
        assertTrue(allo.last(UserAgentEvent.CallHungUp.class).why().contains("481"));
        assertTrue(phone.requests("BYE").isEmpty());
    }

    @Test
    void aReInviteThatNobodyAnswersEndsTheCallWithBye() {
        establish();
        allo.command(new UserAgentCommand.Offer(call, OFFER2));
        world.run(33_000);
        assertTrue(allo.last(UserAgentEvent.CallHungUp.class).why().contains("no answer"));
        assertNotNull(phone.request("BYE"));
        send(Script.response(phone.request("BYE"), 200, null, false));
    }

    @Test
    void ourReInviteWaitsAfter491AndComesAgain() {
        establish();
        allo.command(new UserAgentCommand.Offer(call, OFFER2));
        world.run(20);
        respond(491, "t1", false);
        world.run(2000);
        assertEquals(2, invite().cseq().number(), "whoever made the Call-ID waits 2.1 s at least");
        world.run(2100);
        assertEquals(3, invite().cseq().number());
        respond(200, "t1", true);
        assertNotNull(allo.last(UserAgentEvent.OfferAnswered.class));
    }

    @Test
    void malformedRequestsAreAnsweredAndHurtNobody() {
        establish();
        request("UPDATE", 1, "Session-Expires: soon\n", "");
        phone.response(400);
        request("INFO", 2, "", "");
        phone.response(200);
        assertTrue(allo.all(UserAgentEvent.CallHungUp.class).isEmpty());
    }

    @Test
    void theContactOfAPhoneBehindNatIsWhereItIsSeen() {
        var profile = new OutgoingProfile(
                NameAddress.parse("<sip:allo@192.0.2.1>"),
                OutgoingProfile.NO_ACCOUNTS,
                SessionSettings.DEFAULT,
                "pbx",
                true);
        allo.command(new UserAgentCommand.PlaceCall(
                call, CallTarget.of(SipUri.parse("sip:carol@192.0.2.9")), profile, OFFER, Headers.EMPTY));
        world.run(20);
        assertEquals("<sip:pbx@192.0.2.1:5060>", invite().headers().first("Contact"));
        send(Script.response(invite(), 200, "t1", true).withHeader("Contact", "<sip:carol@10.0.0.5:5062>"));
        assertEquals("sip:carol@192.0.2.9:5060", phone.request("ACK").uri().toString());
    }

    @Test
    void aCallOverTheLimitIsRefused() {
        var bound = HostPort.parse("192.0.2.7:5060");
        UserAgentSettings open = World.settings(bound);
        var settings = new UserAgentSettings(
                open.timers(),
                open.userAgent(),
                open.realm(),
                open.maxForwards(),
                open.listeners(),
                open.locator(),
                new UserAgentSettings.Limits(1, 1000));
        World.Agent small = world.agent("192.0.2.7:5060", settings, new TestPolicy());
        for (int i = 1; i <= 2; i++) {
            small.command(new UserAgentCommand.PlaceCall(
                    new SessionId(i),
                    CallTarget.of(SipUri.parse("sip:carol@192.0.2.9")),
                    OutgoingProfile.of(NameAddress.parse("<sip:a@192.0.2.7>")),
                    OFFER,
                    Headers.EMPTY));
        }
        world.run(20);
        assertEquals(
                new SessionId(2), small.last(UserAgentEvent.CallRefused.class).session());
        phone.send(small.address, Script.invite(1, "").replace("call-1", "call-2"));
        world.run(20);
        assertNotNull(phone.response(503).headers().first("Retry-After"));
        small.command(new UserAgentCommand.HangUp(new SessionId(1), null));
        place();
        respond(486, "t1", false);
        assertFalse(allo.all(UserAgentEvent.CallRefused.class).isEmpty());
    }
}
