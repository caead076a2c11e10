package io.allo.sip.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ReasonHeader;
import io.allo.sip.session.ReliableMode;
import io.allo.sip.session.SessionSettings;
import io.allo.sip.session.TimerMode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two agents back to back: the flows of RFC 3665 section 3 and RFC 5359, and the races around them. */
class CallFlowTest {
    static final byte[] OFFER = "v=0 offer".getBytes(StandardCharsets.US_ASCII);
    static final byte[] ANSWER = "v=0 answer".getBytes(StandardCharsets.US_ASCII);
    static final byte[] OFFER2 = "v=0 offer2".getBytes(StandardCharsets.US_ASCII);
    static final byte[] ANSWER2 = "v=0 answer2".getBytes(StandardCharsets.US_ASCII);

    final World world = new World(1);
    final World.Agent alice = world.agent("192.0.2.1:5060");
    final TestPolicy bobPolicy = new TestPolicy();
    final World.Agent bob = world.agent(
            "192.0.2.2:5060", World.settings(io.allo.sip.address.HostPort.parse("192.0.2.2:5060")), bobPolicy);
    final SessionId call = new SessionId(1);

    @AfterEach
    void nothingIsLeft() {
        world.loss = 0;
        world.run(200_000);
        for (World.Agent agent : new World.Agent[] {alice, bob}) {
            assertEquals(
                    new UserAgent.Holdings(0, 0, 0, 0, 0, 0),
                    agent.ua.holdings(),
                    () -> String.join("\n", world.trace));
        }
    }

    void place(byte[] offer, SessionSettings settings) {
        var profile = new OutgoingProfile(
                NameAddress.parse("\"Alice\" <sip:alice@192.0.2.1>"),
                OutgoingProfile.NO_ACCOUNTS,
                settings,
                null,
                false);
        alice.command(new UserAgentCommand.PlaceCall(
                call, CallTarget.of(SipUri.parse("sip:bob@192.0.2.2")), profile, offer, Headers.EMPTY));
        world.run(50);
    }

    void place() {
        place(OFFER, SessionSettings.DEFAULT);
    }

    SessionId incoming() {
        return bob.last(UserAgentEvent.IncomingCall.class).session();
    }

    void answer(byte[] sdp) {
        bob.command(new UserAgentCommand.Answer(incoming(), sdp, Headers.EMPTY));
        world.run(50);
    }

    void ring(byte[] sdp) {
        bob.command(new UserAgentCommand.Ring(incoming(), sdp == null ? 180 : 183, null, sdp, Headers.EMPTY));
        world.run(50);
    }

    void establish() {
        place();
        ring(null);
        answer(ANSWER);
        assertNotNull(bob.last(UserAgentEvent.CallConfirmed.class));
    }

    @Test
    void aCallIsPlacedAnsweredAndHungUpByTheCalled() {
        place();
        var invite = bob.last(UserAgentEvent.IncomingCall.class);
        assertArrayEquals(OFFER, invite.offer());
        ring(null);
        assertEquals(180, alice.last(UserAgentEvent.CallProgress.class).status());
        answer(ANSWER);
        var answered = alice.last(UserAgentEvent.CallAnswered.class);
        assertArrayEquals(ANSWER, answered.sdp());
        assertFalse(answered.answerExpected());
        assertNull(bob.last(UserAgentEvent.CallConfirmed.class).sdp());
        bob.command(new UserAgentCommand.HangUp(incoming(), ReasonHeader.of("Q.850", 16, null)));
        world.run(50);
        var hungUp = alice.last(UserAgentEvent.CallHungUp.class);
        assertEquals(16, hungUp.reasonHeader().cause());
        assertEquals(1, alice.all(UserAgentEvent.SessionEnded.class).size());
        assertEquals(1, bob.all(UserAgentEvent.SessionEnded.class).size());
        assertTrue(bob.all(UserAgentEvent.CallHungUp.class).isEmpty());
    }

    @Test
    void theCallerHangsUp() {
        establish();
        alice.command(new UserAgentCommand.HangUp(call, null));
        world.run(50);
        assertEquals(1, bob.all(UserAgentEvent.CallHungUp.class).size());
        assertEquals(1, alice.all(UserAgentEvent.SessionEnded.class).size());
    }

    @Test
    void theCalledIsBusy() {
        place();
        bob.command(new UserAgentCommand.Reject(incoming(), 486, null, Headers.EMPTY));
        world.run(50);
        var refused = alice.last(UserAgentEvent.CallRefused.class);
        assertEquals(486, refused.status());
        assertEquals("Busy Here", refused.reason());
    }

