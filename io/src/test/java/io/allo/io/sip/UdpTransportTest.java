package io.allo.io.sip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.io.loop.SystemClock;
import io.allo.sip.address.HostPort;
import io.allo.sip.door.BanSubject;
import io.allo.sip.door.Door;
import io.allo.sip.door.DoorSettings;
import io.allo.sip.flow.Flow;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class UdpTransportTest {
    private final Told told = new Told();
    private SipTransports transports;

    @AfterEach
    void stop() {
        if (transports != null) {
            transports.stop();
        }
    }

    private HostPort open(String... binds) throws Exception {
        var configs = Arrays.stream(binds)
                .map(bind -> TransportConfig.of("udp-" + bind, Flow.UDP, HostPort.parse(bind)))
                .toList();
        transports = SipTransports.open(configs, told, new SystemClock());
        transports.start();
        return transports.listening().getFirst().bound();
    }

    private static void send(DatagramSocket from, byte[] bytes, String host, int port) throws Exception {
        from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(host), port));
    }

    private static byte[] receive(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(10_000);
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Test
    void aBannedAddressIsDroppedBeforeAnythingIsRead() throws Exception {
        var clock = new SystemClock();
        var door = new Door(DoorSettings.DEFAULT, nowNanos -> clock.epochMillis());
        transports = SipTransports.open(
                List.of(TransportConfig.of("udp", Flow.UDP, HostPort.parse("127.0.0.1:0"))), told, door, clock);
        transports.start();
        var port = transports.listening().getFirst().bound().port();
        var banned = BanSubject.parse("127.0.0.1");
        door.ban(banned, 60_000, clock.nanoTime());
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(phone, Texts.ascii("OPTIONS nonsense that nobody reads"), "127.0.0.1", port);
            told.nothingFor(200);
            assertEquals(1, door.counters().banned.sum());
            assertEquals(0, transports.counters().malformed.sum());
            door.lift(banned, clock.nanoTime());
            send(phone, Texts.ascii("OPTIONS nonsense that somebody reads"), "127.0.0.1", port);
            told.next(Told.Malformed.class);
        }
    }

    @Test
    void aFlowRememberedFromAnEarlierRunLeavesFromTheSocketThatIsBoundThereNow() throws Exception {
        open("127.0.0.1:0", "127.0.0.1:0");
        var second = transports.listening().get(1).bound();
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            var remote = new HostPort("127.0.0.1", phone.getLocalPort());
            transports.send(new Flow(Flow.UDP, second, remote, Flow.REMEMBERED), Texts.ascii("you are remembered"));
            phone.setSoTimeout(10_000);
            var packet = new DatagramPacket(new byte[100], 100);
            phone.receive(packet);
            assertEquals(second.port(), packet.getPort());
            var elsewhere = new Flow(Flow.UDP, second.withPort(1), remote, Flow.REMEMBERED);
            transports.send(elsewhere, Texts.ascii("lost"));
            assertEquals(elsewhere, told.next(Told.Closed.class).flow());
        }
    }

    @Test
    void aMessageComesWithAFlowThatAnswersGoBackOver() throws Exception {
        var bound = open("127.0.0.1:0");
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(phone, Texts.options("a"), "127.0.0.1", bound.port());
            var received = told.next(Told.Received.class);
            assertEquals("a", received.message().callId());
            assertEquals(bound, received.flow().local());
            assertEquals(
                    new HostPort("127.0.0.1", phone.getLocalPort()),
                    received.flow().remote());

            transports.send(received.flow(), Texts.ascii("answer of more than nothing"));
            phone.setSoTimeout(10_000);
            var packet = new DatagramPacket(new byte[100], 100);
            phone.receive(packet);
            assertEquals(bound.port(), packet.getPort());
            assertEquals("127.0.0.1", packet.getAddress().getHostAddress());
        }
    }

    @Test
    void boundToEveryAddressAFlowStillNamesTheOneThatThePeerReaches() throws Exception {
        var bound = open("0.0.0.0:0");
        assertEquals("0.0.0.0", bound.host());
        assertNotEquals(0, bound.port());
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(phone, Texts.options("a"), "127.0.0.1", bound.port());
            var flow = told.next(Told.Received.class).flow();
            assertEquals(new HostPort("127.0.0.1", bound.port()), flow.local());
        }
    }

    @Test
    void ipv6WorksAndAWildcardSocketOfItTakesIpv4Too() throws Exception {
        var bound = open("[::]:0");
        try (var six = new DatagramSocket(0, InetAddress.getByName("::1"));
                var four = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(six, Texts.options("six"), "::1", bound.port());
            var flow = told.next(Told.Received.class).flow();
            assertEquals("0:0:0:0:0:0:0:1", flow.local().host());
            transports.send(flow, Texts.ascii("back to six"));
            assertArrayEquals(Texts.ascii("back to six"), receive(six));

            send(four, Texts.options("four"), "127.0.0.1", bound.port());
            var flow4 = told.next(Told.Received.class).flow();
            assertEquals("127.0.0.1", flow4.local().host());
            transports.send(flow4, Texts.ascii("back to four"));
            assertArrayEquals(Texts.ascii("back to four"), receive(four));
        }
    }

    @Test
    void bothFamiliesOnOnePortShareASocket() throws Exception {
        int port;
        try (var free = new DatagramSocket()) {
            port = free.getLocalPort();
        }
        open("0.0.0.0:" + port, "[::]:" + port);
        assertEquals(
                List.of(port, port),
                transports.listening().stream().map(l -> l.bound().port()).toList());
        transports.open(1, Flow.UDP, HostPort.parse("127.0.0.1:5070"), null, "udp-0.0.0.0:" + port);
        assertEquals(port, told.next(Told.Opened.class).flow().local().port());
    }

    @Test
    void answersLeaveFromTheSocketThatTheRequestCameTo() throws Exception {
        open("127.0.0.1:0", "127.0.0.2:0");
        var second = transports.listening().get(1).bound();
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(phone, Texts.options("b"), "127.0.0.2", second.port());
            var flow = told.next(Told.Received.class).flow();
            assertEquals(second, flow.local());
            transports.send(flow, Texts.ascii("from the second"));
            phone.setSoTimeout(10_000);
            var packet = new DatagramPacket(new byte[100], 100);
            phone.receive(packet);
            assertEquals("127.0.0.2", packet.getAddress().getHostAddress());
            assertEquals(second.port(), packet.getPort());
        }
    }

    @Test
    void keepAlivesAreNoMessagesAndRubbishIsReported() throws Exception {
        var bound = open("127.0.0.1:0");
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(phone, Texts.ascii("\r\n\r\n"), "127.0.0.1", bound.port());
            send(phone, new byte[4], "127.0.0.1", bound.port());
            send(phone, Texts.ascii("jaK"), "127.0.0.1", bound.port());
            send(phone, new byte[28], "127.0.0.1", bound.port());
            send(phone, Texts.ascii("INVITE this is no message at all\r\n\r\n"), "127.0.0.1", bound.port());
            assertEquals(
                    phone.getLocalPort(),
                    told.next(Told.Malformed.class).flow().remote().port());
            assertEquals(4, transports.counters().keepAlives.sum());
            assertEquals(1, transports.counters().malformed.sum());
        }
    }

    @Test
    void withoutRoomInTheInboxADatagramIsLostAndCounted() throws Exception {
        var bound = open("127.0.0.1:0");
        told.full = true;
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(phone, Texts.options("lost"), "127.0.0.1", bound.port());
            send(phone, Texts.ascii("no message but longer than 16"), "127.0.0.1", bound.port());
            told.next(Told.Malformed.class);
            assertEquals(1, transports.counters().lost.sum());
        }
    }

    @Test
    void anOpenedFlowIsTheOneThatAnswersComeBackOver() throws Exception {
        open("127.0.0.1:0");
        try (var peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            transports.open(7, Flow.UDP, new HostPort("127.0.0.1", peer.getLocalPort()), null, null);
            var opened = told.next(Told.Opened.class);
            assertEquals(7, opened.token());
            transports.send(opened.flow(), Texts.options("out"));
            assertArrayEquals(Texts.options("out"), receive(peer));
            send(peer, Texts.options("in"), "127.0.0.1", opened.flow().local().port());
            assertEquals(opened.flow(), told.next(Told.Received.class).flow());
        }
    }

    @Test
    void whatNoTransportReachesFails() throws Exception {
        open("127.0.0.1:0");
        transports.open(1, Flow.UDP, HostPort.parse("[::1]:5060"), null, null);
        assertTrue(told.next(Told.Failed.class).why().contains("no UDP transport reaches"));
        transports.open(2, Flow.TCP, HostPort.parse("127.0.0.1:5060"), null, null);
        assertEquals(2, told.next(Told.Failed.class).token());
        transports.open(3, Flow.UDP, HostPort.parse("a.name.test:5060"), null, null);
        assertEquals(3, told.next(Told.Failed.class).token());
    }

    @Test
    void aDatagramThatCanNotBeSentClosesItsFlow() throws Exception {
        open("127.0.0.1:0");
        transports.open(1, Flow.UDP, HostPort.parse("127.0.0.1:5070"), null, null);
        var flow = told.next(Told.Opened.class).flow();
        transports.send(flow, new byte[70_000]);
        assertEquals(flow, told.next(Told.Closed.class).flow());
    }

    @Test
    void aPortThatIsTakenIsReportedByTheNameOfTheTransport() throws Exception {
        var bound = open("127.0.0.1:0");
        var second = TransportConfig.of("again", Flow.UDP, bound);
        var refused = assertThrows(
                SipBindException.class, () -> SipTransports.open(List.of(second), told, new SystemClock()));
        assertTrue(refused.getMessage().contains("again"), refused.getMessage());
        assertEquals(second, refused.config());
    }

    private HostPort openEverywhere(String wildcard, AtomicReference<List<InetAddress>> addresses) throws Exception {
        var config = TransportConfig.of("udp", Flow.UDP, HostPort.parse(wildcard));
        transports = SipTransports.open(List.of(config), told, openDoor(), new SystemClock(), addresses::get);
        transports.start();
        return transports.listening().getFirst().bound();
    }

    private static Door openDoor() {
        return new Door(DoorSettings.WITHOUT_RATES, nowNanos -> 0);
    }

    private static List<InetAddress> addresses(String... texts) {
        return Arrays.stream(texts).map(InetAddress::ofLiteral).toList();
    }

    /** The routing table would choose 127.0.0.1 for all of these. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:0", "[::]:0"})
    void onEveryAddressAnswersLeaveFromTheOneThatTheRequestCameTo(String wildcard) throws Exception {
        var bound = openEverywhere(wildcard, new AtomicReference<>(addresses("127.0.0.1", "127.0.0.2", "127.0.0.3")));
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            for (var ours : List.of("127.0.0.3", "127.0.0.1", "127.0.0.2")) {
                send(phone, Texts.options("a"), ours, bound.port());
                var flow = told.next(Told.Received.class).flow();
                assertEquals(new HostPort(ours, bound.port()), flow.local());
                transports.send(flow, Texts.ascii("answer of more than nothing"));
                assertEquals(new InetSocketAddress(ours, bound.port()), sender(phone));
                var remembered = new Flow(Flow.UDP, flow.local(), flow.remote(), Flow.REMEMBERED);
                transports.send(remembered, Texts.ascii("answer of more than nothing"));
                assertEquals(new InetSocketAddress(ours, bound.port()), sender(phone));
            }
        }
    }

    @Test
    void anAddressThatComesLaterIsAnsweredFromToo() throws Exception {
        var present = new AtomicReference<>(addresses("127.0.0.1"));
        var bound = openEverywhere("0.0.0.0:0", present);
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(phone, Texts.options("before"), "127.0.0.2", bound.port());
            assertEquals(
                    "127.0.0.1",
                    told.next(Told.Received.class).flow().local().host(),
                    "not known yet: by the routing table");
            present.set(addresses("127.0.0.1", "127.0.0.2"));
            transports.follow();
            send(phone, Texts.options("after"), "127.0.0.2", bound.port());
            var flow = told.next(Told.Received.class).flow();
            assertEquals("127.0.0.2", flow.local().host());

            present.set(addresses("127.0.0.1"));
            transports.follow();
            transports.send(flow, Texts.ascii("answer of more than nothing"));
            assertEquals(bound.port(), sender(phone).getPort(), "an address that is gone: from another");
        }
    }

    @Test
    void nobodyElseCanJoinThePort() throws Exception {
        var bound = openEverywhere("0.0.0.0:0", new AtomicReference<>(addresses("127.0.0.1", "127.0.0.2")));
        for (var address : List.of("0.0.0.0", "127.0.0.1", "127.0.0.2", "127.0.0.3")) {
            var same = TransportConfig.of("second", Flow.UDP, new HostPort(address, bound.port()));
            assertThrows(
                    SipBindException.class, () -> SipTransports.open(List.of(same), told, new SystemClock()), address);
            try (var channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                assertThrows(BindException.class, () -> channel.bind(new InetSocketAddress(address, bound.port())));
            }
        }
    }

    @Test
    void addressesBeyondTheLimitAreServedByTheSocketForAll() throws Exception {
        var many = IntStream.rangeClosed(1, UdpTransport.MAX_ADDRESSES + 1)
                .mapToObj(n -> "127.0.1." + n)
                .toArray(String[]::new);
        var bound = openEverywhere("0.0.0.0:0", new AtomicReference<>(addresses(many)));
        try (var phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            send(phone, Texts.options("last"), many[UdpTransport.MAX_ADDRESSES - 1], bound.port());
            assertEquals(
                    many[UdpTransport.MAX_ADDRESSES - 1],
                    told.next(Told.Received.class).flow().local().host());
            send(phone, Texts.options("beyond"), many[UdpTransport.MAX_ADDRESSES], bound.port());
            assertEquals(
                    "127.0.0.1", told.next(Told.Received.class).flow().local().host());
        }
    }

    private static InetSocketAddress sender(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(10_000);
        var packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return (InetSocketAddress) packet.getSocketAddress();
    }
}
