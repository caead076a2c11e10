package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.lab.LabHost;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.CapturedPacket;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What two people do with a call: hold, resume, cancel, decline, let it ring, dial a wrong number. */
@Tag("phones")
class CallControlTest {
    private static final Duration TALK = Duration.ofSeconds(2);

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @ParameterizedTest
    @CsvSource({"BARESIP,LINPHONE,true", "BARESIP,LINPHONE,false", "LINPHONE,BARESIP,true", "LINPHONE,BARESIP,false"})
    void holdSilencesAndResumeBringsBothDirectionsBack(Kind caller, Kind called, boolean callerHolds)
            throws IOException {
        lab.aliceAndBob().start();
        Phone alice = lab.alice(caller);
        Phone bob = lab.bob(called);
        Phone holder = callerHolds ? alice : bob;
        Phone held = callerHolds ? bob : alice;
        PacketCapture atHolder = lab.capture(holder.account().user());
        PacketCapture atHeld = lab.capture(held.account().user());
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, TALK);
        holder.hold();
        holder.awaitOnHold();
        long heldNanos = nowNanos();
        awaitPackets(atHeld, held.host().address(), heldNanos, 75);
        long resumingNanos = nowNanos();
        holder.resume();
        holder.awaitResumed();
        long resumedNanos = nowNanos();
        awaitPackets(atHolder, holder.host().address(), resumedNanos, 100);
        awaitPackets(atHeld, held.host().address(), resumedNanos, 100);
        AlloLab.end(alice, bob);
        List<CapturedPacket> packets = atHolder.stop();
        assertEquals(
                0,
                count(RtpStream.to(holder.host().address(), packets), heldNanos + 200_000_000L, resumingNanos),
                "packets sent to a phone that has said sendonly");
        assertTone(packets, holder.host(), resumedNanos, held.account().toneHz());
        assertTone(atHeld.stop(), held.host(), resumedNanos, holder.account().toneHz());
    }

    @ParameterizedTest
    @CsvSource({"BARESIP,LINPHONE", "LINPHONE,BARESIP"})
    void aCallerWhoGivesUpStopsTheRinging(Kind caller, Kind called) {
        lab.aliceAndBob().start();
        Phone alice = lab.alice(caller);
        Phone bob = lab.bob(called);
        bob.listen();
        alice.dial("bob");
        bob.awaitIncoming();
        alice.awaitRinging();
        alice.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        bob.awaitEnded(Phone.PATIENCE);
        AlloLab.connect(alice, bob);
        AlloLab.end(alice, bob);
    }

    @Test
    void aPhoneThatRejectsWith486IsBusyForTheCaller() {
        lab.aliceAndBob().start();
        Phone alice = lab.alice(Kind.LINPHONE);
        Phone bob = lab.bob(Kind.BARESIP);
        ringAndDecline(alice, bob);
        alice.awaitRefused(486);
    }

    @Test
    void aPhoneThatDeclinesWith603EndsTheCallersCall() {
        lab.aliceAndBob().start();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.LINPHONE);
        ringAndDecline(alice, bob);
        alice.awaitEnded(Phone.PATIENCE);
    }

    private static void ringAndDecline(Phone alice, Phone bob) {
        bob.listen();
        alice.dial("bob");
        bob.awaitIncoming();
        alice.awaitRinging();
        bob.hangup();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPhoneThatIsTalkingIsBusy(Kind third) {
        lab.aliceAndBob().config().user("carol", AlloLab.PASSWORD, "");
        lab.start();
        Phone alice = lab.alice(Kind.BARESIP);
        Phone bob = lab.bob(Kind.BARESIP);
        Phone carol = lab.phone(third, "carol", account -> account);
        AlloLab.connect(alice, bob);
        carol.dial("bob");
        carol.awaitRefused(486);
        AlloLab.end(bob, alice);
    }

    @ParameterizedTest
    @CsvSource({"BARESIP,LINPHONE", "LINPHONE,BARESIP"})
    void noAnswerGoesOnToTheNextPriority(Kind caller, Kind called) {
        lab.aliceAndBob().config().user("carol", AlloLab.PASSWORD, "").dialplan("""
                        [phones]
                        exten => 601,1,Dial(PJSIP/bob,2)
                         same => n,GotoIf($["${DIALSTATUS}" = "NOANSWER"]?carol)
                         same => n,Hangup(21)
                         same => n(carol),Dial(PJSIP/carol,20)
                        """);
        lab.start();
        Phone alice = lab.alice(caller);
        Phone bob = lab.bob(called);
        Phone carol = lab.phone(Kind.BARESIP, "carol", account -> account.withTone(880));
        alice.dial("601");
        bob.awaitIncoming();
        bob.awaitEnded(Duration.ofSeconds(8));
        carol.awaitIncoming();
        carol.answer();
        alice.awaitEstablished();
        carol.awaitEstablished();
        AlloLab.end(carol, alice);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anUnknownExtensionIsNotFound(Kind kind) {
        lab.aliceAndBob().start();
        Phone alice = lab.alice(kind);
        alice.dial("999");
        alice.awaitRefused(404);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aUserWithoutAPhoneIsUnavailable(Kind kind) {
        lab.aliceAndBob().config().dialplan("""
                        [phones]
                        exten => bob,1,Dial(PJSIP/bob,5)
                         same => n,GotoIf($["${DIALSTATUS}" = "CHANUNAVAIL"]?absent)
                         same => n,Hangup(21)
                         same => n(absent),Hangup(20)
                        """);
        lab.start();
        Phone alice = lab.alice(kind);
        alice.dial("bob");
        alice.awaitRefused(480);
    }

    private static void awaitPackets(PacketCapture capture, String address, long sinceNanos, int count) {
        Awaitility.await(count + " packets of talk at " + address)
                .atMost(Phone.PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> count(RtpStream.from(address, capture.packets()), sinceNanos, Long.MAX_VALUE) >= count);
    }

    private static long count(List<RtpStream> streams, long fromNanos, long toNanos) {
        return streams.stream()
                .mapToLong(stream -> stream.countBetween(fromNanos, toNanos))
                .sum();
    }

    /** The phone was sent this tone since then, and it is heard in what the phone was sent (u-law, decoded by sox). */
    private static void assertTone(List<CapturedPacket> packets, LabHost host, long sinceNanos, int toneHz)
            throws IOException {
        var later = packets.stream()
                .filter(packet -> packet.atNanos() >= sinceNanos)
                .toList();
        RtpStream stream = RtpStream.to(host.address(), later).getLast();
        Path raw = Files.write(host.directory().resolve("later.ul"), stream.sound(0));
        ToneReport report = ToneCheck.listen(ToneWav.readRaw(raw, "ul"), toneHz);
        assertEquals(toneHz, report.dominantHz(), report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
        assertTrue(report.heardMs() >= 1500, report.toString());
    }

    /** The clock that dumpcap stamps packets with. */
    private static long nowNanos() {
        var now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