    @Test
    void aRedirectionNamesItsContacts() {
        place();
        bob.command(new UserAgentCommand.Reject(
                incoming(), 302, null, Headers.EMPTY.with("Contact", "<sip:carol@192.0.2.3>")));
        world.run(50);
        var refused = alice.last(UserAgentEvent.CallRefused.class);
        assertEquals(302, refused.status());
        assertEquals("sip:carol@192.0.2.3", refused.contacts().get(0).uri().toString());
    }

    @Test
    void aRingingCallIsCancelled() {
        place();
        ring(null);
        alice.command(new UserAgentCommand.HangUp(call, ReasonHeader.of("SIP", 200, "Call completed elsewhere")));
        world.run(50);
        var hungUp = bob.last(UserAgentEvent.CallHungUp.class);
        assertEquals("Call completed elsewhere", hungUp.reasonHeader().text());
        assertEquals(487, alice.last(UserAgentEvent.CallRefused.class).status());
    }

    @Test
    void aCallIsCancelledBeforeAnythingCameBack() {
        world.drop = message -> message.startLine().startsWith("SIP/2.0 100");
        place();
        alice.command(new UserAgentCommand.HangUp(call, null));
        world.run(1000);
        assertTrue(alice.sent.stream().noneMatch(m -> m.startLine().startsWith("CANCEL")));
        ring(null);
        assertTrue(alice.sent.stream().anyMatch(m -> m.startLine().startsWith("CANCEL")));
        assertEquals(487, alice.last(UserAgentEvent.CallRefused.class).status());
    }

    @Test
    void anAnswerThatCrossesTheCancelIsAcknowledgedAndEnded() {
        place();
        ring(null);
        bob.command(new UserAgentCommand.Answer(incoming(), ANSWER, Headers.EMPTY));
        alice.command(new UserAgentCommand.HangUp(call, null));
        world.run(2000);
        assertTrue(alice.all(UserAgentEvent.CallAnswered.class).isEmpty());
        assertEquals(487, alice.last(UserAgentEvent.CallRefused.class).status());
        assertNotNull(bob.last(UserAgentEvent.CallConfirmed.class));
        assertEquals(1, bob.all(UserAgentEvent.CallHungUp.class).size());
    }

    @Test
    void nobodyAnswersTheInvite() {
        world.drop = message -> true;
        place();
        world.run(40_000);
        assertEquals(408, alice.last(UserAgentEvent.CallRefused.class).status());
        world.drop = message -> false;
    }

