package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two real phones talk through allo: each hears the other's tone, whole, by every codec, pair and transport. */
@Tag("phones")
class CallSoundTest {
    private static final Duration TALK = Duration.ofSeconds(5);
    private static final Duration HEARD = Duration.ofSeconds(4);

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @ParameterizedTest
    @CsvSource({
        "BARESIP,LINPHONE,PCMU", "BARESIP,LINPHONE,PCMA", "BARESIP,LINPHONE,G722", "BARESIP,LINPHONE,GSM",
        "LINPHONE,BARESIP,PCMU", "LINPHONE,BARESIP,PCMA", "LINPHONE,BARESIP,G722", "LINPHONE,BARESIP,GSM",
        "BARESIP,BARESIP,PCMU", "LINPHONE,LINPHONE,PCMA"
    })
    void withOneCodecBothHearEachOther(Kind caller, Kind called, String codec) {
        lab.aliceAndBob().start();
        assertTalk(caller, codec, "udp", called, codec, "udp");
    }

    @ParameterizedTest
    @CsvSource({
        "BARESIP,PCMU,LINPHONE,PCMA", "BARESIP,PCMA,LINPHONE,PCMU", "BARESIP,G722,LINPHONE,PCMA",
        "LINPHONE,G722,BARESIP,PCMU", "BARESIP,GSM,LINPHONE,PCMU", "LINPHONE,GSM,BARESIP,PCMA",
        "BARESIP,G722,LINPHONE,GSM", "LINPHONE,PCMU,BARESIP,G722"
    })
    void withDifferentCodecsAlloTranscodes(Kind caller, String oneCodec, Kind called, String otherCodec) {
        lab.aliceAndBob().start();
        assertTalk(caller, oneCodec, "udp", called, otherCodec, "udp");
    }

    @ParameterizedTest
    @CsvSource({
        "BARESIP,tcp,LINPHONE,udp",
        "LINPHONE,tcp,BARESIP,tcp",
        "BARESIP,tls,LINPHONE,tls",
        "LINPHONE,tls,BARESIP,udp"
    })
    void overTheirTransportsTheyTalk(Kind caller, String oneTransport, Kind called, String otherTransport) {
        lab.aliceAndBob().start();
        assertTalk(caller, "PCMU", oneTransport, called, "PCMU", otherTransport);
    }

    @ParameterizedTest
    @CsvSource({"BARESIP,PCMU", "LINPHONE,PCMU", "BARESIP,PCMA", "LINPHONE,G722"})
    void sippCallsAPhone(Kind kind, String codec) throws IOException {
        lab.sippPeers("").aliceAndBob().start();
        Phone bob = lab.phone(kind, "bob", account -> account.withTone(620).withCodecs(codec));
        PacketCapture capture = lab.capture("sipp");
        bob.listen();
        SippRun run = lab.sippCalls(SippScenario.named("call-and-talk")
                .send(SippMessages.invite("bob", ""))
                .maybe(100)
                .maybe(180)
                .receive(200)
                .send(SippMessages.ack(1))
                .play(voice("sipp"))
                .pause(5500)
                .send(SippMessages.callerInDialog("BYE", 2, "", ""))
                .receive(200));
        bob.awaitIncoming();
        bob.answer();
        run.awaitSuccess(Duration.ofSeconds(20));
        bob.awaitEnded(Phone.PATIENCE);
        assertTone(bob.heard(440), 440);
        assertTone(heardBySipp(capture, "sipp"), 620);
    }

    @ParameterizedTest
    @CsvSource({"BARESIP,PCMU", "LINPHONE,PCMU", "LINPHONE,PCMA", "BARESIP,G722"})
    void aPhoneCallsSipp(Kind kind, String codec) throws IOException {
        lab.sippPeers("").aliceAndBob().start();
        Phone alice = lab.phone(kind, "alice", account -> account.withTone(620).withCodecs(codec));
        PacketCapture capture = lab.capture("callee");
        SippRun run = lab.sippAnswers(SippScenario.named("answer-and-talk")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("180 Ringing", "a", "", ""))
                .send(SippMessages.calleeAnswer("200 OK", "a", "", SippMessages.SDP))
                .receive("ACK")
                .play(voice("callee"))
                .pause(5500)
                .send(SippMessages.calleeInDialog("BYE", "a", 1, "", ""))
                .receive(200));
        alice.dial("callee");
        alice.awaitEstablished();
        run.awaitSuccess(Duration.ofSeconds(20));
        alice.awaitEnded(Phone.PATIENCE);
        assertTone(alice.heard(440), 440);
        assertTone(heardBySipp(capture, "callee"), 620);
    }

    @Test
    void theSoundOfARelayedCallIsWholeOnTheWire() {
        lab.aliceAndBob().start();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.BARESIP);
        PacketCapture atAlice = lab.capture("alice");
        PacketCapture atBob = lab.capture("bob");
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, TALK);
        AlloLab.end(alice, bob);
        AlloLab.assertWhole(RtpStream.to(alice.host().address(), atAlice.stop()));
        AlloLab.assertWhole(RtpStream.to(bob.host().address(), atBob.stop()));
    }

    @Test
    void earlyMediaOfACalledPeerIsHeardBeforeTheAnswer() throws IOException {
        lab.sippPeers("").aliceAndBob().start();
        Phone alice = lab.alice(Kind.BARESIP);
        SippRun run = lab.sippAnswers(SippScenario.named("early-media")
                .receiveInvite()
                .send(SippMessages.calleeAnswer("183 Session Progress", "a", "", SippMessages.SDP))
                .play(voice("callee"))
                .pause(4000)
                .send(SippMessages.calleeAnswer("486 Busy Here", "a", "", ""))
                .receive("ACK"));
        alice.dial("callee");
        alice.awaitRefused(486);
        run.awaitSuccess(Duration.ofSeconds(20));
        ToneReport report = alice.heard(440);
        assertEquals(440, report.dominantHz(), report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
        assertTrue(report.heardMs() >= 3000, report.toString());
    }

    private void assertTalk(
            Kind caller, String oneCodec, String oneTransport, Kind called, String otherCodec, String otherTransport) {
        Phone alice = lab.phone(
                caller,
                "alice",
                account -> account.withTone(440).withCodecs(oneCodec).withTransport(oneTransport, 0));
        Phone bob = lab.phone(
                called,
                "bob",
                account -> account.withTone(620).withCodecs(otherCodec).withTransport(otherTransport, 0));
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, TALK);
        AlloLab.end(alice, bob);
        AlloLab.assertHears(alice, bob, HEARD);
        AlloLab.assertHears(bob, alice, HEARD);
    }

    private Path voice(String host) {
        return new ToneWav(440, 30).writeRaw(lab.host(host).directory().resolve("voice.ul"), "ul");
    }

    private ToneReport heardBySipp(PacketCapture capture, String host) throws IOException {
        var streams = RtpStream.to(lab.host(host).address(), capture.stop());
        AlloLab.assertWhole(streams);
        Path raw = lab.host(host).directory().resolve("heard.ul");
        Files.write(raw, streams.getFirst().sound(0));
        return ToneCheck.listen(ToneWav.readRaw(raw, "ul"), 620);
    }

    private static void assertTone(ToneReport report, int toneHz) {
        assertEquals(toneHz, report.dominantHz(), report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
        assertTrue(report.heardMs() >= HEARD.toMillis(), report.toString());
        assertTrue(report.keepsTime(), report.toString());
    }
}
