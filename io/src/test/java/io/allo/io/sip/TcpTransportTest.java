package io.allo.io.sip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.loop.SystemClock;
import io.allo.sip.address.HostPort;
import io.allo.sip.door.BanSubject;
import io.allo.sip.door.ConnectionLimits;
import io.allo.sip.door.Door;
import io.allo.sip.door.DoorSettings;
import io.allo.sip.door.FailureLimits;
import io.allo.sip.door.Rate;
import io.allo.sip.door.RateLimits;
import io.allo.sip.flow.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpTransportTest {
    private static final TransportLimits USUAL = TransportLimits.DEFAULT;

    private final Told told = new Told();
    private SipTransports transports;

    @AfterEach
    void stop() {
        if (transports != null) {
            transports.stop();
        }
    }

    private HostPort open(TransportLimits limits) throws Exception {
        var config = TransportConfig.of("tcp", Flow.TCP, HostPort.parse("127.0.0.1:0"))
                .withLimits(limits);
        transports = SipTransports.open(List.of(config), told, new SystemClock());
        transports.start();
        return transports.listening().getFirst().bound();
    }

    private static TransportLimits limits(
            int connections, int perSource, int message, int queue, int messageMs, int idleMs) {
        return new TransportLimits(
                connections, perSource, perSource, message, queue, 2_000, 2_000, messageMs, idleMs, idleMs, 0);
    }

    private static Socket connect(HostPort to) throws IOException {
        var socket = new Socket(InetAddress.getByName(to.host()), to.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void messagesAreCutOutOfTheStreamWhereverItsPartsEnd() throws Exception {
        var bound = open(USUAL);
        try (var phone = connect(bound)) {
            var two = new byte[2][];
            two[0] = Texts.options("one", "body");
            two[1] = Texts.options("two");
            var out = phone.getOutputStream();
            for (var b : two[0]) {
                out.write(b);
                out.flush();
            }
            out.write(two[1]);
            out.write(Texts.options("three"));
            out.flush();
            var first = told.next(Told.Received.class);
            assertEquals("one", first.message().callId());
            assertArrayEquals(Texts.ascii("body"), first.message().body());
            assertEquals("two", told.next(Told.Received.class).message().callId());
            var third = told.next(Told.Received.class);
            assertEquals("three", third.message().callId());
            assertEquals(first.flow(), third.flow());
            assertEquals(bound, first.flow().local());
            assertEquals(phone.getLocalPort(), first.flow().remote().port());
        }
    }

    @Test
    void anAnswerGoesBackOverTheConnectionAndItsEndIsToldOnce() throws Exception {
        var bound = open(USUAL);
        Flow flow;
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.options("x"));
            flow = told.next(Told.Received.class).flow();
            transports.send(flow, Texts.ascii("the answer"));
            assertArrayEquals(Texts.ascii("the answer"), phone.getInputStream().readNBytes(10));
        }
        assertEquals(flow, told.next(Told.Closed.class).flow());
        told.nothingFor(50);
        transports.send(flow, Texts.ascii("too late"));
        assertEquals(flow, told.next(Told.Closed.class).flow());
        assertEquals(0, transports.connectionCount());
    }

    @Test
    void aPingIsAnsweredByAPong() throws Exception {
        var bound = open(USUAL);
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.ascii("\r\n\r\n"));
            assertArrayEquals(Texts.ascii("\r\n"), phone.getInputStream().readNBytes(2));
        }
    }

    @Test
    void aQuietConnectionIsPinged() throws Exception {
        var bound = open(USUAL.withKeepAliveIntervalMs(50));
        try (var phone = connect(bound)) {
            assertArrayEquals(
                    Texts.ascii("\r\n\r\n\r\n\r\n"), phone.getInputStream().readNBytes(8));
        }
    }

    @Test
    void aConnectionThatLeadsThereIsUsedAgain() throws Exception {
        open(USUAL);
        try (var server = listen()) {
            var remote = new HostPort("127.0.0.1", server.getLocalPort());
            transports.open(1, Flow.TCP, remote, null, null);
            transports.open(2, Flow.TCP, remote, null, null);
            var first = told.next(Told.Opened.class);
            var second = told.next(Told.Opened.class);
            assertEquals(first.flow(), second.flow());
            assertEquals(Set.of(1L, 2L), Set.of(first.token(), second.token()));
            try (var accepted = server.accept()) {
                transports.open(3, Flow.TCP, remote, null, "tcp");
                assertEquals(first.flow(), told.next(Told.Opened.class).flow());
                transports.send(first.flow(), Texts.options("out"));
                assertArrayEquals(
                        Texts.options("out"), accepted.getInputStream().readNBytes(Texts.options("out").length));
            }
            assertEquals(first.flow(), told.next(Told.Closed.class).flow());
            transports.open(4, Flow.TCP, remote, null, null);
            assertNotEquals(first.flow(), told.next(Told.Opened.class).flow());
        }
    }

    @Test
    void aConnectionThatThePeerOpenedLeadsToIt() throws Exception {
        var bound = open(USUAL);
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.options("x"));
            var flow = told.next(Told.Received.class).flow();
            transports.open(1, Flow.TCP, flow.remote(), null, null);
            assertEquals(flow, told.next(Told.Opened.class).flow());
        }
    }

    @Test
    void aRefusedConnectionFails() throws Exception {
        open(USUAL);
        int port;
        try (var server = listen()) {
            port = server.getLocalPort();
        }
        transports.open(5, Flow.TCP, new HostPort("127.0.0.1", port), null, null);
        assertEquals(5, told.next(Told.Failed.class).token());
        assertEquals(0, transports.connectionCount());
    }

    @Test
    void whatWasSentIsWrittenBeforeAConnectionIsClosed() throws Exception {
        var bound = open(USUAL);
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.options("x"));
            var flow = told.next(Told.Received.class).flow();
            transports.send(flow, Texts.ascii("last words"));
            transports.close(flow);
            assertArrayEquals(Texts.ascii("last words"), phone.getInputStream().readAllBytes());
            assertEquals(flow, told.next(Told.Closed.class).flow());
        }
    }

    @Test
    void aPeerThatDoesNotReadLosesItsConnectionAndHoldsNobodyUp() throws Exception {
        var bound = open(limits(10, 10, 1 << 16, 100_000, 10_000, 60_000));
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.options("x"));
            var flow = told.next(Told.Received.class).flow();
            var began = System.nanoTime();
            for (var i = 0; i < 500; i++) {
                transports.send(flow, new byte[50_000]);
            }
            assertTrue(System.nanoTime() - began < 5_000_000_000L);
            assertEquals(flow, told.next(Told.Closed.class).flow());
            assertEquals(1, transports.counters().slowPeers.sum());
        }
    }

    @Test
    void aMessageThatIsTooLargeIsAnsweredAndTheConnectionClosed() throws Exception {
        var bound = open(limits(10, 10, 2_000, 100_000, 10_000, 60_000));
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.options("x", "a".repeat(5_000)));
            var malformed = told.next(Told.Malformed.class);
            assertEquals(513, malformed.problem().status());
            transports.send(malformed.flow(), Texts.ascii("513"));
            assertArrayEquals(Texts.ascii("513"), phone.getInputStream().readAllBytes());
        }
        told.next(Told.Closed.class);
    }

    @Test
    void aMessageThatIsNotFinishedInTimeClosesTheConnection() throws Exception {
        var bound = open(limits(10, 10, 2_000, 100_000, 100, 60_000));
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.ascii("OPTIONS sip:a"));
            assertEquals(-1, phone.getInputStream().read());
        }
        told.next(Told.Closed.class);
    }

    private Door doorBefore(TransportLimits limits, DoorSettings settings) throws Exception {
        var clock = new SystemClock();
        var door = new Door(settings, nowNanos -> clock.epochMillis());
        var config = TransportConfig.of("tcp", Flow.TCP, HostPort.parse("127.0.0.1:0"))
                .withLimits(limits);
        transports = SipTransports.open(List.of(config), told, door, clock);
        transports.start();
        return door;
    }

    @Test
    void aStrangerMayNotBeSilentForAsLongAsAPhone() throws Exception {
        var limits = new TransportLimits(10, 10, 10, 2_000, 100_000, 2_000, 2_000, 10_000, 60_000, 100, 0);
        var door = doorBefore(limits, DoorSettings.DEFAULT);
        var bound = transports.listening().getFirst().bound();
        try (var stranger = connect(bound)) {
            assertEquals(-1, stranger.getInputStream().read());
        }
        told.next(Told.Closed.class);
        door.proved(HostPort.parse("127.0.0.1:5060"), "101", new SystemClock().nanoTime());
        try (var phone = connect(bound)) {
            phone.setSoTimeout(500);
            assertThrows(
                    SocketTimeoutException.class, () -> phone.getInputStream().read());
        }
    }

    @Test
    void aBannedAddressGetsNoConnectionAndLosesThoseItHas() throws Exception {
        var door = doorBefore(TransportLimits.DEFAULT, DoorSettings.DEFAULT);
        var bound = transports.listening().getFirst().bound();
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.options("1"));
            told.next(Told.Received.class);
            door.ban(BanSubject.parse("127.0.0.1"), 60_000, new SystemClock().nanoTime());
            phone.getOutputStream().write(Texts.options("2"));
            told.next(Told.Closed.class);
            try (var another = connect(bound)) {
                assertFalse(isAlive(another));
            }
        }
    }

    @Test
    void whoIsKnownAndSendsTooMuchIsRefused() throws Exception {
        var one = RateLimits.kinds(
                new Rate(0.01, 1), new Rate(0.01, 1), new Rate(0.01, 1), new Rate(1, 1), new Rate(1, 9));
        var rates = new RateLimits(one, one, new Rate(9, 9), new Rate(9, 9), new Rate(0.01, 1), 100);
        var door = doorBefore(
                TransportLimits.DEFAULT,
                new DoorSettings(rates, FailureLimits.DEFAULT, ConnectionLimits.DEFAULT, address -> false));
        door.proved(HostPort.parse("127.0.0.1:5060"), "101", new SystemClock().nanoTime());
        try (var phone = connect(transports.listening().getFirst().bound())) {
            phone.getOutputStream().write(Texts.options("1"));
            told.next(Told.Received.class);
            phone.getOutputStream().write(Texts.options("2"));
            told.next(Told.Excess.class);
            phone.getOutputStream().write(Texts.options("3"));
            told.next(Told.Closed.class);
        }
    }

    @Test
    void theDoorsLimitOfConnectionsMayChangeWhileTheTransportIsOpen() throws Exception {
        var door = doorBefore(
                TransportLimits.DEFAULT.withConnectionsOfDoor(),
                new DoorSettings(
                        RateLimits.NONE, FailureLimits.DEFAULT, new ConnectionLimits(10, 10, 1), address -> false));
        var bound = transports.listening().getFirst().bound();
        try (var one = connect(bound)) {
            assertTrue(isAlive(one));
            try (var another = connect(bound)) {
                assertFalse(isAlive(another));
            }
            door.configure(new DoorSettings(
                    RateLimits.NONE, FailureLimits.DEFAULT, new ConnectionLimits(10, 10, 2), address -> false));
            try (var another = connect(bound)) {
                assertTrue(isAlive(another));
            }
            door.configure(new DoorSettings(
                    RateLimits.NONE, FailureLimits.DEFAULT, new ConnectionLimits(10, 1, 1), address -> true));
            try (var trusted = connect(bound)) {
                assertTrue(isAlive(trusted));
            }
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        var bound = open(limits(10, 10, 2_000, 100_000, 10_000, 100));
        try (var phone = connect(bound)) {
            assertEquals(-1, phone.getInputStream().read());
        }
        told.next(Told.Closed.class);
    }

    @Test
    void thereAreNoMoreConnectionsThanAllowedFromOneAddressAndInAll() throws Exception {
        var bound = open(limits(10, 2, 2_000, 100_000, 10_000, 60_000));
        try (var one = connect(bound);
                var two = connect(bound)) {
            one.getOutputStream().write(Texts.options("1"));
            two.getOutputStream().write(Texts.options("2"));
            var first = told.next(Told.Received.class);
            told.next(Told.Received.class);
            try (var three = connect(bound)) {
                assertFalse(isAlive(three));
            }
            assertEquals(1, transports.counters().connectionsRefused.sum());
            transports.close(first.flow());
            told.next(Told.Closed.class);
            try (var four = connect(bound)) {
                four.getOutputStream().write(Texts.options("4"));
                assertEquals("4", told.next(Told.Received.class).message().callId());
            }
        }
    }

    @Test
    void whoHoardsUnfinishedMessagesIsCutOffAndAShortOneStillGetsIn() throws Exception {
        var bound = open(limits(400, 400, 1 << 18, 100_000, 60_000, 60_000));
        var start = Texts.ascii("OPTIONS sip:a SIP/2.0\r\nContent-Length: 250000\r\n\r\n" + "a".repeat(249_000));
        var hoard = new ArrayList<Socket>();
        while (transports.counters().hoarders.sum() == 0) {
            assertTrue(hoard.size() < 200, "200 times 249,000 bytes are held: " + transports.unfinishedBytes());
            var one = connect(bound);
            hoard.add(one);
            var before = transports.unfinishedBytes();
            begin(one, start);
            while (transports.unfinishedBytes() < before + 200_000
                    && transports.counters().hoarders.sum() == 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        told.next(Told.Closed.class);
        assertTrue(transports.unfinishedBytes() <= UnfinishedMessages.STRANGERS_BYTES + (1 << 21));
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.options("7"));
            assertEquals("7", told.nextReceived().message().callId());
        }
        for (var one : hoard) {
            one.close();
        }
    }

    private static void begin(Socket socket, byte[] message) {
        try {
            socket.getOutputStream().write(message);
        } catch (IOException cutOff) {
            // as it is to be, sooner or later
        }
    }

    @Test
    void theLastFifthOfTheConnectionsIsForKnownAddressesAndTheHeapBoundsStrangers() {
        assertEquals(8_000, TransportLimits.strangersShare(10_000, 1L << 33));
        assertEquals(4_096, TransportLimits.strangersShare(10_000, 1L << 30));
        assertEquals(200, TransportLimits.strangersShare(10_000, 1L << 20));
        assertEquals(10, TransportLimits.strangersShare(10, 1L << 30));
    }

    /** Whether a ping is answered. */
    private static boolean isAlive(Socket socket) {
        try {
            socket.getOutputStream().write(Texts.ascii("\r\n\r\n"));
            return socket.getInputStream().read() >= 0;
        } catch (IOException reset) {
            return false;
        }
    }

    @Test
    void aFullInboxHoldsTheStreamUpAndLosesNothing() throws Exception {
        var bound = open(USUAL);
        told.full = true;
        try (var phone = connect(bound)) {
            phone.getOutputStream().write(Texts.options("1"));
            phone.getOutputStream().write(Texts.options("2"));
            told.nothingFor(50);
            told.full = false;
            assertEquals("1", told.next(Told.Received.class).message().callId());
            assertEquals("2", told.next(Told.Received.class).message().callId());
        }
    }
}
