package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.phone.SippMessages;
import io.allo.conformance.phone.SippRun;
import io.allo.conformance.phone.SippScenario;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What allo says no to, and how (RFC 3261 8.2, 16.3, 21.4), and what it says about itself (OPTIONS, 11). */
@Tag("phones")
class SippRefusalTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @BeforeEach
    void start() {
        lab.sippPeers("")
                .config()
                .peer("guarded", lab.host("callee"), AlloLab.SIPP_PORT, "udp", "identify_by=ip\n")
                .dialplan("""
                        [phones]
                        exten => answer,1,Answer()
                         same => n,Wait(30)
                        exten => ring,1,Ringing()
                         same => n,Wait(30)
                        exten => busy,1,Busy(5)
                        exten => congestion,1,Congestion(5)
                        exten => gone,1,Hangup(1)
                        """);
        lab.start();
    }

    @Test
    void optionsOutsideADialogTellWhatAlloCanDo() {
        SippRun run = play(SippScenario.named("options")
                .send(SippMessages.request("OPTIONS", "answer", "Accept: application/sdp"))
                .receive(200));
        SippRun.Message answer = run.received("SIP/2.0 200").getFirst();
        for (String method : "INVITE ACK BYE CANCEL OPTIONS PRACK UPDATE INFO".split(" ")) {
            assertTrue(answer.header("Allow").contains(method), answer.text());
        }
        assertTrue(answer.header("Accept").contains("application/sdp"), answer.text());
        assertTrue(answer.header("Supported").contains("timer"), answer.text());
    }

    @Test
    void optionsInADialogAreAnswered() {
        play(SippScenario.named("options-in-dialog")
                .send(SippMessages.invite("answer", ""))
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("OPTIONS", 2, "", ""))
                .receive(200)
                .send(SippMessages.callerInDialog("BYE", 3, "", ""))
                .receive(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"REFER", "MESSAGE"})
    void aMethodThatIsNotThereYetIs405WithAllow(String method) {
        SippRun run = play(SippScenario.named("method")
                .send(SippMessages.request(method, "answer", "Refer-To: <sip:other@[remote_ip]>"))
                .receive(405));
        String allow = run.received("SIP/2.0 405").getFirst().header("Allow");
        assertTrue(allow.contains("INVITE") && !allow.contains(method), allow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUBSCRIBE", "PUBLISH"})
    void anEventPackageThatIsNotThereIsRefused(String method) {
        SippRun run = play(SippScenario.named("event")
                .send(SippMessages.request(method, "answer", "Event: presence\nExpires: 60"))
                .receive(405, "optional", "true", "next", "1")
                .receive(489)
                .label(1));
        assertEquals(1, run.received("SIP/2.0 4").size());
    }

    @Test
    void referInADialogIsRefusedAndTheCallGoesOn() {
        play(SippScenario.named("refer")
                .send(SippMessages.invite("answer", ""))
                .maybe(100)
                .receive(200)
                .send(SippMessages.ack(1))
                .send(SippMessages.callerInDialog("REFER", 2, "Refer-To: <sip:other@[remote_ip]>", ""))
                .receive(405)
                .send(SippMessages.callerInDialog("OPTIONS", 3, "", ""))
                .receive(200)
                .send(SippMessages.callerInDialog("BYE", 4, "", ""))
                .receive(200));
    }

    @ParameterizedTest
    @CsvSource({"busy,486", "congestion,503", "gone,404", "nowhere,404"})
    void theDialplanRefusesWithItsCause(String extension, int status) {
        play(SippScenario.named("refused-" + extension)
                .send(SippMessages.invite(extension, ""))
                .maybe(100)
                .maybe(183)
                .receive(status)
                .send(SippMessages.ackOfRefusal(extension, "invite")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CSeq: 1 OPTIONS|CSeq: many OPTIONS",
                "CSeq: 1 OPTIONS|CSeq: 1 INVITE",
                "Content-Length: 0|Content-Length: 400",
                "Max-Forwards: 70|Max-Forwards: -1",
                "To: <sip:answer@[remote_ip]>|To: <sip:answer@[remote_ip]"
            })
    void aMalformedRequestIs400(String good, String bad) {
        String request = SippMessages.request("OPTIONS", "answer", "");
        assertTrue(request.contains(good));
        // sipp itself takes no response with a broken CSeq for an answer: only what it received counts
        SippRun run = lab.sippCalls(
                SippScenario.named("malformed").send(request.replace(good, bad)).receive(400));
        run.awaitReceived("SIP/2.0 400 ");
        assertTrue(lab.allo().process().isAlive());
    }

    @Test
    void garbageIsIgnoredAndAlloLivesOn() {
        play(SippScenario.named("garbage")
                .send("HELLO WORLD AGAIN\n\n")
                .send("SIP/2.0 200 OK\n\n")
                .send(SippMessages.request("OPTIONS", "answer", ""))
                .receive(200));
    }

    @Test
    void theSameRequestByAnotherPathIs482() {
        SippRun run = play(SippScenario.named("merged")
                .send(SippMessages.callerRequest("INVITE", "ring", 1, "invite", "", "", SippMessages.SDP))
                .maybe(100)
                .receive(180)
                .send(SippMessages.callerRequest("INVITE", "ring", 1, "detour", "", "", SippMessages.SDP))
                .receive(482)
                .send(SippMessages.ackOfRefusal("ring", "detour"))
                .send(SippMessages.cancel("ring"))
                .receive(200)
                .receive(487)
                .send(SippMessages.ackOfRefusal("ring", "invite")));
        assertEquals(1, run.received("SIP/2.0 482").size());
    }

    @Test
    void noMoreForwardsIs483() {
        play(SippScenario.named("max-forwards")
                .send(SippMessages.invite("answer", "").replace("Max-Forwards: 70", "Max-Forwards: 0"))
                .maybe(100)
                .receive(483)
                .send(SippMessages.ackOfRefusal("answer", "invite")));
    }

    @Test
    void aRequestInADialogThatIsNotThereIs481() {
        play(SippScenario.named("no-dialog")
                .send(SippMessages.callerRequest("BYE", "answer", 2, "bye", ";tag=neverwas", "", ""))
                .receive(481));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stranger", "guarded"})
    void anUnknownSourceWithoutPasswordIsChallenged(String from) {
        SippRun run = SippRun.call(
                lab.network(),
                lab.host("stranger"),
                AlloLab.SIPP_PORT,
                "udp",
                lab.config().target("udp"),
                SippScenario.named("stranger")
                        .send(from(from, SippMessages.invite("answer", "")))
                        .maybe(100)
                        .receive(401)
                        .send(from(from, SippMessages.ackOfRefusal("answer", "invite"))));
        run.awaitSuccess(SOON);
        SippRun.Message challenge = run.received("SIP/2.0 401").getFirst();
        assertTrue(challenge.header("WWW-Authenticate").startsWith("Digest "), challenge.text());
        assertFalse(challenge.text().contains("answer;"), "nothing about the dialplan");
    }

    private static String from(String user, String message) {
        return message.replace("From: <sip:sipp@", "From: <sip:" + user + "@");
    }

    private SippRun play(SippScenario scenario) {
        SippRun run = lab.sippCalls(scenario);
        run.awaitSuccess(SOON);
        return run;
    }
}
