package io.allo.conformance.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab;
import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.attack.BombProgram;
import io.allo.conformance.attack.ConnectionProgram;
import io.allo.conformance.lab.LoggedProcess;
import io.allo.conformance.phone.Phone;
import io.allo.conformance.phone.PhoneAccount.Encryption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that never say what they want, messages without an end, and descriptions that are bombs, while a call is up: its sound stays
 * whole, a phone that was never seen registers over the same transports, memory stays bounded, and the attackers get nothing.
 */
@Isolated
@Tag("phones")
class SignallingAttackTest {
    private static final Duration LONG = Duration.ofSeconds(240);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MOST_RESIDENT_MIB = 500;

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private Phone alice;
    private Phone bob;

    @BeforeEach
    void aCallIsUp() {
        lab.aliceAndBob()
                .config()
                .user("carol", AlloLab.PASSWORD, "")
                .user("dave", AlloLab.PASSWORD, "")
                .peer("insider", lab.host("insider"), AlloLab.SIPP_PORT, "udp", "")
                .dialplan("""
                        [phones]
                        exten => answer,1,Answer()
                         same => n,Wait(30)
                        exten => _[a-z].,1,Dial(PJSIP/${EXTEN},30)
                         same => n,Hangup()
                        """);
        lab.start();
        alice = phone("alice", 440, "udp");
        bob = phone("bob", 620, "tls");
        AlloLab.connect(alice, bob);
    }

    /** The honest go on: the call that is up, and two phones that come and call each other. */
    private void assertTheHonestGoOn() {
        AlloLab.talk(alice, bob, Duration.ofSeconds(5));
        Phone carol = phone("carol", 700, "tcp");
        Phone dave = phone("dave", 530, "tls");
        AlloLab.end(alice, bob); // before their voices end, which are a minute long, however slow the machine
        AlloLab.assertHears(alice, bob, Duration.ofSeconds(4));
        AlloLab.assertHears(bob, alice, Duration.ofSeconds(4));
        AlloLab.connect(carol, dave);
        AlloLab.talk(carol, dave, Duration.ofSeconds(3));
        AlloLab.end(carol, dave);
        AlloLab.assertHears(carol, dave, Duration.ofSeconds(2));
        AlloLab.assertHears(dave, carol, Duration.ofSeconds(2));
    }

    @AfterEach
    void nothingUnexpectedHappened() {
        lab.allo().assertNoSurprise();
    }

    @Test
    void slowConnectionsAreClosedAndCostNobodyAnything() {
        var slow = attack("slow", "40");
        slow.awaitLine(Pattern.compile("^slow "), 0, SOON);
        assertTheHonestGoOn();
        var closed = slow.awaitLine(Pattern.compile("^closed (\\d+) of (\\d+), came back (\\d+)"), 0, LONG);
        figures(closed.group());
        assertEquals(closed.group(2), closed.group(1), "every one was closed");
        assertEquals("0", closed.group(3), "bytes for the attacker");
    }

    @Test
    void messagesWithoutEndAreCutOff() {
        var endless = attack("endless");
        endless.awaitLine(Pattern.compile("^poured "), 0, SOON);
        assertTheHonestGoOn();
        endless.awaitLine(Pattern.compile("^poured$"), 0, LONG);
        var cases = lines(endless, "poured ");
        figures(cases.size() + " kinds of endless messages");
        assertEquals(20, cases.size(), cases.toString());
        for (String one : cases) {
            assertTrue(one.matches("poured .*: cut off( by reset)?, (400|413|513|silence|something)"), one);
        }
    }

    /** 200 connections from each of eight addresses, each with 260,000 bytes of a message that is never complete: 400 MB. */
    @Test
    void whatIsHoardedInUnfinishedMessagesIsBounded() {
        var addresses = lab.network().addAddresses(lab.host("attacker"), 8);
        var arguments = new ArrayList<>(List.of("hoard", lab.host("allo").address(), port("tcp")));
        arguments.addAll(addresses);
        var hoard = lab.attack(ConnectionProgram.class, "attacker", arguments.toArray(String[]::new));
        hoard.awaitLine(Pattern.compile("^hoarding (\\d+), cut off (\\d+)"), 0, LONG);
        assertTheHonestGoOn();
        long cutOff = lab.figure("allo_sip_hoarders_total");
        figures("of 1600 that hoard " + cutOff + " were cut off, " + lab.figure("allo_sip_unfinished_bytes")
                + " bytes held");
        assertTrue(cutOff > 1_000, cutOff + " were cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"insider", "attacker"})
    void bombsAreAnsweredAndHarmNobody(String from) {
        var bombs = lab.attack(BombProgram.class, from, lab.host("allo").address(), port("udp"), port("tcp"), "answer");
        bombs.awaitLine(Pattern.compile("^bomb "), 0, SOON);
        assertTheHonestGoOn();
        bombs.awaitLine(Pattern.compile("^bombed"), 0, LONG);
        var cases = lines(bombs, "bomb ");
        for (String one : cases) {
            assertTrue(
                    one.matches(
                            from.equals("insider")
                                    ? ".*: ([2456]\\d\\d|too long)"
                                    : ".*: (4\\d\\d|513|silence|too long)"),
                    one);
        }
        figures(cases.size() + " bombs of an " + from + ", "
                + cases.stream().filter(one -> one.matches(".*: 2\\d\\d")).count() + " taken");
    }

    private LoggedProcess attack(String kind, String... more) {
        var arguments = new ArrayList<>(List.of(kind, lab.host("allo").address(), port("tcp"), port("tls")));
        arguments.addAll(Arrays.asList(more));
        return lab.attack(ConnectionProgram.class, "attacker", arguments.toArray(String[]::new));
    }

    private static List<String> lines(LoggedProcess program, String start) {
        return program.lines().stream().filter(line -> line.startsWith(start)).toList();
    }

    private void figures(String what) {
        long resident = lab.allo().residentMib();
        System.out.println("figures: " + what + ", resident " + resident + " MiB");
        assertTrue(resident < MOST_RESIDENT_MIB, resident + " MiB");
    }

    private String port(String transport) {
        return Integer.toString(lab.config().port(transport));
    }

    private Phone phone(String user, int toneHz, String transport) {
        return lab.phone(
                Kind.BARESIP,
                user,
                account -> account.withTone(toneHz)
                        .withTransport(transport, 0)
                        .withEncryption(transport.equals("tls") ? Encryption.REQUIRED : Encryption.NONE));
    }
}
