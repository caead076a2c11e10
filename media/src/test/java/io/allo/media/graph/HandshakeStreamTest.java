package io.allo.media.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.media.dtls.DtlsAgreement;
import io.allo.media.dtls.DtlsSetup;
import io.allo.media.dtls.Fingerprint;
import io.allo.media.dtls.HandshakeOutcome;
import io.allo.media.dtls.KeyExchange;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.Sound;
import io.allo.media.port.StreamSettings;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdes.StreamKeys;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.Direction;
import io.allo.media.sdp.DtmfMode;
import io.allo.media.sdp.NegotiatedCodec;
import io.allo.media.sdp.NegotiatedMedia;
import io.allo.media.srtp.SrtpContext;
import io.allo.media.srtp.SrtpMasterKey;
import io.allo.media.srtp.SrtpSuite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A port whose keys are made by a handshake, which here is only noted: RFC 5763 6.6 and 6.7. */
class HandshakeStreamTest {

    private static final long MS = 1_000_000L;
    private static final InetSocketAddress PHONE = at("192.0.2.1", 4_000);
    private static final InetSocketAddress PLAIN = at("192.0.2.2", 4_000);
    private static final InetSocketAddress STRANGER = at("192.0.2.66", 4_000);
    private static final byte[] RECORD = {22, (byte) 254, (byte) 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9};

    private final RandomSource random = RandomSource.seeded(5);
    private final MediaGraph graph = new MediaGraph(RandomSource.seeded(7));
    private final List<byte[]> toPhone = new ArrayList<>();
    private final List<byte[]> toPlain = new ArrayList<>();
    private final List<MediaEvent> events = new ArrayList<>();
    private final Noted sound = new Noted();
    private final Noted control = new Noted();
    private final StreamKeys keys = new StreamKeys(
            SrtpMasterKey.generate(SrtpSuite.AEAD_AES_128_GCM, random),
            SrtpMasterKey.generate(SrtpSuite.AEAD_AES_128_GCM, random));
    private long now = 1_000 * MS;
    private int sequence = 1;

    private final RtpPort secure = graph.openRtp(
            new PortId(1),
            events::add,
            (packet, to) -> toPhone.add(copy(packet)),
            (packet, to) -> toPhone.add(copy(packet)),
            new PortKeys(sound, control),
            () -> {},
            now);
    private final RtpPort plain = graph.openRtp(
            new PortId(2), e -> {}, (packet, to) -> toPlain.add(copy(packet)), (packet, to) -> true, () -> {}, now);

    /** What a port asks of its handshakes. */
    private static final class Noted implements KeyExchange {
        final List<DtlsAgreement> begun = new ArrayList<>();
        final List<InetSocketAddress> named = new ArrayList<>();
        final List<InetSocketAddress> received = new ArrayList<>();
        boolean closed;

        @Override
        public void begin(DtlsAgreement agreement, InetSocketAddress to) {
            begun.add(agreement);
            named.add(to);
        }

