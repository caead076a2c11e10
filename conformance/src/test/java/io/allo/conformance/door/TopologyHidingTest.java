package io.allo.conformance.door;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab;
import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.attack.TalkProgram;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.sound.CapturedPacket;
import io.allo.conformance.sound.PacketCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever allo sends to a phone, SIP, descriptions and RTCP of whole calls, names nothing of the other phone, of the machine or of the
 * software; what it answers a stranger names nothing but what he wrote himself and the address he wrote to.
 */
@Tag("phones")
class TopologyHidingTest {
    private static final List<String> METHODS = List.of(
            "REGISTER",
            "INVITE",
            "OPTIONS",
            "SUBSCRIBE",
            "PUBLISH",
            "MESSAGE",
            "REFER",
            "BYE",
            "CANCEL",
            "UPDATE",
            "INFO",
            "NOTIFY",
            "PRACK",
            "WHO");

    /** Of the software (but its name, which is what user_agent of pjsip.conf is by default) and what it runs on, of the machine and its user. */
    private static final Pattern MACHINE = Pattern.compile(
            "(?i)\r\n(Server|User-Agent): (?!allo\r\n)|allo[/ -]?\\d|java|jdk|linux|x86|snapshot|\r\no=(?!- )");

    /** What is by chance, and may look like anything. */
    private static final Pattern CHANCE = Pattern.compile(
            "branch=[^;\r]*|tag=[^;\r]*|Call-ID: [^\r]*|nonce=\"[^\"]*\"|-0x[0-9a-f]*|urn:uuid:[-0-9a-f]*");

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @Test
    void whatAPhoneIsSentNamesNothingOfTheOther() throws IOException {
        lab.aliceAndBob().start();
        PacketCapture atAlice = lab.capture("alice");
        PacketCapture atBob = lab.capture("bob");
        Phone bob = lab.bob(Kind.BARESIP);
        Phone alice = lab.alice(Kind.BARESIP);
        callWithHold(alice, bob);
        AlloLab.connect(bob, alice);
        AlloLab.end(bob, alice);
        unansweredCalls(alice, bob);
        for (var side : List.of(List.of("alice", "bob"), List.of("bob", "alice"))) {
            var capture = side.getFirst().equals("alice") ? atAlice : atBob;
            var messages = sent(side.getFirst(), capture, side.getFirst().equals("alice") ? "SIP/2.0 404" : "CANCEL ");
            capture.stop();
            assertSilentAbout(side.getLast(), messages);
            assertTrue(messages.stream().anyMatch(m -> m.contains("m=audio")), "descriptions were seen");
        }
    }

