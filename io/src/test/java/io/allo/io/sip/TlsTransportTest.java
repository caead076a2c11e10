package io.allo.io.sip;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.loop.SystemClock;
import io.allo.io.tls.CertificateStore;
import io.allo.io.tls.TlsContext;
import io.allo.io.tls.TlsMethod;
import io.allo.io.tls.TlsSettings;
import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TlsTransportTest {
    private static final SystemClock CLOCK = new SystemClock();

    @TempDir
    Path directory;

    private final Told told = new Told();
    private final List<SipTransports> opened = new ArrayList<>();

    @AfterEach
    void stop() {
        opened.forEach(SipTransports::stop);
    }

    private TlsContext context(TlsSettings settings, String name) throws Exception {
        return TlsContext.open(settings, new CertificateStore(directory.resolve(name), List.of(name), CLOCK));
    }

    private SipTransports open(TlsContext tls, FlowListener listener, TransportLimits limits) throws Exception {
        var config =
                TransportConfig.tls("tls", HostPort.parse("127.0.0.1:0"), tls).withLimits(limits);
        var transports = SipTransports.open(List.of(config), listener, CLOCK);
        transports.start();
        opened.add(transports);
        return transports;
    }

    private static HostPort bound(SipTransports transports) {
        return transports.listening().getFirst().bound();
    }

    private static Socket connect(HostPort to) throws Exception {
        return new Socket(InetAddress.getByName(to.host()), to.port());
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsMethod.class,
            names = {"TLS_1_2", "TLS_1_3"})
    void messagesGoBothWaysOverEachVersion(TlsMethod version) throws Exception {
        var server = open(context(TlsSettings.DEFAULT, "server"), told, TransportLimits.DEFAULT);
        var phone = context(TlsSettings.DEFAULT.withMethod(version), "phone");
        try (SSLSocket socket = phone.connected(connect(bound(server)), "server")) {
            socket.getOutputStream().write(Texts.options("secret"));
            var received = told.next(Told.Received.class);
            assertEquals(Flow.TLS, received.flow().transport());
            assertEquals("secret", received.message().callId());
            assertEquals(1, server.counters().tlsHandshakes.sum());
            assertEquals(0, server.counters().tlsUnderWay.sum());
            server.send(received.flow(), Texts.ascii("the answer"));
            assertArrayEquals(Texts.ascii("the answer"), socket.getInputStream().readNBytes(10));
            server.close(received.flow());
            assertEquals(-1, socket.getInputStream().read());
            assertEquals(received.flow(), told.next(Told.Closed.class).flow());
        }
    }

    @Test
    void aServerWithTheRightNameIsConnectedToAndAnyOtherIsNot() throws Exception {
        var serverTold = new Told();
        var server = open(context(TlsSettings.DEFAULT, "right.test"), serverTold, TransportLimits.DEFAULT);
        var itsCertificate = onlyFile(directory.resolve("right.test").resolve("tls"), ".pem");
        var strict = TlsSettings.DEFAULT.withCaListFile(itsCertificate).withVerification(false, false, true);
        var client = open(context(strict, "client"), told, TransportLimits.DEFAULT);

        client.open(1, Flow.TLS, bound(server), "wrong.test", null);
        assertEquals(1, told.next(Told.Failed.class).token());
        assertEquals(1, client.counters().tlsRefused.sum());
        client.open(2, Flow.TLS, bound(server), "right.test", null);
        var flow = told.next(Told.Opened.class).flow();
        client.send(flow, Texts.options("hello"));
        assertEquals("hello", serverTold.next(Told.Received.class).message().callId());

        client.open(3, Flow.TLS, bound(server), "right.test", null);
        assertEquals(flow, told.next(Told.Opened.class).flow());
        client.open(4, Flow.TLS, bound(server), "wrong.test", null);
        assertEquals(4, told.next(Told.Failed.class).token());
    }

    private static Path onlyFile(Path folder, String ending) throws Exception {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(ending)).findFirst().orElseThrow();
        }
    }

    /** Whether the other side closes or resets the connection. */
    private static boolean ends(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void whoeverDoesNotFinishTheHandshakeIsSentAway() throws Exception {
        var hasty = new TransportLimits(10, 10, 10, 2_000, 100_000, 1_000, 100, 10_000, 60_000, 60_000, 0);
        var server = open(context(TlsSettings.DEFAULT, "server"), told, hasty);
        try (var silent = connect(bound(server))) {
            silent.setSoTimeout(10_000);
            assertEquals(-1, silent.getInputStream().read());
        }
        try (var plain = connect(bound(server))) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write(Texts.options("plain"));
            assertTrue(ends(plain));
        }
        try (var gone = connect(bound(server))) {
            gone.getOutputStream().write(0x16); // a handshake's first octet, and then nobody is there any more
        }
        await().until(() ->
                server.counters().tlsCutOff.sum() + server.counters().tlsRefused.sum() == 2);
        told.nothingFor(50);
        assertEquals(0, server.connectionCount());
        assertEquals(1, server.counters().tlsTimeouts.sum(), "the silent one");
        assertTrue(server.counters().tlsRefused.sum() >= 1, "the one that spoke no TLS");
        assertEquals(0, server.counters().tlsHandshakes.sum());
        assertEquals(0, server.counters().tlsUnderWay.sum());
    }
}
