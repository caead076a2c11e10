package io.allo.media.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.PortId;
import io.allo.media.port.StreamSettings;
import io.allo.media.rtp.RtcpPacket;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdes.StreamKeys;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.Direction;
import io.allo.media.sdp.DtmfMode;
import io.allo.media.sdp.NegotiatedCodec;
import io.allo.media.sdp.NegotiatedEvents;
import io.allo.media.sdp.NegotiatedMedia;
import io.allo.media.srtp.SrtcpContext;
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

/** Ports whose phones encrypt, each with its own keys. */
class EncryptedStreamTest {

    private static final long MS = 1_000_000L;
    private final RandomSource random = RandomSource.seeded(5);
    private final MediaGraph graph = new MediaGraph(RandomSource.seeded(7));
    private long now = 1_000 * MS;

    /** A phone that encrypts what it says and decrypts what it hears. */
    private final class Phone {
        final PortId id;
        final InetSocketAddress address;
        final RtpPort port;
        final List<byte[]> wire = new ArrayList<>();
        final List<byte[]> rtcp = new ArrayList<>();
        final List<MediaEvent> events = new ArrayList<>();
        SrtpMasterKey ours = SrtpMasterKey.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random);
        SrtpMasterKey theirs = SrtpMasterKey.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random);
        SrtpContext speaking = new SrtpContext(theirs);
        SrtpContext hearing = new SrtpContext(ours);
        int sequence = 65_533;

        Phone(int number) {
            id = new PortId(number);
            address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + number), 4_000);
            port = graph.openRtp(
                    id,
                    events::add,
                    (packet, to) -> to.equals(address) && wire.add(copy(packet)),
                    (packet, to) -> rtcp.add(copy(packet)),
                    () -> {},
                    now);
        }

        Phone agree(boolean encrypted, CodecName codec) {
            var host = address.getAddress().getHostAddress();
            var media = new NegotiatedMedia(
                            0,
                            host,
                            4_000,
                            host,
                            4_001,
                            false,
                            true,
                            List.of(new NegotiatedCodec(codec, codec.usualPayloadType(), codec.usualPayloadType(), "")),
                            List.of(new NegotiatedEvents(8_000, 101, 101)),
                            DtmfMode.RFC4733,
                            Direction.SENDRECV,
                            false,
                            20)
                    .secured(
                            encrypted ? Optional.of(new StreamKeys(ours, theirs)) : Optional.empty(), Optional.empty());
            graph.command(new MediaCommand.Configure(id, media, StreamSettings.DEFAULT), now);
            return this;
        }

        byte[] packet(int value) {
            var packet = new byte[172];
            Arrays.fill(packet, (byte) value);
            RtpPacket.writeHeader(packet, 0, false, 0, sequence & 0xffff, sequence * 160, 77);
            sequence++;
            return packet;
        }

        byte[] sealed(SrtpContext context, byte[] rtp) {
            var b = Arrays.copyOf(rtp, rtp.length + 32);
            return Arrays.copyOf(b, context.protect(b, 0, rtp.length));
        }

        void say(int value) {
            arrives(sealed(speaking, packet(value)), address);
        }

        void arrives(byte[] packet, InetSocketAddress from) {
            var buffer = ByteBuffer.allocate(2_048).put(packet).flip();
            port.rtpReceived(buffer, from, now);
        }

        /** The last packet that came, decrypted. */
        byte[] heard() {
            var b = wire.getLast().clone();
            var length = hearing.unprotect(b, 0, b.length);
            assertTrue(length > 0, "not authentic");
            return Arrays.copyOf(b, length);
        }
    }

    private static byte[] copy(ByteBuffer packet) {
        var bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] sound(byte[] rtp) {
        return Arrays.copyOfRange(rtp, 12, 172);
    }

    private static byte[] filled(int value) {
        var b = new byte[160];
        Arrays.fill(b, (byte) value);
        return b;
    }

    private void join(Phone a, Phone b) {
        graph.command(new MediaCommand.Join(a.id, b.id), now);
    }

    private void pass(int ms) {
        for (var i = 0; i < ms; i++) {
            now += MS;
            graph.advance(now);
        }
    }

    @Test
    void whatOneEncryptsTheOtherDecryptsWithOtherKeys() {
        var alice = new Phone(1).agree(true, CodecName.ULAW);
        var bob = new Phone(2).agree(true, CodecName.ULAW);
        join(alice, bob);
        for (var i = 0; i < 10; i++) {
            alice.say(i);
            assertArrayEquals(filled(i), sound(bob.heard()));
            assertFalse(Arrays.equals(filled(i), sound(bob.wire.getLast())), "readable on the wire");
            bob.say(100 + i);
            assertArrayEquals(filled(100 + i), sound(alice.heard()));
        }
        assertEquals(182, bob.wire.getLast().length);
    }

    @Test
    void aPlainPhoneAndAnEncryptingOneHearEachOther() {
        var alice = new Phone(1).agree(true, CodecName.ULAW);
        var bob = new Phone(2).agree(false, CodecName.ULAW);
        join(alice, bob);
        alice.say(9);
        assertArrayEquals(filled(9), sound(bob.wire.getLast()));
        assertEquals(172, bob.wire.getLast().length);
        bob.arrives(bob.packet(8), bob.address);
        assertArrayEquals(filled(8), sound(alice.heard()));
    }

    @Test
    void transcodedSoundIsEncryptedToo() {
        var alice = new Phone(1).agree(true, CodecName.ULAW);
        var bob = new Phone(2).agree(true, CodecName.ALAW);
        join(alice, bob);
        for (var i = 0; i < 50; i++) {
            alice.say(0x20);
            pass(20);
        }
        assertTrue(bob.wire.size() > 40);
        assertEquals(8, RtpPacket.payloadType(bob.heard(), 0));
    }

    @Test
    void forgedReplayedAndPlainPacketsAreNotHeardAndDoNotDrawTheStream() {
        var alice = new Phone(1).agree(true, CodecName.ULAW);
        var bob = new Phone(2).agree(true, CodecName.ULAW);
        join(alice, bob);
        // the intruder sits behind the phone's address, so only the key can tell them apart
        var intruder = new InetSocketAddress(alice.address.getAddress(), 6_666);
        alice.arrives(alice.packet(1), intruder);
        alice.arrives(alice.sealed(new SrtpContext(bob.theirs), alice.packet(2)), intruder);
        assertEquals(0, bob.wire.size());
        assertTrue(alice.events.isEmpty(), "nothing has begun");
        var good = alice.sealed(alice.speaking, alice.packet(3));
        alice.arrives(good, alice.address);
        alice.arrives(good, alice.address);
        assertEquals(1, bob.wire.size());
        bob.say(4);
        assertArrayEquals(filled(4), sound(alice.heard()), "the answer goes to the phone");
        graph.command(new MediaCommand.Close(alice.id), now);
        var report = ((MediaEvent.Closed) alice.events.getLast()).report();
        assertEquals(3, report.unauthenticated());
        assertEquals(3, report.refused());
        assertEquals(1, report.packetsReceived());
    }

    @Test
    void aStrangersPacketsCostNoCipher() {
        var alice = new Phone(1).agree(true, CodecName.ULAW);
        alice.arrives(
                alice.sealed(alice.speaking, alice.packet(1)),
                new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 4_000));
        graph.command(new MediaCommand.Close(alice.id), now);
        var report = ((MediaEvent.Closed) alice.events.getLast()).report();
        assertEquals(0, report.unauthenticated());
        assertEquals(1, report.refused());
    }

    @Test
    void aNewKeyHoldsAndTheOldOneUntilItsFirstPacket() {
        var alice = new Phone(1).agree(true, CodecName.ULAW);
        var bob = new Phone(2).agree(true, CodecName.ULAW);
        join(alice, bob);
        alice.say(1);
        alice.theirs = SrtpMasterKey.generate(SrtpSuite.AEAD_AES_256_GCM, random);
        alice.ours = SrtpMasterKey.generate(SrtpSuite.AEAD_AES_256_GCM, random);
        var before = alice.speaking;
        alice.agree(true, CodecName.ULAW);
        alice.arrives(alice.sealed(before, alice.packet(2)), alice.address);
        assertArrayEquals(filled(2), sound(bob.heard()));
        alice.speaking = new SrtpContext(alice.theirs);
        alice.hearing = new SrtpContext(alice.ours);
        alice.say(3);
        assertArrayEquals(filled(3), sound(bob.heard()));
        var count = bob.wire.size();
        alice.arrives(alice.sealed(before, alice.packet(4)), alice.address);
        assertEquals(count, bob.wire.size(), "the old key is gone");
        bob.say(5);
        assertArrayEquals(filled(5), sound(alice.heard()));
    }

    @Test
    void theSameKeysGoOnWhereTheyWere() {
        var alice = new Phone(1).agree(true, CodecName.ULAW);
        var bob = new Phone(2).agree(true, CodecName.ULAW);
        join(alice, bob);
        for (var i = 0; i < 6; i++) {
            alice.say(i);
            assertArrayEquals(filled(i), sound(bob.heard()), "the phone's counter went on through the wrap");
            alice.agree(true, CodecName.ULAW);
            bob.agree(false, CodecName.ULAW).agree(true, CodecName.ULAW);
        }
    }

    @Test
    void reportsAreEncryptedBothWays() {
        var alice = new Phone(1).agree(true, CodecName.ULAW);
        alice.say(1);
        var control = new SrtcpContext(alice.theirs);
        var report = new byte[64];
        report[0] = (byte) 0x80;
        report[1] = (byte) 201;
        report[3] = 1;
        report[7] = 77;
        var length = control.protect(report, 0, 8);
        alice.port.rtcpReceived(
                ByteBuffer.wrap(report, 0, length), new InetSocketAddress(alice.address.getAddress(), 4_001), now);
        pass(10_000);
        assertFalse(alice.rtcp.isEmpty());
        var b = alice.rtcp.getFirst();
        var plain = new SrtcpContext(alice.ours).unprotect(b, 0, b.length);
        assertEquals(b.length - 14, plain);
        assertTrue(RtcpPacket.isValid(b, 0, plain));
        graph.command(new MediaCommand.Close(alice.id), now);
        assertEquals(0, ((MediaEvent.Closed) alice.events.getLast()).report().unauthenticated());
    }

    @Test
    void anEncryptedRelayedPacketAllocatesNothing() {
        var bean = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        var alice = new Phone(1);
        var sent = new long[1];
        PacketSender sink = (packet, to) -> {
            sent[0] += packet.remaining();
            return true;
        };
        var quiet = graph.openRtp(new PortId(20), e -> {}, sink, sink, () -> {}, now);
        var keys = new StreamKeys(alice.ours, alice.theirs);
        for (var port : List.of(alice.id, quiet.id)) {
            var media = new NegotiatedMedia(
                            0,
                            "192.0.2.1",
                            4_000,
                            "192.0.2.1",
                            4_001,
                            false,
                            true,
                            List.of(new NegotiatedCodec(CodecName.ULAW, 0, 0, "")),
                            List.of(),
                            DtmfMode.NONE,
                            Direction.SENDRECV,
                            false,
                            20)
                    .secured(Optional.of(keys), Optional.empty());
            graph.command(new MediaCommand.Configure(port, media, StreamSettings.DEFAULT), now);
        }
        graph.command(new MediaCommand.Join(alice.id, quiet.id), now);
        var packet = new byte[256];
        var buffer = ByteBuffer.wrap(packet);
        var least = Long.MAX_VALUE;
        for (var round = 0; round < 20; round++) {
            var before = bean.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < 1_000; i++) {
                RtpPacket.writeHeader(packet, 0, false, 0, alice.sequence++ & 0xffff, i * 160, 99);
                buffer.clear().limit(alice.speaking.protect(packet, 0, 172));
                alice.port.rtpReceived(buffer, alice.address, now);
            }
            least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least < 1_000, least + " bytes for 1,000 packets");
        assertEquals(20_000 * 182L, sent[0]);
        assertNotEquals(0, sent[0]);
    }
}
