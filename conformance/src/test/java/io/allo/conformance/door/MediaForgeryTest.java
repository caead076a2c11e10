package io.allo.conformance.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab;
import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.attack.ForgedDatagram;
import io.allo.conformance.attack.ForgedMedia;
import io.allo.conformance.attack.ForgeryProgram;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount.Encryption;
import io.allo.conformance.sound.CapturedPacket;
import io.allo.conformance.sound.PacketCapture;
import io.allo.conformance.sound.RtpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who listens on the way and can write any source address sends a call's own packets again, changed ones, goodbyes, and broken packets of every
 * kind to its media ports, from the phones' addresses and from his own, two thousand a second. The sound stays whole and the attacker gets nothing.
 */
@Isolated
@Tag("phones")
class MediaForgeryTest {
    private static final int RATE = 2_000;
    private static final Duration TALK = Duration.ofSeconds(5);
    private static final Duration HEARD = Duration.ofSeconds(4);
    private static final int MOST_RESIDENT_MIB = 500;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private final Random random = new Random(3);

    @ParameterizedTest
    @CsvSource({"udp,NONE", "tls,REQUIRED", "udp,DTLS"})
    void whatIsReplayedForgedOrBrokenHasNoEffect(String transport, Encryption encryption) {
        lab.aliceAndBob().start();
        Phone alice = phone("alice", 440, transport, encryption);
        Phone bob = phone("bob", 620, transport, encryption);
        PacketCapture atAllo = lab.capture("allo");
        PacketCapture atAttacker = lab.capture("attacker");
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, Duration.ofSeconds(1));
        var forged = forgeries(atAllo.stop(), encryption != Encryption.NONE);
        var file = ForgedDatagram.write(forged, lab.host("attacker").directory().resolve("forged"));
        var forger = lab.attack(ForgeryProgram.class, "attacker", file.toString(), "6", Integer.toString(RATE));
        forger.awaitLine(Pattern.compile("^forging"), 0, Duration.ofSeconds(30));
        AlloLab.talk(alice, bob, TALK);
        var sent = forger.awaitLine(Pattern.compile("^sent (\\d+)"), 0, Duration.ofSeconds(60));
        AlloLab.end(alice, bob);
        AlloLab.assertHears(alice, bob, HEARD);
        AlloLab.assertHears(bob, alice, HEARD);
        assertEquals(0, atAttacker.stop().stream().filter(this::isToAttacker).count(), "the attacker's yield");
        assertTrue(Integer.parseInt(sent.group(1)) > RATE, sent.group());
        var counted = encryption == Encryption.NONE ? "allo_media_refused_total" : "allo_media_unauthenticated_total";
        Awaitility.await("what was forged came to the ports: " + counted).until(() -> lab.figure(counted) > RATE / 4);
        long thrownAway = lab.figure(counted);
        lab.allo().assertNoSurprise();
        long resident = lab.allo().residentMib();
        System.out.println("figures: " + forged.size() + " kinds of forged media to a call (" + encryption + "), "
                + sent.group() + " in 6 s, " + counted + " " + thrownAway + ", resident " + resident + " MiB");
        assertTrue(resident < MOST_RESIDENT_MIB, resident + " MiB");
    }

    private boolean isToAttacker(CapturedPacket packet) {
        return packet.destination().startsWith(lab.host("attacker").address() + ":");
    }

    /** All that can be sent to the ports of a call by what was captured of it, in an order by chance. */
    private List<ForgedDatagram> forgeries(List<CapturedPacket> captured, boolean encrypted) {
        var forged = new ArrayList<ForgedDatagram>();
        var streams = RtpStream.to(lab.host("allo").address(), captured).stream()
                .filter(stream -> stream.packets().size() > 25)
                .toList();
        assertEquals(2, streams.size(), "a stream from each phone");
        for (var stream : streams) {
            var last = stream.packets().getLast();
            var packets = new ArrayList<byte[]>();
            int ssrc = (int) last.ssrc();
            if (encrypted) {
                stream.packets().forEach(packet -> packets.addAll(ForgedMedia.fromEncrypted(packet.payload())));
            }
            packets.addAll(ForgedMedia.goodbyes(ssrc, random));
            packets.addAll(ForgedMedia.brokenRtp(ssrc, last.sequenceNumber()));
            packets.addAll(ForgedMedia.brokenRtcp(ssrc));
            packets.addAll(ForgedMedia.stun(random));
            packets.addAll(ForgedMedia.dtls(random));
            packets.addAll(ForgedMedia.rubbish(random));
            packets.forEach(packet -> toBothPorts(forged, stream.source(), stream.destination(), packet));
        }
        if (encrypted) {
            captured.stream()
                    .filter(this::isReport)
                    .forEach(report -> ForgedMedia.fromEncrypted(report.payload())
                            .forEach(packet ->
                                    forged.add(new ForgedDatagram(report.source(), report.destination(), packet))));
        }
        Collections.shuffle(forged, random);
        return forged;
    }

    private boolean isReport(CapturedPacket packet) {
        return packet.destination().startsWith(lab.host("allo").address() + ":")
                && packet.payload().length > 24
                && (packet.payload()[0] & 0xc0) == 0x80
                && !packet.isRtp();
    }

    /** From the phone and from the attacker, to the port of sound and to that of reports. */
    private void toBothPorts(List<ForgedDatagram> forged, String source, String destination, byte[] packet) {
        String attacker = lab.host("attacker").address() + ":4000";
        for (String from : List.of(source, attacker)) {
            forged.add(new ForgedDatagram(from, destination, packet));
        }
        forged.add(new ForgedDatagram(next(source), next(destination), packet));
    }

    private static String next(String address) {
        int colon = address.indexOf(':');
        return address.substring(0, colon + 1) + (Integer.parseInt(address.substring(colon + 1)) + 1);
    }

    private Phone phone(String user, int toneHz, String transport, Encryption encryption) {
        return lab.phone(
                Kind.BARESIP,
                user,
                account -> account.withTone(toneHz).withTransport(transport, 0).withEncryption(encryption));
    }
}
