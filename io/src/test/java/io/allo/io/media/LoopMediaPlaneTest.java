package io.allo.io.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.io.loop.SystemClock;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.MediaPlane.OpenedPort;
import io.allo.media.port.MediaPlane.PortRequest;
import io.allo.media.port.MediaUnavailableException;
import io.allo.media.port.StreamSettings;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.Direction;
import io.allo.media.sdp.DtmfMode;
import io.allo.media.sdp.NegotiatedCodec;
import io.allo.media.sdp.NegotiatedMedia;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopMediaPlaneTest {

    private static final int PATIENCE_MS = 5_000;
    private static final int SILENCE_MS = 200;

    /** Far below the ports that systems give away by themselves, so that only other tests can be in the way. */
    private final PortRange range = new PortRange(21_000, 21_999, RandomSource.secure());

    private final LoopMediaPlane plane = new LoopMediaPlane(range, new SystemClock(), RandomSource.secure());
    private final BlockingQueue<MediaEvent> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        plane.close();
    }

    /** A phone on loopback and the port it talks to. */
    private final class Phone implements AutoCloseable {
        final DatagramSocket socket;
        final OpenedPort port;
        private int sequence = 1;

        Phone(String sdpHost) throws IOException {
            this(sdpHost, "");
        }

        Phone(String sdpHost, String shownHost) throws IOException {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = plane.open(new PortRequest("127.0.0.1"), told::add);
            plane.post(new MediaCommand.Configure(
                    port.id(), agreed(sdpHost, socket.getLocalPort()), new StreamSettings(0, 0, 0, shownHost)));
        }

        void say(int octet) throws IOException {
            sayFrom(socket, octet);
        }

        void sayFrom(DatagramSocket from, int octet) throws IOException {
            var packet = new byte[172];
            RtpPacket.writeHeader(packet, 0, false, 0, sequence, 160 * sequence, 99);
            sequence++;
            Arrays.fill(packet, 12, 172, (byte) octet);
            from.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port.rtpPort()));
        }

        byte[] heard() throws IOException {
            socket.setSoTimeout(PATIENCE_MS);
            var packet = new DatagramPacket(new byte[2_048], 2_048);
            socket.receive(packet);
            return Arrays.copyOfRange(packet.getData(), 12, packet.getLength());
        }

        void hearsNothing() throws IOException {
            socket.setSoTimeout(SILENCE_MS);
            assertThrows(
                    SocketTimeoutException.class, () -> socket.receive(new DatagramPacket(new byte[2_048], 2_048)));
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static NegotiatedMedia agreed(String host, int port) {
        return new NegotiatedMedia(
                0,
                host,
                port,
                host,
                port + 1,
                false,
                true,
                List.of(new NegotiatedCodec(CodecName.ULAW, 0, 0, "")),
                List.of(),
                DtmfMode.NONE,
                Direction.SENDRECV,
                false,
                20);
    }

    private static byte[] sound(int octet) {
        var sound = new byte[160];
        Arrays.fill(sound, (byte) octet);
        return sound;
    }

    @Test
    void joinedPortsCarryEachOthersPackets() throws Exception {
        try (var a = new Phone("127.0.0.1");
                var b = new Phone("127.0.0.1")) {
            plane.post(new MediaCommand.Join(a.port.id(), b.port.id()));
            a.say(0x11);
            assertArrayEquals(sound(0x11), b.heard());
            b.say(0x22);
            assertArrayEquals(sound(0x22), a.heard());
        }
    }

    @Test
    void aHostNameInTheDescriptionIsLookedUp() throws Exception {
        try (var a = new Phone("127.0.0.1");
                var b = new Phone("localhost", "localhost")) {
            plane.post(new MediaCommand.Join(a.port.id(), b.port.id()));
            a.say(0x33);
            assertArrayEquals(sound(0x33), b.heard());
        }
    }

    @Test
    void aHostThatNobodyKnowsLeavesTheOtherDirectionWhole() throws Exception {
        try (var a = new Phone("127.0.0.1");
                var b = new Phone("no-such-host.invalid", "127.0.0.1")) {
            plane.post(new MediaCommand.Join(a.port.id(), b.port.id()));
            b.say(0x44);
            assertArrayEquals(sound(0x44), a.heard());
        }
    }

    @Test
    void aStreamThatIsUpIsNotTakenOverByAnIntruder() throws Exception {
        try (var a = new Phone("127.0.0.1");
                var b = new Phone("127.0.0.1");
                var intruder = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0))) {
            plane.post(new MediaCommand.Join(a.port.id(), b.port.id()));
            a.say(0x11);
            b.heard();
            a.sayFrom(intruder, 0x66);
            b.hearsNothing();
            b.say(0x22);
            assertArrayEquals(sound(0x22), a.heard());
            plane.post(new MediaCommand.Close(a.port.id()));
            while (!(told.poll(PATIENCE_MS, TimeUnit.MILLISECONDS) instanceof MediaEvent.Closed)) {
                // the events of the call
            }
            assertEquals(1, plane.packetsRefused());
            assertEquals(0, plane.packetsUnauthenticated());
        }
    }

    @Test
    void aClosedPortGivesItsPairBackAndTellsItsTotals() throws Exception {
        try (var a = new Phone("127.0.0.1")) {
            assertEquals(1, plane.portsInUse());
            a.say(0x11);
            assertTrue(told.poll(PATIENCE_MS, TimeUnit.MILLISECONDS) instanceof MediaEvent.Started);
            plane.post(new MediaCommand.Close(a.port.id()));
            var closed = told.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
            assertTrue(closed instanceof MediaEvent.Closed, String.valueOf(closed));
            assertEquals(a.port.id(), closed.port());
            assertEquals(0, plane.portsInUse());
        }
    }

    @Test
    void aRangeThatIsUsedUpSaysWhatToDo() {
        var small = new PortRange(22_000, 22_001, RandomSource.secure());
        try (var one = new LoopMediaPlane(small, new SystemClock(), RandomSource.secure())) {
            one.open(new PortRequest("127.0.0.1"), told::add);
            var refused = assertThrows(
                    MediaUnavailableException.class, () -> one.open(new PortRequest("127.0.0.1"), told::add));
            assertTrue(refused.getMessage().contains("rtpend"), refused.getMessage());
        }
    }
}
