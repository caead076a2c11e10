package io.allo.bench;

import io.allo.io.dtls.DtlsHandshakes;
import io.allo.io.dtls.DtlsIdentities;
import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.DtlsSetup;
import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.dtls.KeyExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What it costs to agree on keys: TLS for signalling, DTLS for sound. Main thread. */
final class HandshakeMeasure {

    private final Bench bench;

    HandshakeMeasure(Bench bench) {
        this.bench = bench;
    }

    /** A connection, TLS 1.3 without resumption, and a registration with a digest over it. */
    void tls() {
        var warm = bench.quick() ? 200 : 1_000;
        var count = bench.quick() ? 100 : 500;
        try (var lab = bench.lab("tls")) {
            register(lab, 0, warm);
            var before = lab.allo().cpuNanos();
            register(lab, warm, count);
            var ms = (lab.allo().cpuNanos() - before) / 1e6 / count;
            bench.figure("TLS connection and registration", ms, "ms CPU", "one after another");
            bench.figure("TLS registrations", 1_000 / ms, "a CPU second", "");
        } catch (IOException | GeneralSecurityException fault) {
            throw new BenchException("a registration over TLS failed", fault);
        }
    }

    private static void register(Bench.Lab lab, int from, int count) throws IOException, GeneralSecurityException {
        var digest = new Digest();
        for (var i = from; i < from + count; i++) {
            var context = SSLContext.getInstance("TLSv1.3"); // its own, so that no session is taken up again
            context.init(null, new javax.net.ssl.TrustManager[] {new AnyServer()}, null);
            var user = BenchConfig.user(i);
            try (var socket = (SSLSocket) context.getSocketFactory().createSocket(BenchConfig.HOST, lab.tlsPort())) {
                socket.setSoTimeout(10_000);
                var challenge = ask(socket, register(user, i, 1, socket.getLocalPort(), ""));
                var proof = digest.authorization(challenge, user, "REGISTER", "sip:" + BenchConfig.HOST);
                var answer = ask(socket, register(user, i, 2, socket.getLocalPort(), proof));
                if (answer.status() != 200) {
                    throw new BenchException("a registration over TLS was refused:\n" + answer.text());
                }
            }
        }
    }

    private static String register(String user, int number, int cseq, int port, String authorization) {
        return "REGISTER sip:" + BenchConfig.HOST + " SIP/2.0\r\n"
                + "Via: SIP/2.0/TLS " + BenchConfig.HOST + ":" + port + ";branch=z9hG4bKt" + number + "-" + cseq
                + ";rport\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:" + user + "@" + BenchConfig.HOST + ">;tag=f" + user + "\r\n"
                + "To: <sip:" + user + "@" + BenchConfig.HOST + ">\r\n"
                + "Call-ID: " + number + "@bench\r\n"
                + "CSeq: " + cseq + " REGISTER\r\n"
                + "Contact: <sip:" + user + "@" + BenchConfig.HOST + ":" + port + ";transport=tls>\r\n"
                + "Expires: 3600\r\n"
                + authorization
                + "Content-Length: 0\r\n\r\n";
    }

    private static SipText ask(SSLSocket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        var bytes = new byte[4_096];
        while (answer.indexOf("\r\n\r\n") < 0) {
            var size = socket.getInputStream().read(bytes);
            if (size < 0) {
                throw new IOException("the connection was closed");
            }
            answer.append(new String(bytes, 0, size, StandardCharsets.US_ASCII));
        }
        return new SipText(answer.toString());
    }

    /** Both ends in this process, packets handed over without a network: a side costs half. */
    void dtls() {
        var warm = bench.quick() ? 300 : 2_000;
        var count = bench.quick() ? 200 : 1_000;
        try {
            handshakes(warm);
            var self = ProcessHandle.current().pid();
            var before = ProcessClock.cpuNanos(self);
            handshakes(count);
            var ms = (ProcessClock.cpuNanos(self) - before) / 1e6 / count / 2;
            bench.figure(
                    "DTLS-SRTP handshake, one side", ms, "ms CPU", "ECDSA P-256, DTLS 1.2; both ends in one process");
            bench.figure("DTLS-SRTP handshakes", 1_000 / ms, "a CPU second", "");
        } catch (InterruptedException hurried) {
            throw new BenchException("interrupted", hurried);
        }
    }

    private static void handshakes(int count) throws InterruptedException {
        var random = new SecureRandom();
        var identities = new DtlsIdentities(Instant.now(), random);
        var all = new DtlsHandshakes(identities, random);
        var ours = identities.own().fingerprint();
        var outcomes = new LinkedBlockingQueue<HandshakeOutcome>();
        for (var i = 0; i < count; i++) {
            var sides = new KeyExchange[2];
            for (var side = 0; side < 2; side++) {
                var other = 1 - side;
                var from = address(side);
                sides[side] = all.exchange(
                        (packet, to) -> {
                            synchronized (sides[other]) {
                                sides[other].received(ByteBuffer.wrap(packet), from);
                            }
                        },
                        outcomes::add);
            }
            sides[1].begin(new DtlsAgreement(DtlsSetup.PASSIVE, ours, List.of(ours), ""), address(0));
            sides[0].begin(new DtlsAgreement(DtlsSetup.ACTIVE, ours, List.of(ours), ""), address(1));
            keyed(outcomes);
            keyed(outcomes);
            sides[0].close();
            sides[1].close();
        }
    }

    private static void keyed(BlockingQueue<HandshakeOutcome> outcomes) throws InterruptedException {
        var outcome = outcomes.poll(30, TimeUnit.SECONDS);
        if (!(outcome instanceof HandshakeOutcome.Keyed)) {
            throw new BenchException("a DTLS handshake failed: " + outcome);
        }
    }

    private static InetSocketAddress address(int side) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1_000 + side);
    }
}
