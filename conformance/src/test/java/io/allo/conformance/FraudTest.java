package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.SippMessages;
import io.allo.conformance.phone.SippRun;
import io.allo.conformance.phone.SippScenario;
import io.allo.conformance.sound.ToneLevel;
import io.allo.conformance.sound.ToneWav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the public network through a trunk, with the dialplan of the tutorials; France is home. */
@Tag("phones")
class FraudTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @BeforeEach
    void configure() {
        Tools.need(Tools.SIPP);
        lab.config()
                .peer("carrier", lab.host("callee"), AlloLab.SIPP_PORT, "udp", "")
                .section("desk", """
                        [desk]
                        type=endpoint
                        context=phones
                        disallow=all
                        allow=ulaw

                        [desk]
                        type=identify
                        endpoint=desk
                        match=%s
                        """.formatted(lab.host("sipp").address()))
                .dialplan("""
                        [phones]
                        exten => _X.,1,Dial(PJSIP/${EXTEN}@carrier,20)
                         same => n,Hangup(${HANGUPCAUSE})
                        exten => _+X.,1,Dial(PJSIP/${EXTEN}@carrier,20)
                         same => n,Hangup(${HANGUPCAUSE})
                        exten => copy,1,Set(NUMBER=${PJSIP_HEADER(read,X-Number)})
                         same => n,Dial(PJSIP/${NUMBER}@carrier,20)
                         same => n,Hangup(${HANGUPCAUSE})
                        exten => status,1,Dial(PJSIP/00882161234567@carrier,20)
                         same => n,GotoIf($["${DIALSTATUS}/${HANGUPCAUSE}/${ALLO_REFUSED}" = "CHANUNAVAIL/21/satellite"]?good)
                         same => n,Hangup(1)
                         same => n(good),Busy(1)
                        """);
    }

    private void start(String fraud) {
        lab.config().write();
        try {
            Files.writeString(lab.host("allo").directory().resolve("etc/fraud.conf"), fraud);
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
        lab.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0899123456", "+33899123456", "00881612345678", "005371234567", "+19005551234", "118712"})
    void whatCostsIsClosedAndTheAdministratorIsTold(String number) {
        start("[general]\ncountry=FR\n");
        refused(number, 403);
        lab.allo().awaitLog("problem fraud-[a-z-]+: PJSIP/.*desk may not call", SOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789", "+33612345678", "0033612345678", "33123456789", "15", "112"})
    void theHomeCountryAndEmergencyNumbersAreOpen(String number) {
        start("[general]\ncountry=FR\n");
        connected(number);
    }

    @Test
    void theDialplanSeesWhatAsteriskUsersExpectAndTheRule() {
        start("[general]\ncountry=FR\n");
        refused("status", 486);
    }

    @Test
    void aCeilingHoldsAcrossACrash() {
        start("[general]\ncountry=FR\n[desk]\ntype=user\ncalls=1\n");
        connected("0123456789");
        refused("0123456780", 403);
        lab.allo().crashAndRestart();
        refused("0123456781", 403);
        connected("112");
    }

    @Test
    void emergencyNumbersAreOpenToThoseWhoMayCallNobody() {
        start("[general]\ncountry=FR\n[desk]\ntype=user\nclass=internal\n");
        refused("0123456789", 403);
        connected("18");
    }

    @Test
    void whoTalksHearsThatTheCeilingWillEndTheCall() throws IOException {
        Path sounds = Files.createDirectories(lab.host("allo").directory().resolve("state/sounds/en"));
        new ToneWav(860, 3).write(sounds.resolve("beep.wav"), 8_000);
        lab.aliceAndBob();
        start("[general]\ncountry=FR\ncut_at=1\ncut_warning=50\n[alice]\ntype=user\nminutes=1\n");
        Path voice =
                new ToneWav(440, 30).writeRaw(lab.host("callee").directory().resolve("voice.ul"), "ul");
        SippRun callee = lab.sippAnswers(SippScenario.named("carrier")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                .receive("ACK")
                .play(voice)
                .receive("BYE")
                .send(SippMessages.answer("200 OK", "", "")));
        Phone alice = lab.phone(Kind.BARESIP, "alice", account -> account.withTone(620));
        alice.dial("0123456789");
        alice.awaitEstablished();
        alice.awaitHeard(Duration.ofSeconds(3));
        double before = ToneLevel.of(alice.sound(), 440, 1000);
        lab.allo().awaitLog("problem fraud-warning: .* is told that the call ends", SOON);
        alice.awaitHeard(Duration.ofMillis(alice.sound().durationMs() + 2000));
        double meanwhile = ToneLevel.of(alice.sound(), 440, 1000);
        double warning = ToneLevel.of(alice.sound(), 860, 1000);
        alice.hangup();
        callee.awaitSuccess(SOON);
        assertTrue(before > 1000, "the other side, before: " + before);
        assertTrue(warning > 1000, "the warning: " + warning);
        assertTrue(meanwhile < before / 10, "the other side, meanwhile: " + meanwhile);
    }

    /** AST-2010-002: what is dialed must not become a second target. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789&PJSIP",
                "0123456789%26PJSIP%2F0123456780%40carrier",
                "0123456789,20,U",
                "0123456789%2C20",
                "01%7C23",
                "0123456789;x=%26",
                "01%40carrier",
                "0%5E1",
                "01(23)",
                "01%22",
                "01%24%7BEPOCH%7D"
            })
    void separatorsInADialedNumberReachNobody(String number) {
        start("[general]\ncountry=FR\n");
        if (number.contains(";")) {
            connected(number, "0123456789"); // a parameter of the user part, not of the number
        } else {
            refused(number, 404);
        }
    }

    @Test
    void separatorsInACopiedNumberReachNobodyElse() {
        start("[general]\ncountry=FR\n");
        SippRun run = lab.sippCalls(SippScenario.named("copied")
                .send(SippMessages.invite("copy", "X-Number: 0123456789@carrier&PJSIP/0123456780"))
                .maybe(100)
                .maybe(183)
                .receive(403)
                .send(SippMessages.ackOfRefusal("copy", "invite")));
        run.awaitSuccess(SOON);
        lab.allo().awaitLog("problem fraud-number: .*0123456789%40carrier%26PJSIP%2F0123456780", SOON);
    }

    private void refused(String number, int status) {
        SippRun run = lab.sippCalls(SippScenario.named("refused")
                .send(SippMessages.invite(number, ""))
                .maybe(100)
                .maybe(183)
                .receive(status)
                .send(SippMessages.ackOfRefusal(number, "invite")));
        run.awaitSuccess(SOON);
    }

    private void connected(String number) {
        connected(number, number);
    }

    private void connected(String number, String expected) {
        try (SippRun callee = lab.sippAnswers(SippScenario.named("carrier")
                        .receiveInvite()
                        .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                        .receive("ACK")
                        .receive("BYE")
                        .send(SippMessages.answer("200 OK", "", "")));
                SippRun caller = lab.sippCalls(SippScenario.named("caller")
                        .send(SippMessages.invite(number, ""))
                        .maybe(100)
                        .maybe(180)
                        .receive(200)
                        .send(SippMessages.ack(1))
                        .pause(300)
                        .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                        .receive(200))) {
            caller.awaitSuccess(SOON);
            callee.awaitSuccess(SOON);
            var invite = callee.received("INVITE ").getFirst();
            assertTrue(invite.firstLine().startsWith("INVITE sip:" + expected + "@"), invite.firstLine());
            assertEquals(1, callee.received("INVITE ").size());
        }
    }
}
