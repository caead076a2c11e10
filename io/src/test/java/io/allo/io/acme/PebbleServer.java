package io.allo.io.acme;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * pebble (Debian: pebble), the ACME server that Let's Encrypt tests clients with, and pebble-challtestsrv, a DNS server that leads every
 * name to this machine. pebble refuses one good nonce in twenty of itself. Both end with {@link #close}.
 */
final class PebbleServer implements AutoCloseable {

    private final Path directory;
    private final int port;
    private final int httpPort;
    private final List<Process> processes = new ArrayList<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private PebbleServer(Path directory, int port, int httpPort) {
        this.directory = directory;
        this.port = port;
        this.httpPort = httpPort;
    }

    /** Starts both; the test is skipped where they are not installed. */
    static PebbleServer start(Path directory) throws Exception {
        var server = new PebbleServer(directory, freePort(), freePort());
        int dns = freePort();
        int management = freePort();
        int dnsManagement = freePort();
        run(
                directory,
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                "https.key",
                "-out",
                "https.pem",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1");
        Files.writeString(
                directory.resolve("pebble.json"), """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                 "certificate": "https.pem", "privateKey": "https.key", "httpPort": %d, "tlsPort": %d,
                 "ocspResponderURL": "", "externalAccountBindingRequired": false,
                 "domainBlocklist": ["blocked-domain.example"]}}
                """.formatted(server.port, management, server.httpPort, freePort()));
        server.begin(
                "-",
                "pebble-challtestsrv",
                "-management",
                "127.0.0.1:" + dnsManagement,
                "-dns01",
                "127.0.0.1:" + dns,
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
        server.begin("Listening on:", "pebble", "-config", "pebble.json", "-dnsserver", "127.0.0.1:" + dns);
        return server;
    }

    URI directoryUrl() {
        return URI.create("https://localhost:" + port + "/dir");
    }

    Path caFile() {
        return directory.resolve("https.pem");
    }

    /** Where pebble looks for http-01, in place of port 80. */
    int httpPort() {
        return httpPort;
    }

    String log() {
        return String.join("\n", lines);
    }

    /** Runs a program, and waits until it has said that word ("-": for nothing). */
    private void begin(String ready, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
        builder.environment().put("PEBBLE_AUTHZREUSE", "0");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            Assumptions.abort(command[0] + " is not installed (Debian: pebble)");
            return;
        }
        processes.add(process);
        var said = new CountDownLatch(ready.equals("-") ? 0 : 1);
        Thread.ofVirtual().start(() -> {
            try (var reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                    if (line.contains(ready)) {
                        said.countDown();
                    }
                }
            } catch (IOException e) {
                lines.add("(" + e.getMessage() + ")");
            }
        });
        if (!said.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError(command[0] + " does not start\n" + log());
        }
    }

    static void run(Path directory, String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }
}
