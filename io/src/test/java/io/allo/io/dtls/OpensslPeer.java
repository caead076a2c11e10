package io.allo.io.dtls;

import io.allo.media.dtls.Fingerprint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** openssl's s_server or s_client with use_srtp, as the other side of a handshake, on a UDP port of the loopback. */
final class OpensslPeer implements AutoCloseable {

    private static final Pattern MATERIAL = Pattern.compile("Keying material: ([0-9A-F]+)");
    private static final Pattern PROFILE = Pattern.compile("SRTP Extension negotiated, profile=(\\S+)");

    private final Process process;
    private final Path output;
    private final Fingerprint fingerprint;

    private OpensslPeer(Process process, Path output, Fingerprint fingerprint) {
        this.process = process;
        this.output = output;
        this.fingerprint = fingerprint;
    }

    /** Whether openssl is there. */
    static boolean isThere() {
        return Files.isExecutable(Path.of("/usr/bin/openssl"));
    }

    /** Makes a certificate with a key of this kind ({@code ec} or {@code rsa}). */
    static Path certificate(Path directory, String kind) throws IOException, InterruptedException {
        var file = directory.resolve(kind + ".pem");
        var algorithm = kind.equals("ec") ? List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-256") : List.of("rsa:2048");
        var command = new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey"));
        command.addAll(algorithm);
        command.addAll(
                List.of("-nodes", "-subj", "/CN=peer", "-days", "3", "-keyout", file + ".key", "-out", file + ".crt"));
        var made = new ProcessBuilder(command).redirectErrorStream(true).start();
        made.getInputStream().readAllBytes();
        if (made.waitFor() != 0) {
            throw new IOException("openssl req failed");
        }
        Files.writeString(file, Files.readString(Path.of(file + ".crt")) + Files.readString(Path.of(file + ".key")));
        return file;
    }

    static OpensslPeer start(Path directory, String kind, boolean server, int port, String profiles)
            throws IOException, InterruptedException, GeneralSecurityException {
        return start(directory, kind, server, port, profiles, true);
    }

    static OpensslPeer start(
            Path directory, String kind, boolean server, int port, String profiles, boolean extendedMasterSecret)
            throws IOException, InterruptedException, GeneralSecurityException {
        var pem = certificate(directory, kind);
        var command = new ArrayList<>(List.of(
                "stdbuf",
                "-oL",
                "openssl",
                server ? "s_server" : "s_client",
                "-dtls1_2",
                server ? "-port" : "-connect",
                server ? Integer.toString(port) : "127.0.0.1:" + port,
                "-cert",
                pem.toString(),
                "-key",
                pem.toString(),
                "-use_srtp",
                profiles,
                "-keymatexport",
                "EXTRACTOR-dtls_srtp",
                "-keymatexportlen",
                "60"));
        if (server) {
            command.addAll(List.of("-Verify", "1", "-verify_quiet"));
        }
        var output = directory.resolve("openssl.out");
        var builder = new ProcessBuilder(command);
        builder.environment()
                .put("OPENSSL_CONF", options(directory, extendedMasterSecret).toString());
        var process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (var in = Files.newInputStream(pem)) {
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            return new OpensslPeer(process, output, Fingerprint.of("sha-256", certificate.getEncoded()));
        }
    }

    private static Path options(Path directory, boolean extendedMasterSecret) throws IOException {
        return Files.writeString(
                directory.resolve("openssl.cnf"),
                "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = tls\n[tls]\nOptions = "
                        + (extendedMasterSecret ? "" : "-") + "ExtendedMasterSecret\n");
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    String output() throws IOException {
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    /** The exported bytes in hexadecimal, once they are printed. */
    String keyingMaterial() {
        return awaited(MATERIAL);
    }

    String profile() {
        return awaited(PROFILE);
    }

    private String awaited(Pattern wanted) {
        return Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(
                        () -> {
                            var found = wanted.matcher(output());
                            return found.find() ? found.group(1) : "";
                        },
                        text -> !text.isEmpty());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** A UDP socket of the loopback as the media port's side of an exchange. */
    static final class Port implements AutoCloseable {
        final DatagramSocket socket;
        private volatile BiConsumer<byte[], InetSocketAddress> receiver = (p, f) -> {};

        Port() throws IOException {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofVirtual().start(this::read);
        }

        void onPacket(BiConsumer<byte[], InetSocketAddress> newReceiver) {
            receiver = newReceiver;
        }

        void send(byte[] packet, InetSocketAddress to) {
            try {
                socket.send(new DatagramPacket(packet, packet.length, to));
            } catch (IOException lost) {
                // a peer that does not listen yet: repeated later
            }
        }

        private void read() {
            var buffer = new byte[2048];
            while (!socket.isClosed()) {
                var packet = new DatagramPacket(buffer, buffer.length);
                try {
                    socket.receive(packet);
                } catch (IOException closed) {
                    continue;
                }
                receiver.accept(
                        Arrays.copyOf(buffer, packet.getLength()), (InetSocketAddress) packet.getSocketAddress());
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