        @Override
        public void received(ByteBuffer packet, InetSocketAddress from) {
            assertArrayEquals(RECORD, copy(packet));
            received.add(from);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private static byte[] copy(ByteBuffer packet) {
        var bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return bytes;
    }

    private static DtlsAgreement agreement(int certificate) {
        return new DtlsAgreement(
                DtlsSetup.PASSIVE,
                Fingerprint.of("sha-256", new byte[] {1}),
                List.of(Fingerprint.of("sha-256", new byte[] {(byte) certificate})),
                "");
    }

    private void configure(PortId id, InetSocketAddress address, Optional<DtlsAgreement> dtls, boolean mux) {
        var host = address.getAddress().getHostAddress();
        var media = new NegotiatedMedia(
                        0,
                        host,
                        4_000,
                        host,
                        mux ? 4_000 : 4_001,
                        mux,
                        true,
                        List.of(new NegotiatedCodec(CodecName.ULAW, 0, 0, "")),
                        List.of(),
                        DtmfMode.NONE,
                        Direction.SENDRECV,
                        false,
                        20)
                .secured(Optional.empty(), dtls);
        graph.command(new MediaCommand.Configure(id, media, StreamSettings.DEFAULT), now);
    }

    private void call() {
        configure(new PortId(1), PHONE, Optional.of(agreement(9)), false);
        configure(new PortId(2), PLAIN, Optional.empty(), false);
        graph.command(new MediaCommand.Join(new PortId(1), new PortId(2)), now);
    }

    private byte[] rtp() {
        var packet = new byte[172];
        Arrays.fill(packet, (byte) 7);
        RtpPacket.writeHeader(packet, 0, false, 0, sequence & 0xffff, sequence * 160, 77);
        sequence++;
        return packet;
    }

    private void arrives(RtpPort port, byte[] packet, InetSocketAddress from) {
        port.rtpReceived(ByteBuffer.allocate(2_048).put(packet).flip(), from, now);
    }

    private void keyed(int certificate) {
        graph.handshakeEnded(new PortId(1), new HandshakeOutcome.Keyed(agreement(certificate), keys), false);
    }

    private byte[] sealed(SrtpContext phone) {
        var b = Arrays.copyOf(rtp(), 220);
        return Arrays.copyOf(b, phone.protect(b, 0, 172));
    }

    @Test
    void beforeTheHandshakeIsDoneNothingPassesEitherWay() {
        call();
        assertEquals(List.of(agreement(9)), sound.begun);
        assertEquals(List.of(PHONE), sound.named);
        assertEquals(List.of(at("192.0.2.1", 4_001)), control.named);
        arrives(plain, rtp(), PLAIN);
        arrives(secure, rtp(), PHONE);
        assertEquals(List.of(), toPhone);
        assertEquals(List.of(), toPlain);
    }

    @Test
    void onceItIsDoneSoundIsEncryptedOneWayAndDecryptedTheOther() {
        call();
        keyed(9);
        assertEquals(List.of(new MediaEvent.Secured(new PortId(1), "AEAD_AES_128_GCM")), events);
        arrives(secure, sealed(new SrtpContext(keys.receive())), PHONE);
        assertEquals(1, toPlain.size());
        arrives(plain, rtp(), PLAIN);
        var b = toPhone.getFirst();
        assertEquals(172, new SrtpContext(keys.send()).unprotect(b, 0, b.length));
        arrives(secure, rtp(), PHONE);
        assertEquals(1, toPlain.size(), "a plain packet is not taken");
    }

    @Test
    void nothingOfAPromptIsLostToTheHandshake() {
        call();
        graph.command(new MediaCommand.Leave(new PortId(1)), now);
        var samples = new short[8_000];
        graph.command(
                new MediaCommand.Play(
                        new PortId(1), 5, new PlaySource.Sounds(List.of(new Sound("one second", 8_000, samples)))),
                now);
        pass(700);
        assertEquals(List.of(), toPhone);
        keyed(9);
        pass(1_100);
        assertEquals(50, toPhone.size());
    }

    private void pass(int ms) {
        for (var i = 0; i < ms; i++) {
            now += MS;
            graph.advance(now);
        }
    }

    @Test
    void handshakePacketsOfStrangersGoNowhere() {
        call();
        arrives(secure, RECORD, STRANGER);
        secure.rtcpReceived(ByteBuffer.wrap(RECORD.clone()), STRANGER, now);
        assertEquals(List.of(), sound.received);
        assertEquals(List.of(), control.received);
        arrives(secure, RECORD, PHONE);
        secure.rtcpReceived(ByteBuffer.wrap(RECORD.clone()), at("192.0.2.1", 4_001), now);
        assertEquals(List.of(PHONE), sound.received);
        assertEquals(List.of(at("192.0.2.1", 4_001)), control.received);
        arrives(plain, RECORD, PLAIN);
    }

    /** RFC 5763 5: what a phone says at once may overtake the answer that names it. */
    @Test
    void aHelloThatOvertakesTheAnswerIsHeardOnceTheAnswerHasNamedItsSender() {
        arrives(secure, RECORD, STRANGER);
        arrives(secure, RECORD, PHONE);
        secure.rtcpReceived(ByteBuffer.wrap(RECORD.clone()), at("192.0.2.1", 4_001), now);
        assertEquals(List.of(), sound.received);
        call();
        assertEquals(List.of(PHONE), sound.received);
        assertEquals(List.of(at("192.0.2.1", 4_001)), control.received);
        arrives(secure, RECORD, STRANGER);
        call();
        assertEquals(List.of(PHONE), sound.received, "once, and nothing of strangers");
    }

    @Test
    void earlyHellosAreFewAndShortAndAPlainCallForgetsThem() {
        for (int i = 0; i < 100; i++) {
            arrives(secure, RECORD, PHONE);
        }
        arrives(secure, new byte[0], PHONE);
        var tooLong = Arrays.copyOf(RECORD, EarlyFlights.MOST_BYTES + 1);
        secure.rtpReceived(ByteBuffer.wrap(tooLong), PHONE, now);
        configure(new PortId(1), PHONE, Optional.of(agreement(9)), false);
        assertEquals(EarlyFlights.MOST, sound.received.size());
        arrives(plain, RECORD, PLAIN);
        configure(new PortId(2), PLAIN, Optional.empty(), false);
        configure(new PortId(2), PLAIN, Optional.of(agreement(9)), false);
        assertEquals(EarlyFlights.MOST, sound.received.size());
    }

    @Test
    void aHoldKeepsTheAssociationAndAnotherCertificateMakesANewOne() {
        call();
        keyed(9);
        call();
        assertEquals(1, sound.begun.size());
        configure(new PortId(1), PHONE, Optional.of(agreement(10)), false);
        assertEquals(List.of(agreement(9), agreement(10)), sound.begun);
        arrives(plain, rtp(), PLAIN);
        assertEquals(1, toPhone.size(), "the old keys hold until there are new ones");
        keyed(9);
        assertEquals(1, events.size(), "the outcome of an old handshake means nothing");
        var newer = new StreamKeys(keys.receive(), keys.send());
        graph.handshakeEnded(new PortId(1), new HandshakeOutcome.Keyed(agreement(10), newer), false);
        arrives(plain, rtp(), PLAIN);
        var b = toPhone.getLast();
        assertEquals(172, new SrtpContext(newer.send()).unprotect(b, 0, b.length));
    }

    @Test
    void withOnePortForBothThereIsOneHandshake() {
        configure(new PortId(1), PHONE, Optional.of(agreement(9)), true);
        assertEquals(1, sound.begun.size());
        assertEquals(List.of(), control.begun);
    }

    @Test
    void aFailureIsToldAndNothingPassesAfterIt() {
        call();
        graph.handshakeEnded(
                new PortId(1),
                new HandshakeOutcome.Failed(agreement(9), HandshakeOutcome.Reason.WRONG_FINGERPRINT),
                false);
        assertEquals(
                List.of(new MediaEvent.NotSecured(new PortId(1), HandshakeOutcome.Reason.WRONG_FINGERPRINT)), events);
        arrives(plain, rtp(), PLAIN);
        arrives(secure, rtp(), PHONE);
        assertTrue(toPhone.isEmpty() && toPlain.isEmpty());
        graph.command(new MediaCommand.Close(new PortId(1)), now);
        assertTrue(sound.closed && control.closed);
    }

    @Test
    void reportsWaitForAHandshakeOfTheirOwnWhichMayFailWithoutHarm() {
        call();
        keyed(9);
        pass(20_000);
        assertEquals(0, toPhone.size());
        graph.handshakeEnded(
                new PortId(1), new HandshakeOutcome.Failed(agreement(9), HandshakeOutcome.Reason.TIMEOUT), true);
        assertEquals(1, events.size());
        graph.handshakeEnded(new PortId(1), new HandshakeOutcome.Keyed(agreement(9), keys), true);
        pass(20_000);
        assertTrue(!toPhone.isEmpty());
    }

    @Test
    void aRelayedPacketUnderKeysOfAHandshakeAllocatesNothing() {
        var bean = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        var sent = new long[1];
        PacketSender sink = (packet, to) -> {
            sent[0]++;
            return true;
        };
        var one = graph.openRtp(new PortId(20), e -> {}, sink, sink, new PortKeys(sound, control), () -> {}, now);
        graph.openRtp(new PortId(21), e -> {}, sink, sink, new PortKeys(sound, control), () -> {}, now);
        for (var id : List.of(new PortId(20), new PortId(21))) {
            configure(id, PHONE, Optional.of(agreement(9)), true);
            graph.handshakeEnded(id, new HandshakeOutcome.Keyed(agreement(9), keys), false);
        }
        graph.command(new MediaCommand.Join(new PortId(20), new PortId(21)), now);
        var phone = new SrtpContext(keys.receive());
        var packet = new byte[256];
        var buffer = ByteBuffer.wrap(packet);
        var least = Long.MAX_VALUE;
        for (var round = 0; round < 20; round++) {
            var before = bean.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < 1_000; i++) {
                RtpPacket.writeHeader(packet, 0, false, 0, sequence++ & 0xffff, i * 160, 99);
                buffer.clear().limit(phone.protect(packet, 0, 172));
                one.rtpReceived(buffer, PHONE, now);
            }
            least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least < 1_000, least + " bytes for 1,000 packets");
        assertEquals(20_000, sent[0]);
    }
}
