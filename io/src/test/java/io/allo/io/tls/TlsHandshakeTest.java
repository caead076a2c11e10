package io.allo.io.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real handshakes on loopback: the server says "hello" and its peer's subject, or the handshake fails. */
@Timeout(60)
class TlsHandshakeTest {

    private static final int PATIENCE_MS = 20_000;

    @TempDir
    Path directory;

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(PATIENCE_MS);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private TlsContext open(TlsSettings settings) throws TlsException {
        return TlsContext.open(
                settings, new CertificateStore(directory, List.of("localhost", "127.0.0.1"), FixedClock.today()));
    }

    /** Serves one connection; the result is the protocol used. */
    private CompletableFuture<String> serve(TlsContext server) {
        var served = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try (SSLSocket socket = server.accepted(listener.accept())) {
                socket.setSoTimeout(PATIENCE_MS);
                socket.startHandshake();
                socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                socket.getInputStream().read();
                served.complete(socket.getSession().getProtocol());
            } catch (IOException e) {
                served.completeExceptionally(e);
            }
        });
        return served;
    }

    /** Connects, and returns the subject of the server's certificate once it has said hello. */
    private String connect(TlsContext client, String domain) throws IOException {
        var plain = new Socket(listener.getInetAddress(), listener.getLocalPort());
        try (SSLSocket socket = client.connected(plain, domain)) {
            socket.setSoTimeout(PATIENCE_MS);
            assertEquals("hello\n", new String(socket.getInputStream().readNBytes(6), StandardCharsets.US_ASCII));
            socket.getOutputStream().write('\n');
            socket.getOutputStream().flush();
            return ((java.security.cert.X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static String get(CompletableFuture<String> served) throws Exception {
        return served.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "DEFAULT, DEFAULT, TLSv1.3",
        "DEFAULT, TLS_1_2, TLSv1.2",
        "TLS_1_2, DEFAULT, TLSv1.2",
        "TLS_1_3, DEFAULT, TLSv1.3"
    })
    void theNewestVersionThatBothHaveIsUsed(TlsMethod ours, TlsMethod theirs, String version) throws Exception {
        var served = serve(open(TlsSettings.DEFAULT.withMethod(ours)));
        assertEquals("CN=localhost", connect(open(TlsSettings.DEFAULT.withMethod(theirs)), "localhost"));
        assertEquals(version, get(served));
    }

    @Test
    void versionsThatDoNotMeetFail() throws Exception {
        var served = serve(open(TlsSettings.DEFAULT.withMethod(TlsMethod.TLS_1_3)));
        var client = open(TlsSettings.DEFAULT.withMethod(TlsMethod.TLS_1_2));
        assertThrows(SSLException.class, () -> connect(client, "localhost"));
        assertThrows(Exception.class, () -> get(served));
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs1.pem, rsa-pkcs1.key, rsa.example.com",
        "ec-sec1.pem, ec-sec1.key, ec.example.com",
        "ec-pkcs8.pem, ec-pkcs8.key, domain.example.com",
        "ed25519.pem, ed25519.key, ed.example.com",
        "everything-reversed.pem, below.key, below.example.com"
    })
    void aServerWithARightCertificateIsVerified(String certificate, String key, String domain) throws Exception {
        var served = serve(open(Fixture.settings(certificate, key)));
        var client =
                open(TlsSettings.DEFAULT.withCaListFile(Fixture.file("ca.pem")).withVerification(false, false, true));
        connect(client, domain);
        assertEquals("TLSv1.3", get(served));
    }

    @Test
    void aServerForAnotherDomainIsRefused() throws Exception {
        var served = serve(open(Fixture.settings("ec-sec1.pem", "ec-sec1.key")));
        var client =
                open(TlsSettings.DEFAULT.withCaListFile(Fixture.file("ca.pem")).withVerification(false, false, true));
        var error = assertThrows(SSLException.class, () -> connect(client, "other.example.com"));
        assertTrue(error.getMessage().contains("not for the domain other.example.com"), error.getMessage());
        assertThrows(Exception.class, () -> get(served));
    }

    @Test
    void aServerOfAnUnknownAuthorityIsRefusedUnlessNobodyIsVerified() throws Exception {
        var server = open(TlsSettings.DEFAULT);
        var first = serve(server);
        var strict =
                open(TlsSettings.DEFAULT.withCaListFile(Fixture.file("ca.pem")).withVerification(false, false, true));
        assertThrows(SSLException.class, () -> connect(strict, "localhost"));
        assertThrows(Exception.class, () -> get(first));
        var second = serve(server);
        assertEquals("CN=localhost", connect(open(TlsSettings.DEFAULT), "localhost"));
        get(second);
    }

    @ParameterizedTest
    @CsvSource({
        // verify_client, require_client_cert, the client's certificate, whether it is let in
        "false, false, none, true",
        "true, false, none, true",
        "true, false, right, true",
        "true, true, none, false",
        "true, true, right, true",
        "false, true, none, false",
        "false, true, wrong, false"
    })
    void phonesAreAskedForCertificatesAsSet(boolean verify, boolean require, String has, boolean letIn)
            throws Exception {
        var server = open(Fixture.settings("rsa-pkcs1.pem", "rsa-pkcs1.key")
                .withCaListFile(Fixture.file("ca.pem"))
                .withVerification(verify, require, false));
        var served = serve(server);
        boolean in = has.equals("none") ? connectWithoutCertificate() : connects(client(has));
        assertEquals(letIn, in);
        if (letIn) {
            get(served);
        } else {
            assertThrows(Exception.class, () -> get(served));
        }
    }

    private TlsContext client(String has) throws TlsException {
        return has.equals("right")
                ? open(Fixture.settings("ec-sec1.pem", "ec-sec1.key"))
                : open(Fixture.settings("common-name.pem", "common-name.key"));
    }

    private boolean connects(TlsContext client) {
        try {
            connect(client, "rsa.example.com");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean connectWithoutCertificate() throws Exception {
        var bare = javax.net.ssl.SSLContext.getInstance("TLS");
        bare.init(null, new javax.net.ssl.TrustManager[] {new AnyServer()}, null);
        try (var socket =
                (SSLSocket) bare.getSocketFactory().createSocket(listener.getInetAddress(), listener.getLocalPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            boolean hello = socket.getInputStream().readNBytes(6).length == 6;
            socket.getOutputStream().write('\n');
            socket.getOutputStream().flush();
            return hello;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void changedFilesAreTakenUpOnReloadAndSpoiltOnesAreNot() throws Exception {
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        Files.copy(Fixture.file("ec-sec1.pem"), certificate);
        Files.copy(Fixture.file("ec-sec1.key"), key);
        var server = open(TlsSettings.DEFAULT.withCertificate(certificate, key));
        var client = open(TlsSettings.DEFAULT);
        var first = serve(server);
        assertEquals("CN=ec.example.com", connect(client, "ec.example.com"));
        get(first);
        assertFalse(server.reload());

        Files.copy(Fixture.file("rsa-pkcs1.pem"), certificate, StandardCopyOption.REPLACE_EXISTING);
        assertThrows(TlsException.class, server::reload); // certificate and key do not belong together yet
        var second = serve(server);
        assertEquals("CN=ec.example.com", connect(client, "ec.example.com"));
        get(second);

        Files.copy(Fixture.file("rsa-pkcs1.key"), key, StandardCopyOption.REPLACE_EXISTING);
        assertTrue(server.reload());
        var third = serve(server);
        assertEquals("CN=rsa.example.com", connect(client, "rsa.example.com"));
        get(third);
    }

    @Test
    void aFileThatWasMissingIsTakenUpOnReload() throws Exception {
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        var server = open(TlsSettings.DEFAULT.withCertificate(certificate, key));
        assertEquals(1, server.warnings().size());
        Files.copy(Fixture.file("ec-sec1.pem"), certificate);
        Files.copy(Fixture.file("ec-sec1.key"), key);
        Files.setPosixFilePermissions(key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        assertTrue(server.reload());
        assertEquals(List.of(), server.warnings());
        assertEquals(
                "CN=ec.example.com",
                server.certificate().getSubjectX500Principal().getName());
    }

    @Test
    void aListOfAuthoritiesThatIsMissingOrEmptyIsAnError() {
        assertThrows(TlsException.class, () -> open(TlsSettings.DEFAULT.withCaListFile(directory.resolve("no.pem"))));
        assertThrows(TlsException.class, () -> open(TlsSettings.DEFAULT.withCaListFile(Fixture.file("make.sh"))));
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
    void opensslVerifiesTheCertificateThatWeMade(String option, String version) throws Exception {
        var server = open(TlsSettings.DEFAULT);
        var served = serve(server);
        String said = openssl(
                option,
                "-CAfile",
                directory.resolve("tls/ca.pem").toString(),
                "-verify_return_error",
                "-verify_hostname",
                "localhost");
        assertTrue(said.contains("Verification: OK"), said);
        assertTrue(said.contains("hello"), said);
        assertEquals(version, get(served));
    }

    @Test
    void opensslIsRefusedWithOldVersions() throws Exception {
        var served = serve(open(TlsSettings.DEFAULT));
        String said = openssl("-tls1_1", "-cipher", "ALL:@SECLEVEL=0");
        assertFalse(said.contains("hello"), said);
        assertThrows(Exception.class, () -> get(served));
    }

    /** openssl sends its certificate even to who does not list its authority; the JDK would rather send none. */
    @Test
    void aWrongCertificateThatNobodyRequiredIsRefusedAllTheSame() throws Exception {
        var served = serve(open(Fixture.settings("rsa-pkcs1.pem", "rsa-pkcs1.key")
                .withCaListFile(Fixture.file("ca.pem"))
                .withVerification(true, false, false)));
        String said = openssl(
                "-cert", Fixture.file("common-name.pem").toString(),
                "-key", Fixture.file("common-name.key").toString());
        assertFalse(said.contains("hello"), said);
        assertThrows(Exception.class, () -> get(served));
    }

    @ParameterizedTest
    @CsvSource({
        "ecdsa, -tls1_3, '', TLS_AES_256_GCM_SHA384",
        "ecdsa, -tls1_2, '', ECDHE-ECDSA-AES256-GCM-SHA384",
        "ecdsa, -tls1_2, ECDHE-ECDSA-AES128-GCM-SHA256, ECDHE-ECDSA-AES128-GCM-SHA256",
        "ecdsa, -tls1_2, ECDHE-ECDSA-CHACHA20-POLY1305, ECDHE-ECDSA-CHACHA20-POLY1305",
        "rsa, -tls1_2, DHE-RSA-AES128-GCM-SHA256, DHE-RSA-AES128-GCM-SHA256",
        "ecdsa, -tls1_2, ECDHE-ECDSA-AES256-SHA, none",
        "ecdsa, -tls1_2, ECDHE-ECDSA-AES128-SHA256, none",
        "rsa, -tls1_2, AES256-GCM-SHA384, none",
        "rsa, -tls1_2, AES128-SHA, none"
    })
    void opensslGetsAForwardSecretAuthenticatedSuiteOrNone(String kind, String version, String asked, String chosen)
            throws Exception {
        var server = kind.equals("rsa")
                ? open(Fixture.settings("rsa-pkcs1.pem", "rsa-pkcs1.key"))
                : open(TlsSettings.DEFAULT);
        var served = serve(server);
        var options = new java.util.ArrayList<>(List.of(version));
        if (!asked.isEmpty()) {
            options.addAll(List.of("-cipher", asked + ":@SECLEVEL=0"));
        }
        String said = openssl(options.toArray(String[]::new));
        if (chosen.equals("none")) {
            assertFalse(said.contains("hello"), said);
            assertThrows(Exception.class, () -> get(served));
        } else {
            assertTrue(said.contains("Cipher is " + chosen), said);
            assertTrue(said.contains("hello"), said);
        }
    }

    @Test
    void onlyTheSuitesOfCipherAreSpoken() throws Exception {
        var suites =
                CipherSuites.ofAsterisk(List.of("ECDHE-ECDSA-AES128-SHA256")).suites();
        var server = open(TlsSettings.DEFAULT.withCiphers(suites));
        var served = serve(server);
        assertTrue(openssl("-tls1_2").contains("Cipher is ECDHE-ECDSA-AES128-SHA256"));
        get(served);
        var refused = serve(server);
        assertFalse(
                openssl("-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384").contains("hello"));
        assertThrows(Exception.class, () -> get(refused));
        var modern = serve(server);
        assertTrue(openssl("-tls1_3").contains("Cipher is TLS_AES_256_GCM_SHA384"));
        get(modern);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.example.com, CN=rsa.example.com",
        "ec.example.com, CN=ec.example.com",
        "a.wild.example.com, CN=ec.example.com",
        "localhost, CN=localhost",
        "unknown.example.com, CN=localhost",
        "'', CN=localhost"
    })
    void theCertificateIsChosenByTheNameAskedFor(String asked, String subject) throws Exception {
        var store = new CertificateStore(directory, List.of("localhost", "127.0.0.1"), FixedClock.today());
        var ours = TlsContext.open(TlsSettings.DEFAULT, store);
        assertEquals(
                "CN=localhost", ours.certificate().getSubjectX500Principal().getName());
        TlsContext.open(Fixture.settings("rsa-pkcs1.pem", "rsa-pkcs1.key"), store);
        TlsContext.open(Fixture.settings("ec-sec1.pem", "ec-sec1.key"), store);
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            var served = serve(ours);
            String said = asked.isEmpty() ? openssl(version, "-noservername") : openssl(version, "-servername", asked);
            assertTrue(said.replace(" = ", "=").contains("subject=" + subject + "\n"), said);
            get(served);
        }
    }

    @Test
    void aChangedFileIsNoticedWithoutAReloadAndABrokenOneIsToldOnce() throws Exception {
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        Files.copy(Fixture.file("ec-sec1.pem"), certificate);
        Files.copy(Fixture.file("ec-sec1.key"), key);
        var server = open(TlsSettings.DEFAULT.withCertificate(certificate, key));
        var now = java.time.Instant.now();
        assertFalse(server.reloadIfDue(now));
        Files.copy(Fixture.file("rsa-pkcs1.pem"), certificate, StandardCopyOption.REPLACE_EXISTING);
        assertThrows(TlsException.class, () -> server.reloadIfDue(now));
        assertFalse(server.reloadIfDue(now), "told once");
        assertEquals(
                "CN=ec.example.com",
                server.certificate().getSubjectX500Principal().getName());
        Files.copy(Fixture.file("rsa-pkcs1.key"), key, StandardCopyOption.REPLACE_EXISTING);
        assertTrue(server.reloadIfDue(now));
        assertEquals(
                "CN=rsa.example.com",
                server.certificate().getSubjectX500Principal().getName());
    }

    @Test
    void aCertificateOfOurOwnThatIsDueIsRenewedByItself() throws Exception {
        var server = open(TlsSettings.DEFAULT);
        var first = server.certificate();
        assertFalse(server.reloadIfDue(java.time.Instant.now()));
        var due = Expiry.renewAt(first);
        var later = TlsContext.open(
                TlsSettings.DEFAULT,
                new CertificateStore(directory, List.of("localhost", "127.0.0.1"), new FixedClock(due)));
        assertNotEquals(first, later.certificate());
        assertTrue(server.reloadIfDue(java.time.Instant.now()), "another process renewed it");
        assertEquals(later.certificate(), server.certificate());
    }

    private String openssl(String... options) throws Exception {
        Process process = null;
        try {
            var command = new java.util.ArrayList<>(
                    List.of("openssl", "s_client", "-connect", "127.0.0.1:" + listener.getLocalPort()));
            command.addAll(List.of(options));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("openssl is not installed");
        }
        try (var in = process.getOutputStream()) {
            in.write('\n');
            in.flush();
            var out = process.getInputStream();
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS));
            return said;
        } finally {
            process.destroy();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tlsv1_2, TLS_1_2, false", "TLSv1_3, TLS_1_3, false", "default, DEFAULT, false", "'', DEFAULT, false",
        "sslv23, DEFAULT, false", "tlsv1, DEFAULT, true", "sslv3, DEFAULT, true", "tls9, DEFAULT, true"
    })
    void methodsAreReadAndOldOnesReported(String word, TlsMethod method, boolean problem) {
        var read = TlsMethod.ofAsterisk(word);
        assertEquals(method, read.method());
        assertEquals(problem, read.problem().isPresent());
    }
}
