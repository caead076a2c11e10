package io.allo.conformance.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab;
import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount.Encryption;
import io.allo.conformance.sound.PacketCapture;
import io.allo.conformance.sound.RtpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stranger who knows a call's ports, and even its sources and numbers, sends a thousand packets a second there: right ones, RTCP that says
 * goodbye, STUN, DTLS and rubbish. The phones' sound stays whole, and the stranger gets nothing.
 */
@Isolated
@Tag("phones")
class MediaAttackTest {
    private static final Duration TALK = Duration.ofSeconds(5);
    private static final Duration HEARD = Duration.ofSeconds(4);

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @ParameterizedTest
    @CsvSource({"udp,NONE", "tls,REQUIRED", "udp,DTLS"})
    void whatAStrangerSendsToTheMediaPortsIsNeitherHeardNorAnswered(String transport, Encryption encryption) {
        lab.aliceAndBob().start();
        Phone alice = phone("alice", 440, transport, encryption);
        Phone bob = phone("bob", 620, transport, encryption);
        PacketCapture atAlice = lab.capture("alice");
        PacketCapture atBob = lab.capture("bob");
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, Duration.ofSeconds(1));
        var streams = new ArrayList<RtpStream>();
        streams.addAll(RtpStream.to(lab.host("allo").address(), atAlice.stop()));
        streams.addAll(RtpStream.to(lab.host("allo").address(), atBob.stop()));
        var ports = streams.stream().map(s -> port(s.destination())).distinct().toList();
        assertEquals(2, ports.size(), "a port for each phone");
        var ofAlice = streams.getFirst().packets().getLast();
        var flood = lab.attack(
                "attacker",
                "inject",
                lab.host("allo").address(),
                ports.getFirst(),
                "6",
                Long.toString(ofAlice.ssrc()),
                Integer.toString(ofAlice.sequenceNumber()),
                ports.getLast(),
                Integer.toString(Integer.parseInt(ports.getFirst()) + 1),
                Integer.toString(Integer.parseInt(ports.getLast()) + 1));
        flood.awaitLine(Pattern.compile("^injecting"), 0, Duration.ofSeconds(20));
        AlloLab.talk(alice, bob, TALK);
        AlloLab.end(alice, bob);
        AlloLab.assertHears(alice, bob, HEARD);
        AlloLab.assertHears(bob, alice, HEARD);
        var result = flood.awaitLine(Pattern.compile("^sent (\\d+), came back (\\d+)"), 0, Duration.ofSeconds(20));
        assertTrue(Integer.parseInt(result.group(1)) > 3_000, result.group());
        assertEquals("0", result.group(2), "the stranger's yield");
    }

    private Phone phone(String user, int toneHz, String transport, Encryption encryption) {
        return lab.phone(
                Kind.BARESIP,
                user,
                account -> account.withTone(toneHz).withTransport(transport, 0).withEncryption(encryption));
    }

    private static String port(String address) {
        return List.of(address.split(":")).getLast();
    }
}
