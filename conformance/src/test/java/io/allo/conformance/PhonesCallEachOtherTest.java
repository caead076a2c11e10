package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.NetworkLab;
import io.allo.conformance.phone.BaresipPhone;
import io.allo.conformance.phone.LinphonePhone;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount;
import io.allo.conformance.phone.SippMessages;
import io.allo.conformance.phone.SippRun;
import io.allo.conformance.phone.SippScenario;
import io.allo.conformance.sound.PacketCapture;
import io.allo.conformance.sound.RtpStream;
import io.allo.conformance.sound.ToneCheck;
import io.allo.conformance.sound.ToneReport;
import io.allo.conformance.sound.ToneWav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laboratory proves itself: the phones call each other without allo between them. */
@Tag("phones")
class PhonesCallEachOtherTest {
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

    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "PCMA", "G722", "GSM"})
    void baresipAndLinphoneHearEachOther(String codec) {
        LabHost left = lab.host("left");
        LabHost right = lab.host("right");
        var bob = BaresipPhone.start(lab, right, account("bob", right, codec, 620));
        var carol = LinphonePhone.start(lab, left, account("carol", left, codec, 440));
        PacketCapture capture = PacketCapture.start(lab, right);
        carol.dial("sip:bob@" + right.address() + ":" + bob.sipPort());
        bob.awaitIncoming();
        carol.awaitRinging();
        bob.answer();
        talk(carol, bob);
        carol.hangup();
        bob.awaitEnded(Phone.PATIENCE);
        carol.awaitEnded(Phone.PATIENCE);
        assertHears(bob, 440);
        assertHears(carol, 620);
        RtpStream sent = RtpStream.from(right.address(), capture.stop()).getFirst();
        assertEquals(0, sent.lost());
        assertTrue(sent.longestGapMs() < 60, "gap of " + sent.longestGapMs() + " ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void sippAndBaresipHearEachOther(String transport) throws IOException {
        LabHost left = lab.host("left");
        LabHost right = lab.host("right");
        var bob = BaresipPhone.start(lab, right, account("bob", right, "PCMU", 620));
        Path voice = new ToneWav(440, 30).writeRaw(left.directory().resolve("voice.ul"), "ul");
        PacketCapture capture = PacketCapture.start(lab, left);
        SippRun run = SippRun.call(
                lab, left, left.freePort(), transport, right.address() + ":" + bob.sipPort(), callAndTalk(voice));
        bob.awaitIncoming();
        bob.answer();
        run.awaitSuccess(Duration.ofSeconds(20));
        bob.awaitEnded(Phone.PATIENCE);
        assertHears(bob, 440);
        RtpStream heard = RtpStream.to(left.address(), capture.stop()).getFirst();
        assertEquals(0, heard.lost());
        assertTrue(heard.longestGapMs() < 60, "gap of " + heard.longestGapMs() + " ms");
        Path raw = Files.write(left.directory().resolve("heard.ul"), heard.sound(0));
        assertEquals(620, ToneCheck.listen(ToneWav.readRaw(raw, "ul"), 620).dominantHz());
        assertEquals(1, run.received("SIP/2.0 180").size());
    }

    @Test
    void sippCallsSippInBothRoles() {
        LabHost left = lab.host("left");
        LabHost right = lab.host("right");
        int port = right.freePort();
        SippRun called = SippRun.wait(
                lab,
                right,
                port,
                "udp",
                SippScenario.named("called")
                        .receiveInvite()
                        .send(SippMessages.calleeAnswer("180 Ringing", "a", "", ""))
                        .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                        .receive("ACK")
                        .send(SippMessages.calleeInDialog("OPTIONS", "a", 1, "", ""))
                        .receive(200)
                        .receive("BYE")
                        .send(SippMessages.answer("200 OK", "", "")));
        SippRun calling = SippRun.call(
                lab,
                left,
                left.freePort(),
                "udp",
                right.address() + ":" + port,
                SippScenario.named("calling")
                        .send(SippMessages.invite("bob", "Supported: timer"))
                        .receive(180)
                        .receiveWith(200, "CSeq", "1 INVITE", "cseq")
                        .send(SippMessages.ack(1))
                        .receive("OPTIONS")
                        .send(SippMessages.answer("200 OK", "", ""))
                        .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                        .receive(200));
        calling.awaitSuccess(Duration.ofSeconds(10));
        called.awaitSuccess(Duration.ofSeconds(10));
        assertEquals("timer", called.received("INVITE ").getFirst().header("Supported"));
    }

    @ParameterizedTest
    @CsvSource({"true,false", "true,true", "false,false", "false,true"})
    void phonesHoldResumeDeclineCancelAndSendDigits(boolean linphoneCalls, boolean digitsByInfo) {
        LabHost left = lab.host("left");
        LabHost right = lab.host("right");
        var carolAccount = account("carol", left, "PCMU", 440);
        var bobAccount = account("bob", right, "PCMU", 620);
        var carol = LinphonePhone.start(lab, left, digitsByInfo ? carolAccount.withDigitsByInfo() : carolAccount);
        var bob = BaresipPhone.start(lab, right, bobAccount);
        String bobsUri = "sip:bob@" + right.address() + ":" + bob.sipPort();
        String carolsUri = "sip:carol@" + left.address() + ":" + carol.sipPort();
        Phone caller = linphoneCalls ? carol : bob;
        Phone called = linphoneCalls ? bob : carol;
        String uri = linphoneCalls ? bobsUri : carolsUri;
        ring(caller, called, uri);
        called.hangup();
        caller.awaitRefused(linphoneCalls ? 486 : 603);
        ring(caller, called, uri);
        caller.hangup();
        caller.awaitEnded(Phone.PATIENCE);
        called.awaitEnded(Phone.PATIENCE);
        ring(caller, called, uri);
        called.answer();
        called.awaitEstablished();
        caller.awaitEstablished();
        bob.awaitHeard(Duration.ofSeconds(1));
        for (Phone phone : List.of(caller, called)) {
            phone.hold();
            phone.awaitOnHold();
            phone.resume();
            phone.awaitResumed();
        }
        carol.awaitHeard(Duration.ofSeconds(2));
        for (char digit : "5#".toCharArray()) {
            bob.listen();
            carol.sendDigits(String.valueOf(digit));
            bob.awaitDigit(digit);
            if (!digitsByInfo) {
                carol.listen();
                bob.sendDigits(String.valueOf(digit));
                carol.awaitDigit(digit);
            }
        }
        caller.listen();
        called.listen();
        called.hangup();
        caller.awaitEnded(Phone.PATIENCE);
        called.awaitEnded(Phone.PATIENCE);
    }

    @Test
    void aRegistrarThatRefusesIsNoticedByBothPhones() {
        LabHost server = lab.host("server");
        for (String user : List.of("bob", "carol")) {
            int port = server.freePort();
            SippRun registrar = SippRun.wait(lab, server, port, "udp", refuseEveryRegistration(user));
            PhoneAccount account = PhoneAccount.of(user, "wrong", server, port);
            Phone phone = user.equals("bob")
                    ? BaresipPhone.start(lab, lab.host(user), account)
                    : LinphonePhone.start(lab, lab.host(user), account);
            phone.awaitRegistrationRefused();
            registrar.awaitSuccess(Duration.ofSeconds(10));
            phone.kill();
        }
    }

    private static SippScenario refuseEveryRegistration(String name) {
        String challenge = "WWW-Authenticate: Digest realm=\"asterisk\", nonce=\"%s\", algorithm=MD5, qop=\"auth\"";
        return SippScenario.named("refuse-" + name)
                .receive("REGISTER")
                .send(SippMessages.answer("401 Unauthorized", challenge.formatted("a"), ""))
                .receive("REGISTER")
                .send(SippMessages.answer("401 Unauthorized", challenge.formatted("b"), ""));
    }

    private static void ring(Phone caller, Phone called, String uri) {
        called.listen();
        caller.dial(uri);
        called.awaitIncoming();
        caller.awaitRinging();
    }

    private static SippScenario callAndTalk(Path voice) {
        return SippScenario.named("call-and-talk")
                .send(SippMessages.invite("bob", ""))
                .maybe(100)
                .maybe(180)
                .receive(200)
                .send(SippMessages.ack(1))
                .play(voice)
                .pause(5500)
                .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                .receive(200);
    }

    private static void talk(Phone one, Phone other) {
        one.awaitEstablished();
        other.awaitEstablished();
        one.awaitHeard(Duration.ofSeconds(5));
        other.awaitHeard(Duration.ofSeconds(5));
    }

    private static void assertHears(Phone phone, int toneHz) {
        ToneReport report = phone.heard(toneHz);
        System.out.println(phone.account().user() + " " + report);
        assertEquals(toneHz, report.dominantHz(), report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
        assertTrue(report.heardMs() >= 4000, report.toString());
        assertTrue(report.keepsTime(), report.toString());
    }

    private static PhoneAccount account(String user, LabHost host, String codec, int toneHz) {
        return PhoneAccount.of(user, "none", host, 5060)
                .withCodecs(codec)
                .withTone(toneHz)
                .unregistered();
    }
}
