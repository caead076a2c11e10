package io.allo.io.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against pebble: it checks every signature, looks for the challenge itself, and follows RFC 8555 to the letter. */
@Timeout(120)
class AcmeClientTest {

    @TempDir
    Path directory;

    private AcmeSettings settings(PebbleServer pebble, int httpPort, boolean agrees, String... names) {
        return new AcmeSettings(
                pebble.directoryUrl(),
                List.of(names),
                "admin@example.com",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort),
                agrees,
                Optional.of(pebble.caFile()));
    }

    @Test
    void aCertificateIsGotForAllNamesAndTheAccountIsKept() throws Exception {
        try (var pebble = PebbleServer.start(directory)) {
            var settings = settings(pebble, pebble.httpPort(), true, "pbx.example.com", "sip.example.com");
            var first = new AcmeClient(settings, directory).obtain();
            assertEquals(
                    Set.of("pbx.example.com", "sip.example.com"),
                    first.certificate().getSubjectAlternativeNames().stream()
                            .map(name -> name.get(1))
                            .collect(Collectors.toSet()));
            assertEquals(2, first.chain().size());
            first.certificate().verify(first.chain().getLast().getPublicKey());
            var account = directory.resolve("acme/account.key");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(account)));
            var key = Files.readString(account);
            var second = new AcmeClient(settings, directory).obtain();
            assertNotEquals(first.certificate(), second.certificate());
            assertNotEquals(first.key(), second.key());
            assertEquals(key, Files.readString(account));
            assertEquals(
                    1,
                    pebble.log()
                            .lines()
                            .filter(line -> line.contains("There are now 1 accounts"))
                            .count(),
                    pebble::log);
        }
    }

    @Test
    void whereTheAuthorityDoesNotFindTheServerItsReasonIsTold() throws Exception {
        try (var pebble = PebbleServer.start(directory)) {
            var client = new AcmeClient(settings(pebble, PebbleServer.freePort(), true, "pbx.example.com"), directory);
            var problem = assertThrows(AcmeException.class, client::obtain);
            assertTrue(problem.getMessage().contains("pbx.example.com on port 80"), problem.getMessage());
            assertTrue(problem.getMessage().contains("connection refused"), problem.getMessage());
        }
    }

    @Test
    void aNameThatTheAuthorityDoesNotServeIsRefusedInItsWords() throws Exception {
        try (var pebble = PebbleServer.start(directory)) {
            var client = new AcmeClient(settings(pebble, pebble.httpPort(), true, "blocked-domain.example"), directory);
            var problem = assertThrows(AcmeException.class, client::obtain);
            assertTrue(problem.getMessage().contains("blocked-domain.example"), problem.getMessage());
        }
    }

    @Test
    void nothingIsAskedForWithoutAgreementAndATakenPortOrDeadAuthorityIsTold() throws Exception {
        try (var pebble = PebbleServer.start(directory)) {
            var silent = new AcmeClient(settings(pebble, pebble.httpPort(), false, "pbx.example.com"), directory);
            assertTrue(assertThrows(AcmeException.class, silent::obtain)
                    .getMessage()
                    .contains("agree_terms"));
            try (var taken =
                    HttpChallenges.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), pebble.httpPort()))) {
                taken.put("token", "answer");
                var client = new AcmeClient(settings(pebble, pebble.httpPort(), true, "pbx.example.com"), directory);
                assertTrue(assertThrows(AcmeException.class, client::obtain)
                        .getMessage()
                        .contains("no listener"));
            }
        }
        var nobody = new AcmeSettings(
                URI.create("https://localhost:" + PebbleServer.freePort() + "/dir"),
                List.of("pbx.example.com"),
                "",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), PebbleServer.freePort()),
                true,
                Optional.empty());
        var client = new AcmeClient(nobody, directory);
        assertThrows(AcmeException.class, client::obtain);
    }

    @Test
    void theListenerAnswersItsTokensAndNothingElse() throws Exception {
        int port = PebbleServer.freePort();
        try (var challenges = HttpChallenges.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                var http = HttpClient.newHttpClient()) {
            challenges.put("abc", "abc.thumb");
            assertEquals("200 abc.thumb", get(http, port, "/.well-known/acme-challenge/abc", "GET"));
            assertEquals("404 ", get(http, port, "/.well-known/acme-challenge/abd", "GET"));
            assertEquals("404 ", get(http, port, "/.well-known/acme-challenge/", "GET"));
            assertEquals("404 ", get(http, port, "/.well-known/acme-challenge/../acme-challenge/abc", "GET"));
            assertEquals("404 ", get(http, port, "/.well-known/acme-challenge/abc", "POST"));
            assertEquals("404 ", get(http, port, "/", "GET"));
        }
    }

    private static String get(HttpClient http, int port, String path, String method) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