    private static void callWithHold(Phone alice, Phone bob) {
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, Duration.ofSeconds(1));
        alice.hold();
        alice.awaitOnHold();
        alice.resume();
        alice.awaitResumed();
        AlloLab.end(alice, bob);
    }

    /** One that is called off (487), one that is declined, one to nobody (404). */
    private static void unansweredCalls(Phone alice, Phone bob) {
        bob.listen();
        alice.dial("bob");
        bob.awaitIncoming();
        alice.awaitRinging();
        bob.listen();
        alice.hangup();
        bob.awaitEnded(Phone.PATIENCE);
        bob.listen();
        alice.dial("bob");
        bob.awaitIncoming();
        alice.awaitRinging();
        alice.listen();
        bob.hangup();
        alice.awaitEnded(Phone.PATIENCE);
        alice.dial("9999");
        alice.awaitRefused(404);
    }

    /** What allo sent this phone, in SIP and beside it, up to a message that begins like this. */
    private List<String> sent(String host, PacketCapture capture, String last) {
        Awaitility.await().until(() -> texts(host, capture.packets()).stream().anyMatch(text -> text.startsWith(last)));
        return texts(host, capture.packets());
    }

    private List<String> texts(String host, List<CapturedPacket> packets) {
        return packets.stream()
                .filter(packet -> packet.destination().startsWith(lab.host(host).address() + ":"))
                .filter(packet -> packet.source().startsWith(lab.host("allo").address() + ":"))
                .map(packet -> new String(packet.payload(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private void assertSilentAbout(String other, List<String> messages) throws IOException {
        for (String message : messages) {
            assertFalse(message.contains(lab.host(other).address()), "the other phone's address in " + message);
            assertFalse(
                    message.contains(other + "-0x") || message.contains("baresip"), "the other phone in " + message);
            assertSilentAboutMachine(message);
        }
    }

    private void assertSilentAboutMachine(String message) throws IOException {
        if (!message.startsWith("SIP/2.0 ") && !message.contains(" SIP/2.0\r\n")) {
            return; // sound
        }
        String meant = CHANCE.matcher(message).replaceAll("");
        var found = MACHINE.matcher(meant);
        assertFalse(found.find(), () -> found.group() + " in " + message);
        var name =
                Pattern.compile("\\b" + Pattern.quote(InetAddress.getLocalHost().getHostName()) + "\\b");
        assertFalse(name.matcher(meant).find(), "the machine's name, " + name + ", in " + message);
        assertFalse(message.contains(lab.host("allo").directory().toString()), "a path in " + message);
    }

    @Test
    void refusalsOfANumberOrADescriptionNameNothing() throws IOException {
        lab.aliceAndBob()
                .config()
                .user("carol", AlloLab.PASSWORD, "disallow=all\nallow=gsm\n")
                .dialplan("""
                [phones]
                exten => bob,1,Dial(PJSIP/bob,30)
                exten => short,1,Hangup(28)
                """);
        lab.start();
        PacketCapture atCarol = lab.capture("carol");
        PacketCapture atAlice = lab.capture("alice");
        lab.bob(Kind.BARESIP);
        Phone alice = lab.alice(Kind.BARESIP);
        alice.dial("short");
        alice.awaitRefused(484);
        Phone carol = lab.phone(
                Kind.BARESIP, "carol", account -> account.withTone(700).withCodecs("PCMA"));
        carol.dial("bob");
        carol.awaitRefused(488);
        assertRefusalIsSilent(sent("alice", atAlice, "SIP/2.0 484"));
        assertRefusalIsSilent(sent("carol", atCarol, "SIP/2.0 488"));
    }

    private void assertRefusalIsSilent(List<String> messages) throws IOException {
        assertSilentAbout("bob", messages);
        for (String message : messages) {
            assertFalse(message.contains("\r\nContact: <sip:bob"), message);
        }
    }

    @Test
    void whatAStrangerIsAnsweredNamesNothing() throws IOException {
        lab.aliceAndBob().start();
        lab.bob(Kind.BARESIP);
        var requests = new ArrayList<String>();
        for (String user : List.of("bob", "nobody")) {
            for (String method : METHODS) {
                requests.add(request(method, user, requests.size(), ""));
                requests.add(request(method, user, requests.size(), ";tag=there"));
            }
        }
        requests.add(request("INVITE", "bob", 900, "")
                .replace("INVITE 900", "INVITE")
                .replace("SIP/2.0\r\n", "SIP/9.0\r\n"));
        requests.add(request("INVITE", "bob", 901, "").replace("Max-Forwards: 70", "Max-Forwards: 0"));
        requests.add(request("INVITE", "bob", 902, "").replace("\r\nTo:", "\r\nRequire: everything\r\nTo:"));
        var file = lab.host("attacker").directory().resolve("requests");
        Files.writeString(file, String.join("", requests), StandardCharsets.ISO_8859_1);
        var program = lab.attack(
                TalkProgram.class,
                "attacker",
                lab.host("allo").address(),
                Integer.toString(lab.config().port("udp")),
                file.toString(),
                "1000");
        program.awaitLine(Pattern.compile("^said all"), 0, Duration.ofSeconds(150));
        var answers = Files.readString(file.resolveSibling("requests.answers"), StandardCharsets.ISO_8859_1)
                .split(TalkProgram.END);
        int answered = 0;
        for (String answer : answers) {
            int begin = answer.indexOf("SIP/2.0 ");
            if (begin >= 0) {
                answered++;
                assertTellsNothing(answer.substring(begin));
            }
        }
        System.out.println("figures: " + answered + " answers to a stranger's " + requests.size() + " requests");
        assertTrue(answered >= 20, answered + " answers");
    }

    private void assertTellsNothing(String answer) throws IOException {
        assertSilentAboutMachine(answer);
        assertFalse(answer.contains(lab.host("bob").address()), answer);
        var telling = Pattern.compile(
                        "(?m)^(Server|User-Agent|Allow|Supported|Accept|Contact|Warning|Organization|Call-Info):")
                .matcher(answer);
        assertFalse(telling.find(), () -> telling.group() + " in " + answer);
        String before = answer.replace("@" + lab.host("allo").address(), "@");
        assertFalse(before.contains(lab.host("allo").address()), "an address he did not write to: " + answer);
    }

    private String request(String method, String user, int number, String toTag) {
        String host = lab.host("allo").address();
        return (method + " " + number + "\n" + method + " sip:" + user + "@" + host + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP {own};rport;branch=z9hG4bKtopology" + number + "\r\n"
                        + "From: <sip:" + user + "@" + host + ">;tag=a\r\nTo: <sip:" + user + "@" + host + ">" + toTag
                        + "\r\n"
                        + "Call-ID: topology" + number + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:guest@{own}>\r\n"
                        + "Event: presence\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                + TalkProgram.END + "\n";
    }
}
