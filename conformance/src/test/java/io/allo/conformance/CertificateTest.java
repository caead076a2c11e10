package io.allo.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.conformance.AlloLab.Kind;
import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.LoggedProcess;
import io.allo.conformance.lab.Tools;
import io.allo.conformance.phone.Phone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Phones that verify their server, certificates that are swapped under them, and a public one from an ACME server. */
@Tag("phones")
class CertificateTest {
    @RegisterExtension
    final AlloLab lab = new AlloLab();

    private void start() {
        Tools.need(Tools.OPENSSL);
        lab.aliceAndBob();
        lab.config().ownCertificate();
        lab.start();
    }

    /** The phone on this host trusts allo's authority, as exported, and verifies. */
    private void trust(LabHost host) throws Exception {
        Files.createDirectories(host.directory());
        lab.allo().ask("cert", "export-ca", Phone.authority(host).toString());
    }

    /** linphone: baresip 1.0.0 verifies no server, whatever its sip_cafile holds. */
    @Test
    void aPhoneThatVerifiesTrustsTheExportedAuthority() throws Exception {
        start();
        trust(lab.host("bob"));
        trust(lab.host("alice"));
        Phone bob = lab.phone(Kind.LINPHONE, "bob", account -> account.withTransport("tls", 0));
        Phone alice = lab.phone(Kind.LINPHONE, "alice", account -> account.withTransport("tls", 0));
        AlloLab.connect(alice, bob);
        AlloLab.end(alice, bob);
    }

    @Test
    void aPhoneThatTrustsAnotherAuthorityDoesNotRegister() throws Exception {
        start();
        LabHost host = lab.host("bob");
        Files.createDirectories(host.directory());
        Tools.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                host.directory().resolve("other.key").toString(),
                "-out",
                Phone.authority(host).toString(),
                "-subj",
                "/CN=Somebody else");
        Phone bob = lab.unregisteredPhone(Kind.LINPHONE, "bob", account -> account.withTransport("tls", 0));
        bob.process().awaitLine(Pattern.compile("Certificate verification failed"), 0, Phone.PATIENCE);
        assertFalse(bob.process().hasLine(Pattern.compile("^SIP/2.0 (200|401) "), 0));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aRegisteredPhoneStaysWhileTheCertificateIsSwapped(Kind kind) throws Exception {
        start();
        trust(lab.host("bob"));
        Phone bob = lab.phone(kind, "bob", account -> account.withTransport("tls", 0));
        Phone alice = lab.alice(Kind.BARESIP);
        String before = serial();
        int registered = bob.process().mark();
        lab.allo().ask("cert", "renew");
        String after = serial();
        assertNotEquals(before, after, "a new connection sees the new certificate");
        AlloLab.connect(alice, bob);
        AlloLab.end(alice, bob);
        assertFalse(bob.process().hasLine(Pattern.compile("^REGISTER "), registered), "over the connection it had");
        lab.allo().ask("reload");
        assertEquals(after, serial());
    }

    /** What openssl on another host sees and verifies. */
    private String openssl(String... options) throws Exception {
        var command = new ArrayList<>(List.of(
                Tools.OPENSSL.command(), "s_client", "-connect", lab.config().target("tls")));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(lab.host("prober").command(command))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private String serial() throws Exception {
        Path authority = lab.allo().state().resolve("tls/ca.pem");
        String said = openssl(
                "-CAfile",
                authority.toString(),
                "-verify_return_error",
                "-verify_ip",
                lab.host("allo").address(),
                "-showcerts");
        assertTrue(said.contains("Verify return code: 0 (ok)"), said);
        Matcher first = Pattern.compile("-----BEGIN CERTIFICATE-----(.*?)-----END", Pattern.DOTALL)
                .matcher(said);
        assertTrue(first.find(), said);
        return first.group(1);
    }

    @Test
    void oldVersionsOfTlsAreRefused() throws Exception {
        start();
        assertTrue(openssl("-tls1_3").contains("New, TLSv1.3"));
        assertTrue(openssl("-tls1_2").contains("New, TLSv1.2"));
        for (String old : List.of("-tls1", "-tls1_1")) {
            String said = openssl(old, "-cipher", "ALL:@SECLEVEL=0");
            assertTrue(said.contains("no peer certificate available"), said);
        }
    }

    @Test
    void anAcmeServerIssuesACertificateThatIsUsedAtOnceAndKept() throws Exception {
        Tools.need(Tools.PEBBLE, Tools.OPENSSL);
        LabHost host = lab.host("allo");
        Path directory = Files.createDirectories(host.directory().resolve("pebble"));
        Tools.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                directory.resolve("https.key").toString(),
                "-out",
                directory.resolve("https.pem").toString(),
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost");
        Files.writeString(directory.resolve("pebble.json"), """
                {"pebble": {"listenAddress": "127.0.0.1:14000", "managementListenAddress": "127.0.0.1:15000",
                 "certificate": "https.pem", "privateKey": "https.key", "httpPort": 5002, "tlsPort": 5001,
                 "ocspResponderURL": "", "externalAccountBindingRequired": false}}
                """);
        process(
                host,
                directory,
                "pebble-challtestsrv",
                "-management",
                "127.0.0.1:8055",
                "-dns01",
                "127.0.0.1:8053",
                "-http01",
                "",
                "-https01",
                "",
                "-tlsalpn01",
                "",
                "-defaultIPv6",
                "",
                "-defaultIPv4",
                "127.0.0.1");
        process(host, directory, "pebble", "-config", "pebble.json", "-dnsserver", "127.0.0.1:8053")
                .awaitLine(Pattern.compile("Listening on:"), 0, Duration.ofSeconds(15));
        Path etc = Files.createDirectories(host.directory().resolve("etc"));
        Files.writeString(etc.resolve("allo.conf"), """
                [acme]
                directory_url = https://localhost:14000/dir
                names = pbx.example.com
                http_bind = 127.0.0.1
                http_port = 5002
                ca_file = %s
                agree_terms = yes
                """.formatted(directory.resolve("https.pem")));
        start();
        Awaitility.await("the certificate of pebble")
                .atMost(Duration.ofSeconds(60))
                .until(() -> openssl("-servername", "pbx.example.com").contains("Pebble Intermediate"));
        assertTrue(openssl().contains("Pebble Intermediate"), "it is the default too");
        assertTrue(openssl("-servername", "localhost").contains("allo CA"), "its own stays, for its own names");
        String shown = lab.allo().ask("cert", "show");
        assertTrue(shown.contains("the ACME authority of allo.conf"), shown);
        lab.allo().restart();
        assertTrue(openssl("-servername", "pbx.example.com").contains("Pebble Intermediate"));
        assertFalse(lab.allo().process().hasLine(Pattern.compile("ACME: .* ordered"), 0), "not asked again");
    }

    private LoggedProcess process(LabHost host, Path directory, String... command) {
        return lab.network()
                .running(LoggedProcess.start(
                        command[0], directory, Map.of("PEBBLE_VA_NOSLEEP", "1"), host.command(List.of(command))));
    }
}
