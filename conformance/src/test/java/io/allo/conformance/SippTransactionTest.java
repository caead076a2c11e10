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

/** Transactions as a network makes them (RFC 3261 9, 13, 17): crossing, repeated and lost messages, forks, redirects. */
@Tag("phones")
class SippTransactionTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String DIALPLAN = """
            [phones]
            exten => answer,1,Answer()
             same => n,Wait(30)
            exten => ring,1,Ringing()
             same => n,Wait(30)
            exten => callee,1,Dial(PJSIP/callee,20)
            exten => hasty,1,Dial(PJSIP/callee,1)
             same => n,Hangup(16)
            exten => silent,1,Dial(PJSIP/callee,20)
             same => n,GotoIf($["${DIALSTATUS}" = "ANSWER"]?answered)
             same => n,Hangup(20)
             same => n(answered),Hangup(16)
            exten => other,1,Answer()
             same => n,Wait(30)
            """;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @BeforeEach
    void peers() {
        lab.sippPeers("").config().dialplan(DIALPLAN);
    }

    @Test
    void aCallThatIsAnsweredAndEndedByTheCaller() {
        lab.start();
        play(SippScenario.named("plain")
                .send(SippMessages.invite("answer", ""))
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                .receive(200));
    }

    @Test
    void cancelWhileRingingIsAnsweredAndEndsTheInviteWith487() {
        lab.start();
        play(SippScenario.named("cancel")
                .send(SippMessages.invite("ring", ""))
                .maybe(100)
                .receive(180)
                .send(SippMessages.cancel("ring"))
                .receive(200)
                .receive(487)
                .send(SippMessages.ackOfRefusal("ring", "invite")));
    }

    @Test
    void cancelThatCrossesOur200LeavesTheCallUp() {
        lab.start();
        play(SippScenario.named("cancel-crosses-200")
                .send(SippMessages.invite("answer", ""))
                .maybe(100)
                .receiveWith(200, "To", "[^ ].*", "answered")
                .send(SippMessages.cancel("answer"))
                .receiveForCancel(200)
                .send(SippMessages.ack(1).replace("[last_To:]", "To: [$answered]"))
                .send(SippMessages.callerInDialog("BYE", 2, "", "").replace("[last_To:]", "To: [$answered]"))
                .receive(200));
    }

    @Test
    void a200ThatCrossesOurCancelIsAcknowledgedAndEnded() {
        lab.start();
        SippRun callee = lab.sippAnswers(SippScenario.named("200-crosses-cancel")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("180 Ringing", "a", "", ""))
                .receive("CANCEL")
                .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                .send(SippMessages.calleeAnswerToCancel("a"))
                .receive("ACK")
                .receive("BYE")
                .send(SippMessages.answer("200 OK", "", "")));
        SippRun caller = lab.sippCalls(SippScenario.named("hasty")
                .send(SippMessages.invite("hasty", ""))
                .maybe(100)
                .receive(180)
                .receive(603)
                .send(SippMessages.ackOfRefusal("hasty", "invite")));
        caller.awaitSuccess(SOON);
        callee.awaitSuccess(SOON);
    }

    @Test
    void aRepeatedInviteIsOneCallAndTheSameAnswer() {
        lab.start();
        SippRun callee = lab.sippAnswers(SippScenario.named("rings")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("180 Ringing", "a", "", ""))
                .pause(800)
                .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                .receive("ACK")
                .receive("BYE")
                .send(SippMessages.answer("200 OK", "", "")));
        play(SippScenario.named("repeats")
                .send(SippMessages.invite("callee", ""))
                .maybe(100)
                .receive(180)
                .send(SippMessages.invite("callee", ""))
                .send(SippMessages.invite("callee", ""))
                .maybe(180) // sipp passes over some of the repeated 180s itself
                .maybe(180)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                .receive(200));
        callee.awaitSuccess(SOON);
        assertEquals(1, callee.received("INVITE ").size());
    }

    @Test
    void a200WithoutAckIsRepeatedAndThenTheCallIsEnded() {
        lab.config().timerT1(100);
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("lost-ack")
                .send(SippMessages.invite("answer", ""))
                .maybe(100)
                .receive(200)
                .receive("BYE")
                .send(SippMessages.answer("200 OK", "", "")));
        run.awaitSuccess(Duration.ofSeconds(20));
        assertTrue(
                run.received("SIP/2.0 200").size() >= 5,
                "the 200 came " + run.received("SIP/2.0 200").size());
    }

    @Test
    void aLateAckStopsTheRepetition() {
        lab.config().timerT1(100);
        lab.start();
        SippRun run = lab.sippCalls(SippScenario.named("late-ack")
                .send(SippMessages.invite("answer", ""))
                .maybe(100)
                .receive(200)
                .pause(1000)
                .send(SippMessages.ack(1))
                .pause(7000)
                .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                .receive(200));
        run.awaitSuccess(Duration.ofSeconds(20));
        long answers = run.received("SIP/2.0 200").stream()
                .filter(message -> message.header("CSeq").endsWith("INVITE"))
                .count();
        assertTrue(answers >= 2 && answers <= 6, "the 200 came " + answers);
    }

    @Test
    void aPeerThatNeverAnswersIsGivenUpByTimerB() {
        lab.config().timerT1(100);
        lab.start();
        play(SippScenario.named("to-nobody")
                .send(SippMessages.invite("silent", ""))
                .maybe(100)
                .receive(480)
                .send(SippMessages.ackOfRefusal("silent", "invite")));
    }

    @Test
    void twoEarlyDialogsAndAnAnswerInTheSecond() {
        lab.start();
        SippRun callee = lab.sippAnswers(SippScenario.named("forks")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("180 Ringing", "a", "", ""))
                .send(SippMessages.calleeAnswer("183 Session Progress", "b", "", SippMessages.SDP))
                .pause(200)
                .send(SippMessages.calleeAnswer("200 OK", "b", "", SippMessages.SDP))
                .receiveWith("ACK", "To", "tag=b", "acknowledged")
                .receiveWith("BYE", "To", "tag=b", "ended")
                .send(SippMessages.answer("200 OK", "", "")));
        play(callAndHangUp("to-fork"));
        callee.awaitSuccess(SOON);
    }

    @Test
    void aSecondAnswerOfAForkIsAcknowledgedAndEnded() {
        lab.start();
        SippRun callee = lab.sippAnswers(SippScenario.named("forks-twice")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("180 Ringing", "a", "", ""))
                .send(SippMessages.calleeAnswer("200 OK", "b", "", SippMessages.SDP))
                .receiveWith("ACK", "To", "tag=b", "first")
                .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                .receiveWith("ACK", "To", "tag=a", "second")
                .receiveWith("BYE", "To", "tag=a", "ended")
                .send(SippMessages.answer("200 OK", "", ""))
                .receiveWith("BYE", "To", "tag=b", "over")
                .send(SippMessages.answer("200 OK", "", "")));
        play(SippScenario.named("to-two")
                .send(SippMessages.invite("callee", ""))
                .maybe(100)
                .maybe(180)
                .receive(200)
                .send(SippMessages.ack(1))
                .pause(1500)
                .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                .receive(200));
        callee.awaitSuccess(SOON);
    }

    @Test
    void aRedirectionIsFollowedToTheExtensionItNames() {
        lab.start();
        SippRun callee = lab.sippAnswers(SippScenario.named("moved")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("302 Moved Temporarily", "a", "", "")
                        .replace("Contact: <sip:[service]@", "Contact: <sip:other@"))
                .receive("ACK"));
        play(callAndHangUp("to-moved"));
        callee.awaitSuccess(SOON);
    }

    @Test
    void earlyMediaGoesOnToTheCallerAs183WithItsOwnAnswer() {
        lab.start();
        SippRun callee = lab.sippAnswers(SippScenario.named("early")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("183 Session Progress", "a", "", SippMessages.SDP))
                .pause(500)
                .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                .receive("ACK")
                .receive("BYE")
                .send(SippMessages.answer("200 OK", "", "")));
        SippRun caller = lab.sippCalls(SippScenario.named("hears-early")
                .send(SippMessages.invite("callee", ""))
                .maybe(100)
                .receive(183)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                .receive(200));
        caller.awaitSuccess(SOON);
        callee.awaitSuccess(SOON);
        SippRun.Message progress = caller.received("SIP/2.0 183").getFirst();
        assertTrue(progress.text().contains("m=audio"), progress.text());
    }

    private SippScenario callAndHangUp(String name) {
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

    private void play(SippScenario scenario) {
        lab.sippCalls(scenario).awaitSuccess(SOON);
    }
}
