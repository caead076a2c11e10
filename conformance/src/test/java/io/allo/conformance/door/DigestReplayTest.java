package io.allo.conformance.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab;
import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.attack.TalkProgram;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.CapturedPacket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who has read a phone's requests on the way sends their credentials again: as they were, for another method, another number, another user, with
 * parts left out, from his own address, from the phone's and after a restart. Nobody is registered, nothing rings. RFC 7616 5.4, 3.4.5.
 */
@Tag("phones")
class DigestReplayTest {
    private static final Duration LONG = Duration.ofSeconds(150);
    private static final Pattern RINGS = Pattern.compile("Incoming call from: ");

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private int number;

    @Test
    void whatAPhoneProvedOnceProvesNothingToAnother() throws IOException {
        lab.aliceAndBob().config().user("carol", AlloLab.PASSWORD, "");
        lab.start();
        var capture = lab.capture("allo");
        Phone bob = lab.bob(Kind.BARESIP);
        Phone carol = lab.phone(Kind.BARESIP, "carol", account -> account.withTone(700));
        Phone alice = lab.alice(Kind.BARESIP);
        AlloLab.connect(alice, bob);
        AlloLab.end(alice, bob);
        // dumpcap writes down what it has seen within a second, but not at its end
        Awaitility.await()
                .until(() -> signed("INVITE", "alice", capture.packets()).isPresent());
        var packets = capture.stop();
        String register = signed("REGISTER", "alice", packets).orElseThrow();
        String invite = signed("INVITE", "alice", packets).orElseThrow();
        int marked = bob.process().mark();
        int markedCarol = carol.process().mark();

        for (String from : List.of("attacker", "alice")) {
            assertNothingIsProved(talk(from, forgeries(register, invite)), from);
        }
        lab.allo().restart();
        assertNothingIsProved(talk("attacker", forgeries(register, invite)), "attacker after a restart");

        assertFalse(bob.process().hasLine(RINGS, marked), "bob's phone rang");
        assertFalse(carol.process().hasLine(RINGS, markedCarol), "carol's phone rang");
        var contacts = String.join("\n", lab.ask("show contacts"));
        assertFalse(contacts.contains(lab.host("attacker").address()), contacts);
        assertEquals(
                3, contacts.lines().filter(line -> line.contains("10.77.0.")).count(), contacts);
        AlloLab.connect(alice, bob);
        AlloLab.end(alice, bob);
    }

    private static void assertNothingIsProved(Map<String, String> answers, String from) {
        System.out.println("figures: digests from " + from + ": " + answers);
        var refusals = Set.of("400", "401", "403");
        answers.forEach((name, status) -> assertTrue(refusals.contains(status), from + ", " + name + ": " + status));
    }

    /** The last request of this kind and user with credentials. */
    private static Optional<String> signed(String method, String user, List<CapturedPacket> packets) {
        return packets.stream()
                .map(packet -> new String(packet.payload(), StandardCharsets.ISO_8859_1))
                .filter(text -> text.startsWith(method + " ") && text.contains("Authorization: Digest"))
                .filter(text -> text.contains("username=\"" + user + "\""))
                .reduce((first, last) -> last);
    }

    private Map<String, String> forgeries(String register, String invite) {
        String ofRegister = header(register, "Authorization");
        String ofInvite = header(invite, "Authorization");
        String registered = register.substring(9, register.indexOf(" SIP/2.0"));
        String called = invite.substring(7, invite.indexOf(" SIP/2.0"));
        String other = called.replace("bob", "carol");
        var all = new LinkedHashMap<String, String>();
        all.put("the same REGISTER", own(register));
        all.put("the same INVITE", own(invite));
        all.put("its count raised", own(register).replace("nc=00000001", "nc=00000002"));
        all.put("an INVITE's for a REGISTER", own(register).replace(ofRegister, ofInvite));
        all.put("a REGISTER's for an INVITE", own(invite).replace(ofInvite, ofRegister));
        all.put(
                "a REGISTER's for an INVITE of its own address",
                own(invite).replace(ofInvite, ofRegister).replaceFirst("INVITE \\S+", "INVITE " + registered));
        all.put("for another number", own(invite).replaceFirst("INVITE \\S+", "INVITE " + other));
        all.put("for another number in both places", own(invite).replace(called, other));
        all.put("for another user", own(register).replace("alice", "bob"));
        all.put(
                "without its protection",
                own(register)
                        .replace(ofRegister, ofRegister.replaceAll(",?\\s*(qop|nc|cnonce)=(\"[^\"]*\"|[^,]*)", "")));
        all.put(
                "by another algorithm",
                own(register).replace(ofRegister, ofRegister.replaceAll("algorithm=\\w+", "algorithm=MD5-sess")));
        all.put(
                "with the body under it",
                own(register).replace(ofRegister, ofRegister.replace("qop=auth", "qop=auth-int")));
        return all;
    }

    private static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow();
    }

    /** A request of the attacker's with the same credentials: another transaction, call and contact. */
    private String own(String message) {
        number++;
        String own = message.replaceAll("(?m)^Via: .*\r\n", "")
                .replaceFirst(
                        "\r\n",
                        "\r\nVia: SIP/2.0/UDP " + TalkProgram.OWN + ";rport;branch=z9hG4bKreplay" + number + "\r\n")
                .replaceAll("(?m)^Contact: .*$", "Contact: <sip:mallory@" + TalkProgram.OWN + ">\r")
                .replaceAll("(?m)^Call-ID: .*$", "Call-ID: replay" + number + "\r");
        return own.replaceAll("\r\r", "\r");
    }

    private Map<String, String> talk(String host, Map<String, String> messages) throws IOException {
        var text = new StringBuilder();
        messages.forEach((name, message) -> text.append(name)
                .append('\n')
                .append(message)
                .append(TalkProgram.END)
                .append('\n'));
        var file = lab.host(host).directory().resolve("messages" + number);
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        var program = lab.attack(
                TalkProgram.class,
                host,
                lab.host("allo").address(),
                Integer.toString(lab.config().port("udp")),
                file.toString(),
                "10000");
        program.awaitLine(Pattern.compile("^said all"), 0, LONG);
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
}
