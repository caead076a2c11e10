package io.allo.conformance.door;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab;
import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.phone.Phone;
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
 * 5,000 requests a second, from one address and from a hundred: honest phones call with their sound whole, a phone that was never seen
 * registers, and memory stays bounded. Runs alone: it takes all that the machine has.
 */
@Isolated
@Tag("phones")
class FloodTest {
    private static final int RATE = 5_000;
    private static final int SECONDS = 20;
    private static final Pattern SENT = Pattern.compile("^sent (\\d+) in");

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    @ParameterizedTest
    @CsvSource({"INVITE, 1", "INVITE, 100", "REGISTER, 1", "REGISTER, 100"})
    void honestPhonesCallAndRegisterDuringAFlood(String method, int addresses) {
        lab.aliceAndBob().start();
        lab.config().user("carol", AlloLab.PASSWORD, "").write();
        lab.ask("reload");
        Phone bob = lab.bob(Kind.BARESIP);
        Phone alice = lab.alice(Kind.BARESIP);
        var arguments = new ArrayList<>(List.of(
                "flood",
                lab.host("allo").address(),
                Integer.toString(lab.config().port("udp")),
                method,
                Integer.toString(RATE),
                Integer.toString(SECONDS)));
        var attacker = lab.host("attacker");
        arguments.addAll(
                addresses == 1 ? List.of(attacker.address()) : lab.network().addAddresses(attacker, addresses));
        var flood = lab.attack("attacker", arguments.toArray(String[]::new));
        flood.awaitLine(Pattern.compile("^flooding"), 0, Duration.ofSeconds(20));
        AlloLab.connect(alice, bob);
        Phone carol = lab.unregisteredPhone(Kind.BARESIP, "carol", account -> account.withTone(700));
        AlloLab.talk(alice, bob, Duration.ofSeconds(5));
        carol.awaitRegistered();
        AlloLab.end(alice, bob);
        AlloLab.assertHears(alice, bob, Duration.ofSeconds(4));
        AlloLab.assertHears(bob, alice, Duration.ofSeconds(4));
        var sent = flood.awaitLine(SENT, 0, Duration.ofSeconds(60));
        long residentMib = lab.allo().residentMib();
        System.out.println("flood of " + method + " from " + addresses + " addresses: " + sent.group(1) + " in "
                + SECONDS + " s, resident " + residentMib + " MiB, " + dropped());
        assertTrue(residentMib < 700, residentMib + " MiB");
        assertTrue(Long.parseLong(sent.group(1)) > RATE * SECONDS / 2, "the attacker was too slow: " + sent.group(1));
    }

    private String dropped() {
        return String.join(
                ", ",
                lab.ask("show metrics").stream()
                        .filter(line -> line.startsWith("allo_door_dropped") || line.startsWith("allo_sip_lost"))
                        .filter(line -> !line.endsWith(" 0"))
                        .toList());
    }
}
