package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.NetworkLab;
import io.allo.conformance.phone.SippMessages;
import io.allo.conformance.phone.SippRun;
import io.allo.conformance.phone.SippScenario;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps that the tests of allo are made of mean what they say: sipp plays both sides. */
@Tag("phones")
class SippScenarioTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private NetworkLab lab;

    @BeforeEach
    void openLab(@TempDir Path directory) {
        lab = NetworkLab.open(directory);
    }

    @AfterEach
    void closeLab() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void cancelAfterThe200KeepsTheDialogForAckAndBye() {
        play(
                SippScenario.named("cancels-late")
                        .send(SippMessages.invite("bob", ""))
                        .maybe(100)
                        .receiveWith(200, "To", "[^ ].*", "answered")
                        .send(SippMessages.cancel("bob"))
                        .receiveForCancel(200)
                        .send(SippMessages.ack(1).replace("[last_To:]", "To: [$answered]"))
                        .send(SippMessages.callerInDialog("BYE", 2, "", "").replace("[last_To:]", "To: [$answered]"))
                        .receive(200),
                SippScenario.named("is-cancelled-late")
                        .receiveInvite()
                        .send(SippMessages.calleeAnswer("100 Trying", "a", "", ""))
                        .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                        .receive("CANCEL")
                        .send(SippMessages.answer("200 OK", "", ""))
                        .receiveWith("ACK", "CSeq", "1 ACK", "acknowledged")
                        .receiveWith("BYE", "To", "tag=a", "ended")
                        .send(SippMessages.answer("200 OK", "", "")));
    }

    @Test
    void cancelBeforeAnAnswerIsFollowedBy487() {
        play(
                SippScenario.named("cancels")
                        .send(SippMessages.invite("bob", ""))
                        .receive(180)
                        .send(SippMessages.cancel("bob"))
                        .receive(200)
                        .receive(487)
                        .send(SippMessages.ackOfRefusal("bob", "invite")),
                SippScenario.named("is-cancelled")
                        .receiveInvite()
                        .send(SippMessages.calleeAnswer("180 Ringing", "a", "", ""))
                        .receive("CANCEL")
                        .send(SippMessages.answer("200 OK", "", ""))
                        .send(SippMessages.calleeAnswer("487 Request Terminated", "a", "", ""))
                        .receive("ACK"));
    }

    @Test
    void aRememberedValueComesBackInAnotherMessage() {
        play(
                SippScenario.named("pracks")
                        .send(SippMessages.invite("bob", "Require: 100rel\nSupported: 100rel"))
                        .receiveWith(180, "RSeq", "[0-9]+", "rseq")
                        .send(SippMessages.callerInDialog("PRACK", 2, "RAck: [$rseq] 1 INVITE", ""))
                        .receiveWith(200, "CSeq", "2 PRACK", "acknowledged")
                        .receive(200)
                        .send(SippMessages.ack(1))
                        .send(SippMessages.callerInDialog("BYE", 3, "", ""))
                        .receive(200),
                SippScenario.named("is-pracked")
                        .receiveInvite()
                        .send(SippMessages.calleeAnswer("180 Ringing", "a", "Require: 100rel\nRSeq: 7001", ""))
                        .receiveWith("PRACK", "RAck", "7001 1 INVITE", "rack")
                        .send(SippMessages.answer("200 OK", "", ""))
                        .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                        .receive("ACK")
                        .receive("BYE")
                        .send(SippMessages.answer("200 OK", "", "")));
    }

    @Test
    void repeated200sWithoutAckAreCountedAndDoNotFailTheRun() {
        SippRun calling = play(
                SippScenario.named("never-acks")
                        .send(SippMessages.invite("bob", ""))
                        .receive(200)
                        .receive("BYE")
                        .send(SippMessages.answer("200 OK", "", "")),
                SippScenario.named("repeats-200")
                        .receiveInvite()
                        .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                        .pause(100)
                        .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                        .pause(100)
                        .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                        .pause(100)
                        .send(SippMessages.calleeInDialog("BYE", "a", 1, "", ""))
                        .receive(200));
        assertEquals(3, calling.received("SIP/2.0 200").size());
    }

    @Test
    void glareIsRefusedByTheOtherSideAndAcknowledged() {
        play(
                SippScenario.named("rings-back")
                        .send(SippMessages.invite("bob", ""))
                        .receive(180)
                        .receive("INVITE")
                        .send(SippMessages.answer("491 Request Pending", "", ""))
                        .receive("ACK")
                        .receive(200)
                        .send(SippMessages.ack(1))
                        .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                        .receive(200),
                SippScenario.named("glare")
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
    }

    @Test
    void oneOfTwoAnswersMayComeAndTheRunGoesOn() {
        play(
                SippScenario.named("either")
                        .send(SippMessages.request("SUBSCRIBE", "bob", "Event: presence"))
                        .receive(405, "optional", "true", "next", "1")
                        .receive(489)
                        .label(1),
                SippScenario.named("says-405").receive("SUBSCRIBE").send(SippMessages.answer("405 No", "", "")));
    }

    private SippRun play(SippScenario caller, SippScenario callee) {
        LabHost left = lab.host("left");
        LabHost right = lab.host("right");
        int port = right.freePort();
        SippRun called = SippRun.wait(lab, right, port, "udp", callee);
        SippRun calling = SippRun.call(lab, left, left.freePort(), "udp", right.address() + ":" + port, caller);
        calling.awaitSuccess(SOON);
        called.awaitSuccess(SOON);
        return calling;
    }
}
