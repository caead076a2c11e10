package io.allo.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.gate.cli.CliClient;
import io.allo.gate.cli.CliServer;
import io.allo.io.store.Store;
import io.allo.server.ask.Asking;
import io.allo.sip.address.HostPort;
import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.registrar.Binding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a phone system that listens on ports of the system's choice. */
class ControlTest {

    private static final String PHONES = """
            [t]
            type=transport
            protocol=udp
            bind=127.0.0.1:0
            [101]
            type=endpoint
            context=office
            aors=101
            allow=!all,alaw
            [101]
            type=aor
            max_contacts=3
            contact=sip:101@127.0.0.1:9
            """;

    private static final String DIALPLAN = "[office]\nexten => 600,1(top),Answer()\n same => n,Hangup()\n";

    @TempDir
    Path directory;

    private PhoneSystem system;
    private CliServer server;
    private final List<String> stops = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("pjsip.conf"), PHONES);
        Files.writeString(directory.resolve("extensions.conf"), DIALPLAN);
        system = PhoneSystem.start(Configuration.read(directory, directory), directory);
        server = CliServer.open(socket(), system.desk(this::reload, how -> stops.add(how.name())));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        system.stop(0);
    }

    @Test
    void endpointsAreShownInTheAskersLanguage() throws IOException {
        var english = ask("en", "show endpoints");
        assertTrue(english.getFirst().startsWith("ENDPOINT  STATE"), english::toString);
        assertTrue(english.get(1).matches("101 +Not in use +0 +trunk +office +sip:101@127.0.0.1:9"), english::toString);
        assertTrue(ask("fr_FR.UTF-8", "show endpoints").get(1).matches("101 +libre +0 +opérateur +office +sip:.*"));
    }

    @Test
    void whyANumberMayNotBeCalledIsExplainedInTheAskersLanguage() throws IOException {
        var english = ask("en", "fraud explain 101 +5371234567");
        assertEquals("+5371234567: an ordinary number, Cuba", english.getFirst());
        assertTrue(english.get(1).endsWith("does not open Cuba (CU) (rule country)"), english::toString);
        assertTrue(ask("fr", "fraud explain 101 112").get(1).startsWith("101 peut l'appeler : un numéro d'urgence"));
        assertTrue(ask("en", "fraud").getFirst().startsWith("home country: "));
    }

    @Test
    void asterisksWordsAreAnsweredInItsLayoutAndInEnglish() throws IOException {
        var lines = ask("fr", "core show channels");
        assertEquals(
                List.of(
                        "Channel              Location             State   Application(Data)             ",
                        "0 active channels",
                        "0 active calls",
                        "0 calls processed"),
                lines);
        var endpoints = ask("fr", "pjsip show endpoints");
        assertTrue(endpoints.stream().anyMatch(line -> line.matches(" Endpoint:  101 +Not in use +0 of inf")));
        assertTrue(endpoints.contains("Objects found: 1"));
    }

    @Test
    void theDialplanIsShownWithFileAndLine() throws IOException {
        var lines = ask("en", "dialplan show office");
        assertEquals("[ Context 'office' created by 'pbx_config' ]", lines.getFirst());
        assertTrue(
                lines.stream().anyMatch(line -> line.matches(" +1\\. Answer\\(\\) +\\[extensions.conf:2\\]")),
                lines::toString);
        assertEquals("-= 1 extensions (2 priorities) in 1 contexts. =-", lines.getLast());
    }

    @Test
    void aReloadTakesAGoodConfigurationAndRefusesABrokenOne() throws IOException {
        Files.writeString(directory.resolve("extensions.conf"), DIALPLAN.replace("600", "700"));
        assertEquals(0, status("reload"));
        assertTrue(ask("en", "show dialplan").stream().anyMatch(line -> line.contains("'700'")));
        Files.writeString(directory.resolve("rtp.conf"), "[general]\nrtpstart=20000\nrtpend=10000\n");
        Files.writeString(directory.resolve("extensions.conf"), DIALPLAN);
        var lines = new ArrayList<String>();
        assertEquals(1, CliClient.ask(socket(), "en", "core reload", lines::add));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("rtp.conf:3: error:")), lines::toString);
        assertTrue(ask("en", "show dialplan").stream().anyMatch(line -> line.contains("'700'")));
    }

    @Test
    void aReloadTakesOtherLimitsOfTheDoorAndKeepsTheBans() throws IOException {
        assertEquals(0, status("bans add 127.0.0.1 --for 1h"));
        assertEquals(0, status("bans add mallory --for 1h"));
        Files.writeString(
                directory.resolve("door.conf"),
                "[general]\ntrust = 10.9.0.0/16\n[connections]\nall = 123\nstranger = 7\n");
        assertEquals(0, status("reload"));
        assertEquals(123, system.door().mostConnections());
        assertEquals(123, system.door().mostConnections(new byte[] {10, 9, 1, 1}, 0));
        assertEquals(7, system.door().mostConnections(new byte[] {10, 8, 1, 1}, 0));
        assertEquals(3, ask("en", "bans").size());
        Files.writeString(directory.resolve("door.conf"), "[general]\ntrust = everybody\n");
        assertEquals(1, status("reload"));
        assertEquals(123, system.door().mostConnections());
    }

    @Test
    void bansAreListedMadeAndLiftedInTheAskersLanguage() throws IOException {
        assertEquals(List.of("nobody is banned"), ask("en", "bans"));
        assertEquals(List.of("personne n'est banni"), ask("fr", "bans"));
        var made = ask("fr_FR.UTF-8", "bans add 203.0.113.7 --for 1h");
        assertTrue(made.getFirst().startsWith("203.0.113.7 est banni jusqu'au "), made::toString);
        var french = ask("fr", "bans");
        assertTrue(french.getFirst().matches("BANNI +DEPUIS +JUSQU'À +ESSAIS +RAISON *"), french::toString);
        assertTrue(french.get(1).matches("203.0.113.7 +.* +0 +décision d'un administrateur *"), french::toString);
        assertTrue(ask("en", "bans").getFirst().startsWith("BANNED "));
        assertEquals(List.of("203.0.113.7 n'est plus banni"), ask("fr", "bans lift 203.0.113.7"));
        assertEquals(List.of("203.0.113.7 n'est pas banni"), ask("fr", "bans lift 203.0.113.7"));
        assertEquals(1, status("bans lift 203.0.113.7"));
        ask("fr", "bans add robert --for 10m");
        assertEquals(List.of("bannissements levés : 1"), ask("fr", "bans lift all"));
        assertEquals(List.of("personne n'est banni"), ask("fr", "bans"));
    }

    @Test
    void figuresFollowAReload() throws Exception {
        assertEquals(0, system.metricsPort());
        assertTrue(ask("en", "show metrics")
                .contains("allo_dtls_handshakes_failed_total{reason=\"wrong_fingerprint\"} 0"));
        assertTrue(ask("en", "show metrics").contains("allo_tls_handshakes_under_way 0"));
        Files.writeString(directory.resolve("prometheus.conf"), "[general]\nenabled=yes\n");
        Files.writeString(directory.resolve("http.conf"), "[general]\nenabled=yes\nbindport=0\n");
        assertEquals(0, status("reload"));
        var first = system.metricsPort();
        assertEquals(200, figures(first, "metrics"));
        Files.writeString(directory.resolve("prometheus.conf"), "[general]\nenabled=yes\nuri=figures\n");
        assertEquals(0, status("reload"));
        assertEquals(200, figures(system.metricsPort(), "figures"));
        assertEquals(404, figures(system.metricsPort(), "metrics"));
        var before = system.metricsPort();
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            Files.writeString(
                    directory.resolve("http.conf"), "[general]\nenabled=yes\nbindport=" + taken.getLocalPort() + "\n");
            assertEquals(0, status("reload"));
            assertEquals(200, figures(before, "figures"), "they stay where they were");
        }
        Files.writeString(directory.resolve("http.conf"), "[general]\nenabled=no\n");
        assertEquals(0, status("reload"));
        assertEquals(0, system.metricsPort());
    }

    private static int figures(int port, String uri) throws Exception {
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var request =
                    java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port + "/" + uri));
            return client.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }

    /** What logrotate does (move it away, say nothing), and what Asterisk's own command does. */
    @Test
    void theSecurityLogIsBegunAnewWhereverItWent() throws IOException {
        var log = directory.resolve("log/security");
        ask("en", "bans add 203.0.113.1 --for 1h");
        awaitLine(log, "203.0.113.1");
        Files.move(log, directory.resolve("log/security-20261121"));
        ask("en", "bans add 203.0.113.2 --for 1h");
        awaitLine(log, "203.0.113.2");
        assertTrue(Files.readString(directory.resolve("log/security-20261121")).contains("203.0.113.1"));
        assertFalse(Files.readString(log).contains("203.0.113.1"));
        assertTrue(ask("en", "logger rotate").getFirst().endsWith("security.1"));
        ask("en", "bans add 203.0.113.3 --for 1h");
        awaitLine(log, "203.0.113.3");
        assertTrue(Files.readString(directory.resolve("log/security.1")).contains("203.0.113.2"));
        assertFalse(Files.readString(log).contains("203.0.113.2"));
    }

    private static void awaitLine(Path log, String words) {
        org.awaitility.Awaitility.await(words + " in " + log)
                .atMost(java.time.Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> Files.readString(log).contains(words));
    }

    @Test
    void theDatabaseIsReachedWithAsterisksWords() throws IOException {
        assertEquals(List.of("Updated database successfully"), ask("en", "database put cidname 101 Front desk"));
        assertEquals(List.of("Value: Front desk"), ask("en", "database get cidname 101"));
        assertEquals(List.of("1 database entries removed."), ask("en", "database deltree cidname"));
        assertEquals(1, status("database get cidname 101"));
    }

    @Test
    void anUnknownCommandOrChannelIsSaid() throws IOException {
        assertEquals(1, status("show enpoints"));
        assertTrue(ask("en", "show enpoints").getLast().contains("show endpoints"));
        assertEquals(1, status("hangup PJSIP/none"));
    }

    @Test
    void theWaysToStopAreToldApart() throws IOException {
        ask("en", "stop");
        ask("en", "stop now");
        ask("en", "core stop gracefully");
        assertEquals(List.of("SOON", "NOW", "WHEN_QUIET"), stops);
    }

    @Test
    void whoWasRegisteredBeforeARestartStillIs() throws Exception {
        server.close();
        system.stop(0);
        var soonMs = System.currentTimeMillis() + 600_000;
        try (var store = Store.open(directory.resolve("allo.db"))) {
            store.put(binding("alive", "sip:101@127.0.0.1:7001", soonMs));
            store.put(binding("expired", "sip:101@127.0.0.1:7002", 1_000));
        }
        start();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertTrue(
                        ask("en", "show contacts").stream().anyMatch(line -> line.contains("127.0.0.1:7001"))));
        assertTrue(ask("en", "show contacts").stream().noneMatch(line -> line.contains("127.0.0.1:7002")));
    }

    private static Binding binding(String id, String contact, long expiresAtMs) throws Exception {
        return new Binding(
                id,
                "101",
                SipUri.parse(contact),
                Parameters.EMPTY,
                null,
                new Flow(Flow.UDP, HostPort.parse("127.0.0.1:5060"), HostPort.parse("127.0.0.1:7001"), 1),
                List.of(),
                expiresAtMs,
                0,
                "call-id",
                1,
                "Phone/1",
                HostPort.parse("127.0.0.1:7001"));
    }

    @Test
    void theSocketIsForItsOwnerAlone() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())));
    }

    @Test
    void aSecondAlloOfTheSameStateIsRefused() {
        var refused = assertThrows(
                IOException.class, () -> CliServer.open(socket(), system.desk(this::reload, how -> stops.add("?"))));
        assertTrue(refused.getMessage().contains("another allo"), refused.getMessage());
    }

    @Test
    void whatAKilledAlloLeftIsReplaced() throws IOException {
        server.close();
        Files.createFile(socket());
        server = CliServer.open(socket(), system.desk(this::reload, how -> stops.add("?")));
        assertEquals(0, status("core show version"));
    }

    @Test
    void theCommandsOfTheProgramAskIt() {
        var out = new StringWriter();
        assertEquals(0, run(out, "show", "contacts", "--state", directory.toString(), "--language", "en"));
        assertTrue(out.toString().contains("sip:101@127.0.0.1:9"), out::toString);
        var rx = new StringWriter();
        assertEquals(0, run(rx, "--state", directory.toString(), "-rx", "core show version"));
        assertTrue(rx.toString().startsWith("allo "), rx::toString);
        assertEquals(0, run(new StringWriter(), "reload", "--state", directory.toString()));
    }

    @Test
    void whereNoAlloRunsThatIsSaid() {
        var out = new StringWriter();
        var nowhere = directory.resolve("nowhere").toString();
        assertEquals(Asking.NOT_RUNNING, run(out, "show", "calls", "--state", nowhere, "--language", "en"));
        assertTrue(out.toString().contains("no allo runs"), out::toString);
    }

    @Test
    void aRequestWithoutEndIsCutOff() throws Exception {
        try (var channel = java.nio.channels.SocketChannel.open(java.net.UnixDomainSocketAddress.of(socket()))) {
            var bytes = java.nio.ByteBuffer.allocate(CliServer.REQUEST_LIMIT_BYTES + 1);
            while (bytes.hasRemaining()) {
                bytes.put((byte) 'x');
            }
            bytes.flip();
            channel.write(bytes);
            assertEquals(-1, channel.read(java.nio.ByteBuffer.allocate(10)));
        }
        assertEquals(0, status("core show uptime"));
    }

    private List<io.allo.pbx.conf.ConfProblem> reload() {
        var next = Configuration.read(directory, directory);
        if (!next.hasErrors()) {
            system.reload(next);
        }
        return next.problems();
    }

    private Path socket() {
        return directory.resolve("control.sock");
    }

    private int status(String command) throws IOException {
        return CliClient.ask(socket(), "en", command, line -> {});
    }

    private List<String> ask(String language, String command) throws IOException {
        var lines = new ArrayList<String>();
        CliClient.ask(socket(), language, command, lines::add);
        return lines;
    }

    private static int run(StringWriter out, String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }
}
