package io.allo.conformance.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab;
import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.LoggedProcess;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.phone.Phone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guessers and scanners against a running allo: what they get, what they cost the honest, and what fail2ban reads of it. */
@Tag("phones")
class AttackTest {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Pattern GUESSED = Pattern.compile("^guessed");

    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private LoggedProcess guesser(String host, String user, int count, String right) {
        return lab.attack(
                host,
                "guess",
                lab.host("allo").address(),
                Integer.toString(lab.config().port("udp")),
                user,
                Integer.toString(count),
                right);
    }

    private List<String> guesses(String host, String user, int count, String right) {
        var program = guesser(host, user, count, right);
        program.awaitLine(GUESSED, 0, LONG);
        return program.lines().stream()
                .filter(line -> line.startsWith("guess "))
                .toList();
    }

    private Path securityLog() throws IOException {
        try (var files = Files.walk(lab.host("allo").directory())) {
            return files.filter(file -> file.getFileName().toString().equals("security"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aGuesserIsShutOutAndHisRightPasswordComesTooLate() throws IOException {
        lab.aliceAndBob().start();
        var answers = guesses("attacker", "alice", 12, AlloLab.PASSWORD);
        assertEquals("guess 10: 401", answers.get(9));
        assertEquals(List.of("guess 11: silence", "guess 12: silence"), answers.subList(10, 12));
        String address = lab.host("attacker").address();
        assertTrue(
                lab.ask("bans").stream().anyMatch(line -> line.startsWith(address)),
                () -> lab.ask("bans").toString());
        lab.allo().restart();
        assertEquals(List.of("guess 1: silence"), guesses("attacker", "alice", 1, AlloLab.PASSWORD));
        lab.ask("bans lift " + address);
        assertEquals(List.of("guess 1: 200"), guesses("attacker", "alice", 1, AlloLab.PASSWORD));
    }

    @Test
    void aGuesserBehindThePhonesOwnAddressDoesNotCostThePhoneItsCalls() {
        lab.aliceAndBob().start();
        Phone bob = lab.bob(Kind.BARESIP);
        Phone alice = lab.alice(Kind.BARESIP);
        // four guessers at once, since answers grow slow; then one who knows the password
        var guessers = IntStream.range(0, 4)
                .mapToObj(i -> guesser("alice", "bob", 6, ""))
                .toList();
        guessers.forEach(guesser -> guesser.awaitLine(GUESSED, 0, LONG));
        assertEquals(List.of("guess 1: 401"), guesses("alice", "bob", 1, AlloLab.PASSWORD));
        assertTrue(lab.ask("bans").stream()
                .anyMatch(line -> line.startsWith("bob@" + lab.host("alice").address())));
        AlloLab.connect(alice, bob);
        AlloLab.talk(alice, bob, Duration.ofSeconds(2));
        AlloLab.end(alice, bob);
    }

    @Test
    void fail2banReadsTheSecurityLogWithDebiansOwnFilter() throws IOException {
        Tools.need(Tools.FAIL2BAN);
        lab.aliceAndBob().start();
        guesses("attacker", "alice", 5, "");
        guesses("attacker", "nobody", 2, "");
        assertEquals(List.of("guess 1: 200"), guesses("honest", "bob", 1, AlloLab.PASSWORD));
        lab.allo().stop();
        String attacker = lab.host("attacker").address();
        String said = Tools.run(
                Tools.FAIL2BAN.command(), "-v", securityLog().toString(), "/etc/fail2ban/filter.d/asterisk.conf");
        var matched = Pattern.compile("Failregex: (\\d+) total").matcher(said);
        assertTrue(matched.find(), said);
        // 5 wrong passwords; of a user who is none: each question and each answer
        assertEquals(5 + 4, Integer.parseInt(matched.group(1)), said);
        String found = said.substring(said.indexOf("Failregex:"), said.indexOf("Date template hits"));
        assertTrue(found.contains(attacker), said);
        assertFalse(found.contains(lab.host("honest").address()), said);
        assertFalse(Files.readString(securityLog()).contains(AlloLab.PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"friendly-scanner", "Yealink SIP-T46S"})
    void sipviciousFindsNothing(String program) throws IOException {
        Tools.need(Tools.SVMAP, Tools.SVWAR, Tools.SVCRACK);
        lab.aliceAndBob().start();
        boolean open = !program.equals("friendly-scanner");
        Path tools = disguised(program);
        Path names = lab.host("attacker").directory().resolve("names");
        Files.write(names, List.of("100", "1000", "alice", "bob", "carol", "test"));
        Path passwords = lab.host("attacker").directory().resolve("passwords");
        var tried =
                new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> "word" + i).toList());
        tried.add(AlloLab.PASSWORD);
        Files.write(passwords, tried);
        String port = Integer.toString(lab.config().port("udp"));
        String host = lab.host("allo").address();
        String map = run(tools, "svmap.py", "-p", port, host);
        // a server that answers phones can be seen to be one, but not which
        assertFalse(map.contains("allo") || map.contains("Asterisk"), map);
        assertEquals(open, map.contains(host + ":" + port), map);
        for (String method : List.of("REGISTER", "INVITE", "OPTIONS")) {
            String war = run(tools, "svwar.py", "--force", "-d", names.toString(), "-m", method, "-p", port, host);
            assertFalse(war.contains("alice") || war.contains("bob"), war);
        }
        String crack = run(tools, "svcrack.py", "-u", "alice", "-d", passwords.toString(), "-p", port, host);
        assertFalse(crack.contains(AlloLab.PASSWORD), crack);
        assertTrue(lab.ask("bans").stream()
                .anyMatch(line -> line.startsWith(lab.host("attacker").address())));
        assertEquals(List.of("guess 1: 200"), guesses("honest", "bob", 1, AlloLab.PASSWORD));
    }

    /** A copy of sipvicious that gives itself another name. */
    private Path disguised(String program) throws IOException {
        Path from = Path.of("/usr/share/sipvicious");
        Path to = lab.host("attacker").directory().resolve("tools");
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (file.toString().endsWith(".py")) {
                    Files.writeString(
                            copy,
                            Files.readString(file)
                                    .replace("useragent='friendly-scanner'", "useragent='" + program + "'"));
                }
            }
        }
        return to;
    }

    private String run(Path tools, String script, String... arguments) {
        LabHost attacker = lab.host("attacker");
        var command = new ArrayList<>(List.of(
                "python3",
                "-c",
                "import sys; from sipvicious import " + script.replace(".py", "") + " as s; s.main()",
                "--maximumtime=5"));
        if (script.equals("svmap.py")) {
            command.removeLast();
        }
        command.addAll(List.of(arguments));
        var program = lab.network()
                .running(LoggedProcess.start(
                        script.replace(".py", ""),
                        attacker.directory(),
                        Map.of("PYTHONPATH", tools.toString()),
                        attacker.command(command)));
        program.awaitExit(LONG);
        return String.join("\n", program.lines());
    }
}
