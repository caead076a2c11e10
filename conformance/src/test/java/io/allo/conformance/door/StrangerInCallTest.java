package io.allo.conformance.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab;
import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.attack.TalkProgram;
import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.CapturedPacket;
import io.allo.conformance.sound.PacketCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who has read a whole call on the way sends requests within it, with the right Call-ID, tags and numbers, but from his own address: the call
 * stays up, its sound whole and where it was. A phone whose address changes within a call proves its password and goes on.
 */
@Tag("phones")
class StrangerInCallTest {
    private static final Duration TALK = Duration.ofSeconds(3);
    private static final String MEDIA_PORT = "40404";

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @Test
    void whoHasReadACallCanNeitherEndItNorDrawItsSoundToHimself() throws IOException {
        lab.aliceAndBob().start();
        PacketCapture capture = lab.capture("allo");
        PacketCapture atAttacker = lab.capture("attacker");
        Phone bob = lab.bob(Kind.BARESIP);
        Phone alice = lab.alice(Kind.BARESIP);
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, Duration.ofSeconds(1));
        Awaitility.await()
                .until(() -> read(capture, this::isAnswerToAlice).isPresent()
                        && read(capture, this::isAnswerOfBob).isPresent());

        var answers = talk(forgeries(
                read(capture, this::isAnswerToAlice).orElseThrow(),
                read(capture, this::isAnswerOfBob).orElseThrow(),
                read(capture, this::isInviteOfAlice).orElseThrow()));

        System.out.println("figures: within a call, from elsewhere: " + answers);
        answers.forEach((name, status) ->
                assertTrue(Set.of("400", "401", "481").contains(status), "from elsewhere, " + name + ": " + status));
        AlloLab.talk(alice, bob, TALK);
        moved(lab.host("alice"), lab.config().port("udp"));
        AlloLab.end(alice, bob);
        AlloLab.assertHears(alice, bob, TALK);
        AlloLab.assertHears(bob, alice, TALK);
        assertTrue(
                atAttacker.stop().stream()
                        .noneMatch(packet -> packet.destination().endsWith(":" + MEDIA_PORT)),
                "sound came to the stranger");
        Awaitility.await("the phone that moved is asked for its password")
                .until(() -> read(capture, text -> text.startsWith("BYE ") && text.contains("username=\"alice\""))
                        .isPresent());
        String security = securityLog();
        assertTrue(
                security.contains(
                        "RemoteAddress=\"IPV4/UDP/" + lab.host("attacker").address()),
                security);
        assertEquals(
                List.of(),
                lab.ask("show channels").stream()
                        .filter(l -> l.contains("PJSIP/"))
                        .toList());
    }

    /** From now on the host speaks SIP from another address, as behind a router that has got a new line. */
    private static void moved(LabHost host, int port) {
        Tools.need(Tools.NFT);
        String other = host.address().replaceFirst("\\d+$", "222");
        run(host, Tools.IP.command(), "address", "add", other + "/24", "dev", "eth0");
        run(host, Tools.NFT.command(), "add table ip moved");
        run(host, Tools.NFT.command(), "add chain ip moved post { type nat hook postrouting priority 100 ; }");
        run(host, Tools.NFT.command(), "add rule ip moved post udp dport " + port + " snat to " + other);
    }

    private static void run(LabHost host, String... command) {
        Tools.run(host.command(List.of(command)).toArray(new String[0]));
    }

    private boolean isInviteOfAlice(String text) {
        return text.startsWith("INVITE ") && text.contains("username=\"alice\"");
    }

    private boolean isAnswerToAlice(String text) {
        return text.startsWith("SIP/2.0 200") && text.contains(" INVITE\r\n") && text.contains("\r\nServer: allo");
    }

    private boolean isAnswerOfBob(String text) {
        return text.startsWith("SIP/2.0 200") && text.contains(" INVITE\r\n") && text.contains("\r\nServer: baresip");
    }

    private static Optional<String> read(PacketCapture capture, Predicate<String> wanted) {
        return capture.packets().stream()
                .map(CapturedPacket::payload)
                .map(payload -> new String(payload, StandardCharsets.ISO_8859_1))
                .filter(wanted)
                .reduce((first, last) -> last);
    }

    private static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    /** As alice within her call, as bob within his; and with the credentials that alice's phone has shown. */
    private Map<String, String> forgeries(String toAlice, String ofBob, String invite) {
        var all = new LinkedHashMap<String, String>();
        String credentials = "Authorization: " + header(invite, "Authorization") + "\r\n";
        for (String method : List.of("INFO", "UPDATE", "INVITE", "PRACK", "REFER", "SUBSCRIBE", "BYE")) {
            all.put(method + " as alice", within(method, toAlice, header(toAlice, "From"), header(toAlice, "To"), ""));
            all.put(method + " as bob", within(method, ofBob, header(ofBob, "To"), header(ofBob, "From"), ""));
        }
        all.put(
                "BYE with credentials of the call",
                within("BYE", toAlice, header(toAlice, "From"), header(toAlice, "To"), credentials));
        return all;
    }

    private String within(String method, String answer, String from, String to, String more) {
        boolean described = List.of("INVITE", "UPDATE").contains(method);
        String own = lab.host("attacker").address();
        String sdp = described
                ? "v=0\r\no=- 9 9 IN IP4 " + own + "\r\ns=-\r\nc=IN IP4 " + own + "\r\nt=0 0\r\nm=audio " + MEDIA_PORT
                        + " RTP/AVP 8\r\n"
                : "";
        return method + " sip:" + lab.host("allo").address() + ":"
                + lab.config().port("udp") + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + TalkProgram.OWN + ";rport;branch=z9hG4bK" + method
                + (from + to + more).hashCode()
                + "\r\nFrom: " + from + "\r\nTo: " + to + "\r\nCall-ID: " + header(answer, "Call-ID") + "\r\nCSeq: "
                + (9_000 + method.hashCode() % 500) + " " + method + "\r\nContact: <sip:mallory@" + TalkProgram.OWN
                + ">\r\nMax-Forwards: 70\r\nEvent: dialog\r\n" + more
                + (described ? "Content-Type: application/sdp\r\n" : "") + "Content-Length: " + sdp.length()
                + "\r\n\r\n" + sdp;
    }

    private Map<String, String> talk(Map<String, String> messages) throws IOException {
        var text = new StringBuilder();
        messages.forEach((name, message) -> text.append(name)
                .append('\n')
                .append(message)
                .append(TalkProgram.END)
                .append('\n'));
        var file = lab.host("attacker").directory().resolve("within");
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        var program = lab.attack(
                TalkProgram.class,
                "attacker",
                lab.host("allo").address(),
                Integer.toString(lab.config().port("udp")),
                file.toString(),
                "10000");
        program.awaitLine(Pattern.compile("^said all"), 0, Duration.ofSeconds(120));
        var said = new LinkedHashMap<String, String>();
        for (String line : program.lines()) {
            var matcher = Pattern.compile("^said (.+): (\\w+)$").matcher(line);
            if (matcher.find()) {
                said.put(matcher.group(1), matcher.group(2));
            }
        }
        assertEquals(messages.keySet(), said.keySet());
        return said;
    }

    private String securityLog() throws IOException {
        try (var files = Files.walk(lab.host("allo").directory())) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().equals("security"))
                            .findFirst()
                            .orElseThrow());
        }
    }
}