    @Test
    void theOfferComesInThe200AndTheAnswerInTheAck() {
        place(null, SessionSettings.DEFAULT);
        assertNull(bob.last(UserAgentEvent.IncomingCall.class).offer());
        answer(OFFER);
        var answered = alice.last(UserAgentEvent.CallAnswered.class);
        assertTrue(answered.answerExpected());
        assertTrue(alice.sent.stream().noneMatch(m -> m.startLine().startsWith("ACK")));
        alice.command(new UserAgentCommand.AnswerOffer(call, ANSWER));
        world.run(50);
        assertArrayEquals(ANSWER, bob.last(UserAgentEvent.CallConfirmed.class).sdp());
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void anOfferInThe200ThatIsRefusedEndsTheCall() {
        place(null, SessionSettings.DEFAULT);
        answer(OFFER);
        alice.command(new UserAgentCommand.RefuseOffer(call, 488, null));
        world.run(100);
        assertEquals(1, alice.all(UserAgentEvent.SessionEnded.class).size());
        assertEquals(1, bob.all(UserAgentEvent.SessionEnded.class).size());
    }

    @Test
    void anAckThatNeverComesEndsTheCall() {
        place();
        world.drop = message -> message.startLine().startsWith("ACK");
        answer(ANSWER);
        world.run(40_000);
        assertTrue(bob.last(UserAgentEvent.CallHungUp.class).why().contains("no ACK"));
        world.drop = message -> false;
        world.run(1000);
        assertEquals(1, alice.all(UserAgentEvent.CallHungUp.class).size());
        long twoHundreds = bob.sent.stream()
                .filter(m -> m.startLine().startsWith("SIP/2.0 200")
                        && m.cseq().method().equals("INVITE"))
                .count();
        // RFC 3261 13.3.1.4: at 0, 0.5, 1.5, 3.5, 7.5, 11.5, ... 31.5 s.
        assertEquals(11, twoHundreds);
    }

    @Test
    void hangingUpAnUnacknowledgedAnswerWaitsForTheAck() {
        place();
        world.drop = message -> message.startLine().startsWith("ACK");
        answer(ANSWER);
        bob.command(new UserAgentCommand.HangUp(incoming(), null));
        world.run(1000);
        assertTrue(bob.sent.stream().noneMatch(m -> m.startLine().startsWith("BYE")));
        world.drop = message -> false;
        world.run(3000);
        assertTrue(bob.sent.stream().anyMatch(m -> m.startLine().startsWith("BYE")));
        assertEquals(1, alice.all(UserAgentEvent.CallHungUp.class).size());
    }

    @Test
    void aCallIsHeldAndResumedByReInvite() {
        establish();
        alice.command(new UserAgentCommand.Offer(call, OFFER2));
        world.run(50);
        var held = bob.last(UserAgentEvent.OfferReceived.class);
        assertTrue(held.answerExpected());
        assertArrayEquals(OFFER2, held.sdp());
        bob.command(new UserAgentCommand.AnswerOffer(incoming(), ANSWER2));
        world.run(50);
        assertArrayEquals(
                ANSWER2, alice.last(UserAgentEvent.OfferAnswered.class).sdp());
        bob.command(new UserAgentCommand.Offer(incoming(), OFFER));
        world.run(50);
        assertArrayEquals(OFFER, alice.last(UserAgentEvent.OfferReceived.class).sdp());
        alice.command(new UserAgentCommand.AnswerOffer(call, ANSWER));
        world.run(50);
        assertArrayEquals(ANSWER, bob.last(UserAgentEvent.OfferAnswered.class).sdp());
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void aRefusedReInviteLeavesTheCallAsItWas() {
        establish();
        alice.command(new UserAgentCommand.Offer(call, OFFER2));
        world.run(50);
        bob.command(new UserAgentCommand.RefuseOffer(incoming(), 488, null));
        world.run(50);
        assertEquals(488, alice.last(UserAgentEvent.OfferRefused.class).status());
        assertTrue(alice.all(UserAgentEvent.CallHungUp.class).isEmpty());
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void reInvitesThatCrossAreBothMadeInTheEnd() {
        establish();
        alice.reaction = event -> {
            if (event instanceof UserAgentEvent.OfferReceived) {
                alice.command(new UserAgentCommand.AnswerOffer(call, ANSWER));
            }
        };
        bob.reaction = event -> {
            if (event instanceof UserAgentEvent.OfferReceived) {
                bob.command(new UserAgentCommand.AnswerOffer(incoming(), ANSWER2));
            }
        };
        alice.command(new UserAgentCommand.Offer(call, OFFER));
        bob.command(new UserAgentCommand.Offer(incoming(), OFFER2));
        world.run(10_000);
        assertArrayEquals(
                ANSWER2, alice.last(UserAgentEvent.OfferAnswered.class).sdp());
        assertArrayEquals(ANSWER, bob.last(UserAgentEvent.OfferAnswered.class).sdp());
        assertTrue(world.trace.stream().anyMatch(line -> line.contains("SIP/2.0 491")));
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void anUpdateWithoutOfferTellsNewIdentity() {
        establish();
        alice.command(new UserAgentCommand.Update(
                call, null, Headers.EMPTY.with("P-Asserted-Identity", "<sip:carol@192.0.2.3>")));
        world.run(50);
        var update = bob.last(UserAgentEvent.OfferReceived.class);
        assertFalse(update.answerExpected());
        assertEquals("<sip:carol@192.0.2.3>", update.headers().first("P-Asserted-Identity"));
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void infoCarriesDigits() {
        establish();
        byte[] digit = "Signal=5\r\nDuration=160\r\n".getBytes(StandardCharsets.US_ASCII);
        alice.command(new UserAgentCommand.SendInfo(call, "application/dtmf-relay", digit, Headers.EMPTY));
        world.run(50);
        var info = bob.last(UserAgentEvent.InfoReceived.class);
        assertEquals("application/dtmf-relay", info.contentType());
        assertArrayEquals(digit, info.body());
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void earlyMediaIsAcknowledgedReliablyWhereBothWantIt() {
        bobPolicy.otherwise = new EndpointProfile(
                "alice",
                null,
                null,
                java.util.List.of(),
                false,
                false,
                new SessionSettings(ReliableMode.PEER_SUPPORTED, TimerMode.NO, 1800, 90),
                null);
        place();
        ring(ANSWER);
        assertArrayEquals(ANSWER, alice.last(UserAgentEvent.CallProgress.class).sdp());
        assertTrue(alice.sent.stream().anyMatch(m -> m.startLine().startsWith("PRACK")));
        answer(null);
        assertNull(alice.last(UserAgentEvent.CallAnswered.class).sdp());
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void theAnswerWaitsForThePrackOfTheEarlyAnswer() {
        bobPolicy.otherwise = new EndpointProfile(
                "alice",
                null,
                null,
                java.util.List.of(),
                false,
                false,
                new SessionSettings(ReliableMode.PEER_SUPPORTED, TimerMode.NO, 1800, 90),
                null);
        place();
        world.drop = message -> message.startLine().startsWith("PRACK");
        ring(ANSWER);
        answer(null);
        assertTrue(alice.all(UserAgentEvent.CallAnswered.class).isEmpty());
        world.drop = message -> false;
        world.run(3000);
        assertEquals(1, alice.all(UserAgentEvent.CallAnswered.class).size());
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void anOfferInAReliableResponseIsAnsweredInThePrack() {
        bobPolicy.otherwise = new EndpointProfile(
                "alice",
                null,
                null,
                java.util.List.of(),
                false,
                false,
                new SessionSettings(ReliableMode.PEER_SUPPORTED, TimerMode.NO, 1800, 90),
                null);
        place(null, SessionSettings.DEFAULT);
        ring(OFFER);
        assertArrayEquals(OFFER, alice.last(UserAgentEvent.CallProgress.class).sdp());
        alice.command(new UserAgentCommand.AnswerOffer(call, ANSWER));
        world.run(50);
        assertArrayEquals(ANSWER, bob.last(UserAgentEvent.OfferAnswered.class).sdp());
        answer(null);
        assertFalse(alice.last(UserAgentEvent.CallAnswered.class).answerExpected());
        // An early UPDATE would have been allowed as well; now it is a re-INVITE.
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void beforeTheAnswerAnOfferGoesByUpdate() {
        anOfferInAReliableResponse();
        alice.command(new UserAgentCommand.Offer(call, OFFER2));
        world.run(50);
        assertArrayEquals(OFFER2, bob.last(UserAgentEvent.OfferReceived.class).sdp());
        bob.command(new UserAgentCommand.AnswerOffer(incoming(), ANSWER2));
        world.run(50);
        assertArrayEquals(
                ANSWER2, alice.last(UserAgentEvent.OfferAnswered.class).sdp());
        assertTrue(alice.sent.stream().anyMatch(m -> m.startLine().startsWith("UPDATE")));
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    private void anOfferInAReliableResponse() {
        bobPolicy.otherwise = new EndpointProfile(
                "alice",
                null,
                null,
                java.util.List.of(),
                false,
                false,
                new SessionSettings(ReliableMode.PEER_SUPPORTED, TimerMode.NO, 1800, 90),
                null);
        place();
        ring(ANSWER);
    }

    @Test
    void aSessionIsRefreshedAndOutlivesItsTimer() {
        place(OFFER, new SessionSettings(ReliableMode.YES, TimerMode.YES, 120, 90));
        answer(ANSWER);
        world.run(600_000);
        assertTrue(alice.all(UserAgentEvent.CallHungUp.class).isEmpty(), () -> String.join("\n", world.trace));
        assertTrue(bob.all(UserAgentEvent.CallHungUp.class).isEmpty());
        long updates = bob.sent.stream()
                .filter(m -> m.startLine().startsWith("UPDATE"))
                .count();
        assertEquals(10, updates);
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void aSessionThatNobodyCanRefreshEnds() {
        place(OFFER, new SessionSettings(ReliableMode.YES, TimerMode.YES, 120, 90));
        answer(ANSWER);
        world.drop = message -> true;
        world.run(240_000);
        assertEquals(1, alice.all(UserAgentEvent.CallHungUp.class).size());
        assertEquals(1, bob.all(UserAgentEvent.CallHungUp.class).size());
        assertEquals(1, alice.all(UserAgentEvent.SessionEnded.class).size());
        assertEquals(1, bob.all(UserAgentEvent.SessionEnded.class).size());
        world.drop = message -> false;
    }

    @Test
    void anIntervalTooSmallIsRaised() {
        bobPolicy.otherwise = new EndpointProfile(
                "alice",
                null,
                null,
                java.util.List.of(),
                false,
                false,
                new SessionSettings(ReliableMode.YES, TimerMode.YES, 1800, 300),
                null);
        place(OFFER, new SessionSettings(ReliableMode.YES, TimerMode.YES, 120, 90));
        assertTrue(world.trace.stream().anyMatch(line -> line.contains("SIP/2.0 422")));
        answer(ANSWER);
        assertEquals(
                "300;refresher=uas",
                alice.last(UserAgentEvent.CallAnswered.class).headers().first("Session-Expires"));
        alice.command(new UserAgentCommand.HangUp(call, null));
    }

    @Test
    void shutdownHangsEverySessionUpAndTakesNoMore() {
        establish();
        bob.command(new UserAgentCommand.Shutdown(ReasonHeader.of("SIP", 503, "Shutdown")));
        world.run(50);
        assertEquals(
                503, alice.last(UserAgentEvent.CallHungUp.class).reasonHeader().cause());
        alice.command(new UserAgentCommand.PlaceCall(
                new SessionId(2),
                CallTarget.of(SipUri.parse("sip:bob@192.0.2.2")),
                OutgoingProfile.of(NameAddress.parse("<sip:alice@192.0.2.1>")),
                OFFER,
                Headers.EMPTY));
        world.run(50);
        assertEquals(503, alice.last(UserAgentEvent.CallRefused.class).status());
    }
}
