package io.allo.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.gate.cli.CliServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code allo cert} on files alone and with an allo that runs. */
class CertCommandTest {

    private static final String CONF = """
            [t]
            type=transport
            protocol=tls
            bind=127.0.0.1:0
            [101]
            type=endpoint
            context=office
            aors=101
            auth=101
            [101]
            type=auth
            username=101
            password=Only-4-this-test
            [101]
            type=aor
            max_contacts=3
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private PhoneSystem system;
    private CliServer control;

    private Path state() {
        return directory.resolve("state");
    }

    private void start(String conf) throws Exception {
        Files.writeString(directory.resolve("pjsip.conf"), conf);
        Files.writeString(directory.resolve("extensions.conf"), "[office]\nexten => 600,1,Hangup()\n");
        Files.createDirectories(state());
        system = PhoneSystem.start(Configuration.read(directory, state()), state());
        control = CliServer.open(state().resolve("control.sock"), system.desk(this::reload, how -> {}));
    }

    private List<io.allo.pbx.conf.ConfProblem> reload() {
        var next = Configuration.read(directory, state());
        var problems = new ArrayList<>(next.problems());
        problems.addAll(system.reload(next));
        return problems;
    }

    @AfterEach
    void stop() throws Exception {
        if (system != null) {
            control.close();
            system.stop(0);
        }
    }

    private int cert(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var arguments = new ArrayList<>(List.of("cert"));
        arguments.addAll(List.of(words));
        arguments.addAll(List.of("--state", state().toString(), "--language", "en"));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private String line(String name) {
        return out.toString()
                .lines()
                .filter(line -> line.strip().startsWith(name))
                .findFirst()
                .orElse("");
    }

    private static void openssl(Path where, String... words) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
    }

    /** A chain of openssl's making: root, intermediate, server. */
    private void makeChain(String days) throws Exception {
        openssl(
                directory,
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "root.key",
                "-out",
                "root.pem",
                "-subj",
                "/CN=Root",
                "-days",
                "900");
        openssl(
                directory,
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "server.key",
                "-out",
                "server.csr",
                "-subj",
                "/CN=pbx.example.net");
        Files.writeString(directory.resolve("san"), "subjectAltName=DNS:pbx.example.net,DNS:localhost\n");
        openssl(
                directory,
                "x509",
                "-req",
                "-in",
                "server.csr",
                "-CA",
                "root.pem",
                "-CAkey",
                "root.key",
                "-CAcreateserial",
                "-days",
                days,
                "-extfile",
                "san",
                "-out",
                "server.pem");
        openssl(
                directory,
                "pkcs12",
                "-export",
                "-in",
                "server.pem",
                "-inkey",
                "server.key",
                "-certfile",
                "root.pem",
                "-passout",
                "pass:geheim",
                "-out",
                "server.p12");
        Files.writeString(directory.resolve("password"), "geheim\n");
    }

    @Test
    void withoutARunningAlloCertificatesAreMadeShownAndExported() throws Exception {
        assertEquals(0, cert("show"));
        assertTrue(out.toString().contains("no certificate yet"));
        assertEquals(0, cert("renew"));
        assertTrue(out.toString().contains("396 days left") || out.toString().contains("395 days left"), out::toString);
        assertTrue(line("key").endsWith("EC 256"));
        assertTrue(line("names").contains("localhost"));
        var first = line("SHA-256");
        assertEquals(0, cert("renew"));
        assertNotEquals(first, line("SHA-256"));
        assertEquals(0, cert("export-ca", directory.resolve("ca.pem").toString()));
        openssl(directory, "verify", "-CAfile", "ca.pem", "-x509_strict", "state/tls/allo.pem");
        var exported = Files.readString(directory.resolve("ca.pem"));
        assertEquals(0, cert("export-ca"));
        assertEquals(exported, out.toString());
        assertFalse(exported.contains("PRIVATE"));
    }

    @Test
    void pkcs12AndPemAreImportedAndWrongOnesRefusedWithTheReason() throws Exception {
        makeChain("200");
        var p12 = directory.resolve("server.p12").toString();
        var password = directory.resolve("password").toString();
        assertEquals(1, cert("import", p12));
        assertTrue(err.toString().contains("password"), err::toString);
        assertEquals(0, cert("import", p12, "--password-file", password), err::toString);
        assertEquals(0, cert("show"));
        assertTrue(out.toString().contains("CN=pbx.example.net"), out::toString);
        assertTrue(out.toString().contains("allo cert import"), out::toString);
        var pem = directory.resolve("server.pem").toString();
        assertEquals(
                0, cert("import", pem, "--key", directory.resolve("server.key").toString()));
        assertTrue(out.toString().contains("is not in the file"), out::toString);
        assertTrue(Files.exists(state().resolve("tls/imported.pem.old")));
        assertEquals(
                1, cert("import", pem, "--key", directory.resolve("root.key").toString()));
        assertTrue(err.toString().contains("is not that of a certificate"), err::toString);
        assertEquals(
                1,
                cert(
                        "import",
                        directory.resolve("root.pem").toString(),
                        "--key",
                        directory.resolve("root.key").toString()));
        assertTrue(err.toString().contains("authority"), err::toString);
        assertEquals(1, cert("import", directory.resolve("none.pem").toString()));
        makeChain("-1"); // a new key each time
        assertEquals(
                1, cert("import", pem, "--key", directory.resolve("server.key").toString()));
        assertTrue(err.toString().contains("expired"), err::toString);
        openssl(
                directory,
                "req",
                "-x509",
                "-newkey",
                "rsa:1024",
                "-nodes",
                "-keyout",
                "weak.key",
                "-out",
                "weak.pem",
                "-subj",
                "/CN=weak",
                "-addext",
                "basicConstraints=CA:FALSE");
        assertEquals(
                1,
                cert(
                        "import",
                        directory.resolve("weak.pem").toString(),
                        "--key",
                        directory.resolve("weak.key").toString()));
        assertTrue(err.toString().contains("1024 bits"), err::toString);
    }

    @Test
    void theRunningAlloTakesUpWhatIsImportedAndConnectionsThatAreUpStay() throws Exception {
        start(CONF);
        var port = system.listeners().getFirst().bound().port();
        assertEquals(0, cert("show"));
        assertTrue(line("used by").contains("t, and who asks"), out::toString);
        assertTrue(out.toString().contains("its own authority"), out::toString);
        try (var before = connect(port, state().resolve("tls/ca.pem"))) {
            assertTrue(register(before, 1).startsWith("SIP/2.0 401"));
            makeChain("200");
            assertEquals(
                    0,
                    cert(
                            "import",
                            directory.resolve("server.p12").toString(),
                            "--password-file",
                            directory.resolve("password").toString()),
                    err::toString);
            assertTrue(out.toString().contains("were read again"), out::toString);
            try (var after = connect(port, directory.resolve("root.pem"))) {
                assertTrue(after.getSession().getPeerPrincipal().getName().contains("pbx.example.net"));
                assertTrue(register(after, 2).startsWith("SIP/2.0 401"));
            }
            assertTrue(register(before, 3).startsWith("SIP/2.0 401"));
            assertFalse(before.getSession().getPeerPrincipal().getName().contains("pbx.example.net"));
        }
        assertEquals(1, cert("renew", "--acme"));
        assertTrue(out.toString().contains("allo.conf has no section [acme]"), out::toString);
        var figures = new ArrayList<String>();
        io.allo.gate.cli.CliClient.ask(state().resolve("control.sock"), "en", "show metrics", figures::add);
        assertTrue(
                figures.stream().anyMatch(f -> f.matches("allo_certificate_days_left.transport=.t.. (199|200)")),
                figures::toString);
        assertTrue(figures.stream().anyMatch(f -> f.matches("allo_authority_days_left 36[0-9]{2}")), figures::toString);
        assertEquals(0, cert("renew", "--ca"));
        assertEquals(
                3, out.toString().lines().filter(line -> line.startsWith("CN=")).count(), out::toString);
    }

    @Test
    void aReloadTakesUpNewFilesAndOptionsAndTellsOfBrokenOnes() throws Exception {
        start(CONF);
        makeChain("200");
        var port = system.listeners().getFirst().bound().port();
        var named = CONF.replace("bind=", "cert_file=server.pem\npriv_key_file=server.key\nmethod=tlsv1\nbind=");
        Files.writeString(directory.resolve("pjsip.conf"), named);
        assertEquals(
                0,
                Main.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute("reload", "--state", state().toString(), "--language", "en"));
        assertTrue(out.toString().contains("method=tlsv1 is not safe"), out::toString);
        connect(port, directory.resolve("root.pem")).close();
        Files.writeString(directory.resolve("server.key"), "no key");
        out.getBuffer().setLength(0);
        assertEquals(
                0,
                Main.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute("reload", "--state", state().toString(), "--language", "en"));
        assertTrue(out.toString().contains("pjsip.conf:1: warning: transport t keeps its certificate"), out::toString);
        connect(port, directory.resolve("root.pem")).close();
    }

    private static SSLSocket connect(int port, Path authority) throws Exception {
        var trusted = java.security.KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var in = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "ca",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    /** The first line of the answer. */
    private static String register(SSLSocket socket, int number) throws Exception {
        socket.getOutputStream()
                .write("""
                REGISTER sip:127.0.0.1 SIP/2.0
                Via: SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bK%d;rport
                From: <sip:101@127.0.0.1>;tag=a
                To: <sip:101@127.0.0.1>
                Call-ID: c%d
                CSeq: 1 REGISTER
                Contact: <sip:101@127.0.0.1:9;transport=tls>
                Max-Forwards: 70
                Content-Length: 0

                """.formatted(number, number).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                throw new java.io.EOFException(text.toString());
            }
            text.append((char) read);
        }
        return text.toString();
    }
}
