package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.phone.SippMessages;
import io.allo.conformance.phone.SippRun;
import io.allo.conformance.phone.SippScenario;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions: re-INVITE and glare (RFC 3261 14), 100rel (3262), UPDATE (3311), session timers (4028). */
@Tag("phones")
class SippSessionTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @BeforeEach
    void peers() {
        lab.sippPeers("timers=yes\n100rel=yes\n").config().dialplan("""
                        [phones]
                        exten => answer,1,Answer()
                         same => n,Wait(60)
                        exten => ring,1,Ringing()
                         same => n,Wait(2)
                         same => n,Answer()
                         same => n,Wait(60)
                        exten => callee,1,Dial(PJSIP/callee,20)
                        """);
    }

    @Test
    void aReInviteHoldsAndResumes() {
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("hold")
                .send(SippMessages.invite("answer", ""))
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("INVITE", 2, "", SippMessages.sdp("sendonly", 2)))
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(2))
                .send(SippMessages.callerInDialog("INVITE", 3, "", SippMessages.sdp("sendrecv", 3)))
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(3))
                .send(SippMessages.callerInDialog("BYE", 4, "", ""))
                .receive(200));
        run.awaitSuccess(SOON);
        String held = answerTo(run, "2 INVITE").text();
        String resumed = answerTo(run, "3 INVITE").text();
        assertTrue(held.contains("a=recvonly") || held.contains("a=inactive"), held);
        assertTrue(!resumed.contains("a=recvonly") && !resumed.contains("a=inactive"), resumed);
    }

    @Test
    void aReInviteWithoutOfferGetsAnOffer() {
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("no-offer")
                .send(SippMessages.invite("answer", ""))
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("INVITE", 2, "", ""))
                .maybe(100)
                .receive(200)
                .send(SippMessages.callerInDialog("ACK", 2, "", SippMessages.sdp("sendrecv", 2)))
                .send(SippMessages.callerInDialog("BYE", 3, "", ""))
                .receive(200));
        run.awaitSuccess(SOON);
        assertTrue(answerTo(run, "2 INVITE").text().contains("m=audio"));
    }

    @Test
    void anInviteFromTheCalleeWhileOursIsPendingIs491() {
        lab.start();
        SippRun callee = lab.sippAnswers(SippScenario.named("glare")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("180 Ringing", "a", "", ""))
                .send(SippMessages.calleeInDialog("INVITE", "a", 1, "", SippMessages.SDP))
                .maybe(100)
                .receive(491)
                .send(SippMessages.calleeInDialog("ACK", "a", 1, "", ""))
                .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                .receive("ACK")
                .receive("BYE")
                .send(SippMessages.answer("200 OK", "", "")));
        SippRun caller = lab.sippCalls(callAndHangUp("to-glare"));
        caller.awaitSuccess(SOON);
        callee.awaitSuccess(SOON);
    }

    @Test
    void aSecondInviteBeforeTheFirstIsAnsweredIs500WithRetryAfter() {
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("overlap")
                .send(SippMessages.invite("ring", ""))
                .maybe(100)
                .receive(180)
                .send(SippMessages.callerInDialog("INVITE", 2, "", SippMessages.sdp("sendrecv", 2)))
                .maybe(100)
                .receive(500)
                .send(SippMessages.ack(2))
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("BYE", 3, "", ""))
                .receive(200));
        run.awaitSuccess(SOON);
        assertTrue(run.received("SIP/2.0 500").getFirst().header("Retry-After").matches("\\d+.*"));
    }

    @Test
    void a180IsReliableWhereTheCallerRequiresIt() {
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("prack")
                .send(SippMessages.invite("ring", "Require: 100rel\nSupported: 100rel"))
                .maybe(100)
                .receiveWith(180, "RSeq", "[0-9]+", "rseq")
                .send(SippMessages.callerInDialog("PRACK", 2, "RAck: [$rseq] 1 INVITE", ""))
                .receive(200)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("BYE", 3, "", ""))
                .receive(200));
        run.awaitSuccess(SOON);
        assertTrue(run.received("SIP/2.0 180").getFirst().header("Require").contains("100rel"));
    }

    @Test
    void aReliable180WithoutPrackIsRepeated() {
        lab.config().timerT1(100);
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("lost-prack")
                .send(SippMessages.invite("ring", "Require: 100rel\nSupported: 100rel"))
                .maybe(100)
                .receiveWith(180, "RSeq", "[0-9]+", "rseq")
                .pause(1000)
                .send(SippMessages.callerInDialog("PRACK", 2, "RAck: [$rseq] 1 INVITE", ""))
                .receiveWith(200, "CSeq", "2 PRACK", "acknowledged")
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("BYE", 3, "", ""))
                .receive(200));
        run.awaitSuccess(SOON);
        assertTrue(
                run.received("SIP/2.0 180").size() >= 3,
                "180s: " + run.received("SIP/2.0 180").size());
    }

    @Test
    void aPrackForNothingIs481() {
        lab.start();
        lab.sippCalls(SippScenario.named("wrong-prack")
                        .send(SippMessages.invite("ring", "Supported: 100rel"))
                        .maybe(100)
                        .receive(180)
                        .send(SippMessages.callerInDialog("PRACK", 2, "RAck: 999999 1 INVITE", ""))
                        .receive(481)
                        .receive(200)
                        .send(SippMessages.ack(1))
                        .send(SippMessages.callerInDialog("BYE", 3, "", ""))
                        .receive(200))
                .awaitSuccess(SOON);
    }

    @Test
    void aReliable183OfTheCalleeIsAcknowledged() {
        lab.start();
        SippRun callee = lab.sippAnswers(SippScenario.named("sends-reliable")
                .receiveInvite()
                .send(SippMessages.calleeAnswer(
                        "183 Session Progress", "a", "Require: 100rel\nRSeq: 7001", SippMessages.SDP))
                .receiveWith("PRACK", "RAck", "7001 [0-9]+ INVITE", "rack")
                .send(SippMessages.answer("200 OK", "", ""))
                .send(SippMessages.calleeAnswer("200 OK", "a", "", ""))
                .receive("ACK")
                .receive("BYE")
                .send(SippMessages.answer("200 OK", "", "")));
        SippRun caller = lab.sippCalls(callAndHangUp("to-reliable"));
        caller.awaitSuccess(SOON);
        callee.awaitSuccess(SOON);
        assertTrue(callee.received("INVITE ").getFirst().header("Supported").contains("100rel"));
    }

    @Test
    void aCallThatHasPassedManyServersMayPassOneFewerOrNone() {
        lab.start();
        SippRun callee = lab.sippAnswers(SippScenario.named("hops")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                .receive("ACK")
                .receive("BYE")
                .send(SippMessages.answer("200 OK", "", "")));
        SippRun caller = lab.sippCalls(SippScenario.named("few-hops")
                .send(SippMessages.invite("callee", "").replace("Max-Forwards: 70", "Max-Forwards: 2"))
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                .receive(200));
        caller.awaitSuccess(SOON);
        callee.awaitSuccess(SOON);
        assertEquals("1", callee.received("INVITE ").getFirst().header("Max-Forwards"));
    }

    @Test
    void updateInTheCallChangesTheSession() {
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("update")
                .send(SippMessages.invite("answer", "Allow: INVITE, ACK, BYE, CANCEL, UPDATE"))
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("UPDATE", 2, "", SippMessages.sdp("sendonly", 2)))
                .receive(200)
                .send(SippMessages.callerInDialog("BYE", 3, "", ""))
                .receive(200));
        run.awaitSuccess(SOON);
        String updated = answerTo(run, "2 UPDATE").text();
        assertTrue(updated.contains("a=recvonly") || updated.contains("a=inactive"), updated);
        assertTrue(answerTo(run, "1 INVITE").header("Allow").contains("UPDATE"));
    }

    @Test
    void theCallerRefreshesTheSession() {
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("refresh")
                .send(SippMessages.invite("answer", "Supported: timer\nSession-Expires: 90;refresher=uac\nMin-SE: 90"))
                .maybe(100)
                .receiveWith(200, "Session-Expires", "90;[ ]*refresher=uac", "expires")
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog(
                        "UPDATE", 2, "Supported: timer\nSession-Expires: 90;refresher=uac", ""))
                .receiveWith(200, "Session-Expires", "90;[ ]*refresher=uac", "again")
                .send(SippMessages.callerInDialog("BYE", 3, "", ""))
                .receive(200));
        run.awaitSuccess(SOON);
        assertTrue(answerTo(run, "1 INVITE").header("Require").contains("timer"));
    }

    @Test
    void alloRefreshesTheSessionBeforeHalfOfIt() {
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("refreshed")
                .send(
                        SippMessages.invite(
                                "answer",
                                "Allow: INVITE, ACK, BYE, CANCEL, UPDATE\nSupported: timer\nSession-Expires: 90;refresher=uas\nMin-SE: 90"))
                .maybe(100)
                .receiveWith(200, "To", "[^ ].*", "answered")
                .send(SippMessages.ack(1))
                .receive("UPDATE", "timeout", "60000")
                .send(SippMessages.answer("200 OK", "Require: timer\nSession-Expires: 90;refresher=uac", ""))
                .send(SippMessages.callerInDialog("BYE", 2, "", "").replace("[last_To:]", "To: [$answered]"))
                .receive(200));
        run.awaitSuccess(Duration.ofSeconds(65));
        assertEquals("90;refresher=uas", answerTo(run, "1 INVITE").header("Session-Expires"));
    }

    @Test
    void aTooShortSessionIs422WithMinSe() {
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("too-short")
                .send(SippMessages.invite("answer", "Supported: timer\nSession-Expires: 30;refresher=uac"))
                .maybe(100)
                .receive(422)
                .send(SippMessages.ackOfRefusal("answer", "invite")));
        run.awaitSuccess(SOON);
        assertEquals("90", run.received("SIP/2.0 422").getFirst().header("Min-SE"));
    }

    @Test
    void anUnknownRequiredExtensionIs420WithItsName() {
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("bad-extension")
                .send(SippMessages.invite("answer", "Require: mindreading"))
                .maybe(100)
                .receive(420)
                .send(SippMessages.ackOfRefusal("answer", "invite")));
        run.awaitSuccess(SOON);
        assertEquals("mindreading", run.received("SIP/2.0 420").getFirst().header("Unsupported"));
    }

    private static SippRun.Message answerTo(SippRun run, String cseq) {
        return run.received("SIP/2.0 200").stream()
                .filter(message -> message.header("CSeq").equals(cseq))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no 200 to " + cseq));
    }

    private static SippScenario callAndHangUp(String name) {
        return SippScenario.named(name)
                .send(SippMessages.invite("callee", ""))
                .maybe(100)
                .maybe(180)
                .maybe(183)
                .receive(200)
                .send(SippMessages.ack(1))
                .pause(300)
                .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                .receive(200);
    }
}
