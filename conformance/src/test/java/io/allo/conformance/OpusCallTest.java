package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.lab.LabHost;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.CapturedPacket;
import io.allo.conformance.sound.PacketCapture;
import io.allo.conformance.sound.RtpStream;
import io.allo.conformance.sound.ToneReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real phones with Opus: passed on as it is to another one, changed into every other codec and back, digits beside it, with loss. */
@Tag("phones")
class OpusCallTest {
    private static final Duration TALK = Duration.ofSeconds(5);
    private static final Duration HEARD = Duration.ofSeconds(4);
    private static final String CODECS = "disallow=all\nallow=opus,ulaw,alaw,g722,gsm\n";

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private void start() {
        lab.config().user("alice", AlloLab.PASSWORD, CODECS).user("bob", AlloLab.PASSWORD, CODECS);
        lab.start();
    }

    private Phone phone(Kind kind, String user, int toneHz, String codec) {
        return lab.phone(kind, user, account -> account.withTone(toneHz).withCodecs(codec));
    }

    @ParameterizedTest
    @CsvSource({
        "BARESIP,opus,LINPHONE,opus",
        "LINPHONE,opus,BARESIP,opus",
        "BARESIP,opus,BARESIP,PCMU",
        "BARESIP,G722,BARESIP,opus",
        "LINPHONE,opus,BARESIP,PCMA",
        "BARESIP,opus,LINPHONE,GSM",
        "LINPHONE,PCMU,LINPHONE,opus"
    })
    void bothHearEachOther(Kind caller, String oneCodec, Kind called, String otherCodec) {
        start();
        Phone alice = phone(caller, "alice", 440, oneCodec);
        Phone bob = phone(called, "bob", 620, otherCodec);
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, TALK);
        AlloLab.end(alice, bob);
        AlloLab.assertHears(alice, bob, HEARD);
        AlloLab.assertHears(bob, alice, HEARD);
    }

    @Test
    void betweenTwoPhonesWithOpusNoByteOfItChanges() {
        start();
        Phone alice = phone(Kind.BARESIP, "alice", 440, "opus");
        Phone bob = phone(Kind.BARESIP, "bob", 620, "opus");
        PacketCapture atAlice = lab.capture("alice");
        PacketCapture atBob = lab.capture("bob");
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, TALK);
        AlloLab.end(alice, bob);
        AlloLab.assertHears(alice, bob, HEARD);
        AlloLab.assertHears(bob, alice, HEARD);
        var packetsOfAlice = atAlice.stop();
        var packetsOfBob = atBob.stop();
        assertPassed(alice, packetsOfAlice, bob, packetsOfBob);
        assertPassed(bob, packetsOfBob, alice, packetsOfAlice);
    }

    private static void assertPassed(
            Phone from, List<CapturedPacket> fromPackets, Phone to, List<CapturedPacket> toPackets) {
        var sent = payloads(RtpStream.from(from.host().address(), fromPackets));
        var received = payloads(RtpStream.to(to.host().address(), toPackets));
        assertTrue(received.size() > 150, received.size() + " packets");
        assertTrue(Collections.indexOfSubList(sent, received) >= 0, "the payloads changed");
    }

    private static List<String> payloads(List<RtpStream> streams) {
        assertEquals(1, streams.size());
        return streams.getFirst().packets().stream()
                .map(packet -> Arrays.toString(packet.rtpPayload()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"LINPHONE,opus,PCMU", "BARESIP,opus,opus", "BARESIP,opus,PCMA", "LINPHONE,PCMU,opus"})
    void digitsPassBesideOpus(Kind sender, String oneCodec, String otherCodec) {
        start();
        Phone bob = phone(Kind.BARESIP, "bob", 620, otherCodec);
        Phone alice = phone(sender, "alice", 440, oneCodec);
        AlloLab.connect(alice, bob);
        for (char digit : "7#42".toCharArray()) {
            bob.listen();
            alice.sendDigits(String.valueOf(digit));
            bob.awaitDigit(digit);
        }
        AlloLab.end(alice, bob);
    }

    @Test
    void everyTenthPacketLostLeavesNoHoleInTheSound() throws Exception {
        start();
        Phone alice = phone(Kind.BARESIP, "alice", 440, "opus");
        Phone bob = phone(Kind.BARESIP, "bob", 620, "PCMU");
        assumeTrue(losesEveryTenth(alice.host()), "the kernel drops no packets here");
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, Duration.ofSeconds(10));
        AlloLab.end(alice, bob);
        ToneReport report = bob.heard(440);
        assertEquals(440, report.dominantHz(), report.toString());
        assertEquals(0, report.gapsOver60Ms(), report.toString());
        assertTrue(report.heardMs() >= 8_000, report.toString());
    }

    /** From now on the kernel drops every tenth packet of sound that a host sends; false if it can't. */
    private static boolean losesEveryTenth(LabHost host) throws IOException, InterruptedException {
        return nft(host, "add table ip lab")
                && nft(host, "add chain ip lab sent { type filter hook output priority 0 ; }")
                && nft(host, "add rule ip lab sent udp sport 10000-20000 numgen inc mod 10 == 0 drop");
    }

    private static boolean nft(LabHost host, String rule) throws IOException, InterruptedException {
        var command = List.of("ip", "netns", "exec", host.namespace(), "nft", rule);
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
