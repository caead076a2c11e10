package io.allo.media.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.Sound;
import io.allo.media.port.StreamSettings;
import io.allo.media.rtp.RtcpPacket;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdes.StreamKeys;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.Direction;
import io.allo.media.sdp.DtmfMode;
import io.allo.media.sdp.NegotiatedCodec;
import io.allo.media.sdp.NegotiatedMedia;
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

/** Two phones that encrypt between themselves with ZRTP: RFC 6189. */
class EndToEndTest {

    private static final long MS = 1_000_000L;

    private final MediaGraph graph = new MediaGraph(RandomSource.seeded(7));
    private long now = 1_000 * MS;
    private final Phone alice = new Phone(1);
    private final Phone bob = new Phone(2);

    private final class Phone {
        final PortId id;
        final InetSocketAddress address;
        final RtpPort port;
        final List<byte[]> wire = new ArrayList<>();
        final List<byte[]> rtcp = new ArrayList<>();
        final List<MediaEvent> events = new ArrayList<>();
        int sequence = 100;

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

        void agree(CodecName codec, int number, boolean encrypted) {
            var host = address.getAddress().getHostAddress();
            var key = SrtpMasterKey.generate(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RandomSource.seeded(1));
            var media = new NegotiatedMedia(
                            0,
                            host,
                            4_000,
                            host,
                            4_001,
                            false,
                            true,
                            List.of(new NegotiatedCodec(codec, number, number, "")),
                            List.of(),
                            DtmfMode.RFC4733,
                            Direction.SENDRECV,
                            false,
                            20)
                    .secured(encrypted ? Optional.of(new StreamKeys(key, key)) : Optional.empty(), Optional.empty());
            graph.command(new MediaCommand.Configure(id, media, StreamSettings.DEFAULT), now);
        }

        byte[] says(byte[] packet) {
            port.rtpReceived(ByteBuffer.allocate(2_048).put(packet).flip(), address, now);
            return packet;
        }

        byte[] zrtp() {
            var hello = new byte[60];
            hello[0] = 0x10;
            hello[3] = (byte) sequence++;
            System.arraycopy(new byte[] {0x5a, 0x52, 0x54, 0x50}, 0, hello, 4, 4);
            return hello;
        }

        /** A packet with a tag, and a payload type that nobody has agreed on with us where it says so. */
        byte[] sealed(int payloadType) {
            var packet = new byte[176];
            Arrays.fill(packet, (byte) 0xA5);
            RtpPacket.writeHeader(packet, 0, false, payloadType, sequence & 0xffff, sequence * 160, 0x1234 + sequence);
            sequence++;
            return packet;
        }
    }

    private static byte[] copy(ByteBuffer packet) {
        var bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return bytes;
    }

    private void join() {
        graph.command(new MediaCommand.Join(alice.id, bob.id), now);
    }

    private void agreeAndJoin() {
        alice.agree(CodecName.ULAW, 0, false);
        bob.agree(CodecName.ULAW, 0, false);
        join();
    }

    private static List<PortId> endToEnd(Phone phone) {
        return phone.events.stream()
                .filter(MediaEvent.EndToEnd.class::isInstance)
                .map(MediaEvent::port)
                .toList();
    }

    @Test
    void zrtpPassesUntouchedAndOnceBothHaveSpokenItEverythingElseToo() {
        agreeAndJoin();
        var hello = alice.says(alice.zrtp());
        assertArrayEquals(hello, bob.wire.getLast());
        var before = alice.says(alice.sealed(0));
        assertTrue(!Arrays.equals(before, bob.wire.getLast()), "still under numbers of ours");
        assertEquals(List.of(), endToEnd(alice));

        var answer = bob.says(bob.zrtp());
        assertArrayEquals(answer, alice.wire.getLast());
        assertEquals(List.of(alice.id), endToEnd(alice));
        assertEquals(List.of(bob.id), endToEnd(bob));

        assertArrayEquals(alice.says(alice.sealed(0)), bob.wire.getLast());
        assertArrayEquals(bob.says(bob.sealed(101)), alice.wire.getLast());
        assertArrayEquals(bob.says(bob.zrtp()), alice.wire.getLast());
        assertEquals(1, endToEnd(alice).size());
    }

    @Test
    void rtcpThatNobodyHereCanReadPassesTooAndNoneOfOursIsSent() {
        agreeAndJoin();
        alice.says(alice.zrtp());
        bob.says(bob.zrtp());
        alice.rtcp.clear();
        bob.rtcp.clear();
        for (var i = 0; i < 20_000; i++) {
            now += MS;
            graph.advance(now);
        }
        assertEquals(List.of(), alice.rtcp);
        var report = new byte[48];
        Arrays.fill(report, (byte) 0x77);
        report[0] = (byte) 0x80;
        report[1] = (byte) RtcpPacket.SR;
        alice.port.rtcpReceived(
                ByteBuffer.wrap(report.clone()), new InetSocketAddress(alice.address.getAddress(), 4_001), now);
        assertArrayEquals(report, bob.rtcp.getLast());
        graph.command(new MediaCommand.Close(alice.id), now);
        assertEquals(1, bob.rtcp.size());
        assertEquals(List.of(), alice.rtcp);
    }

    @Test
    void strangersPassNothing() {
        agreeAndJoin();
        var stranger = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.66"), 4_000);
        alice.port.rtpReceived(ByteBuffer.wrap(alice.zrtp()), stranger, now);
        assertEquals(List.of(), bob.wire);
        alice.says(alice.zrtp());
        bob.says(bob.zrtp());
        var packets = bob.wire.size();
        alice.port.rtpReceived(ByteBuffer.wrap(alice.sealed(0)), stranger, now);
        alice.port.rtcpReceived(ByteBuffer.wrap(new byte[48]), stranger, now);
        assertEquals(packets, bob.wire.size());
        assertEquals(0, bob.rtcp.size());
    }

    @Test
    void aTranscodedOrRenumberedOrHalfEncryptedCallPassesNoZrtp() {
        for (var bobs : List.of(CodecName.ALAW, CodecName.ULAW, CodecName.G722)) {
            alice.agree(CodecName.ULAW, 0, false);
            bob.agree(bobs, bobs == CodecName.ULAW ? 98 : bobs.usualPayloadType(), false);
            join();
            alice.says(alice.zrtp());
            assertEquals(List.of(), bob.wire, bobs.name());
        }
        bob.agree(CodecName.ULAW, 0, true);
        alice.says(alice.zrtp());
        bob.says(bob.zrtp());
        assertEquals(List.of(), bob.wire);
        assertEquals(List.of(), endToEnd(alice));
    }

    @Test
    void whoIsPlayedToOrTakenElsewhereIsNoLongerPassedTo() {
        agreeAndJoin();
        alice.says(alice.zrtp());
        bob.says(bob.zrtp());
        graph.command(
                new MediaCommand.Play(
                        alice.id, 5, new PlaySource.Sounds(List.of(new Sound("x", 8_000, new short[800])))),
                now);
        var sealed = bob.sealed(0);
        bob.says(sealed);
        assertTrue(alice.wire.stream().noneMatch(p -> Arrays.equals(p, sealed)));
        graph.command(new MediaCommand.StopPlay(alice.id, 5), now);
        assertArrayEquals(bob.says(bob.sealed(0)), alice.wire.getLast(), "the same two go on");

        var carol = new Phone(3);
        carol.agree(CodecName.ULAW, 0, false);
        graph.command(new MediaCommand.Join(alice.id, carol.id), now);
        var other = alice.says(alice.sealed(0));
        assertTrue(!Arrays.equals(other, carol.wire.getLast()));
        alice.says(alice.zrtp());
        carol.says(carol.zrtp());
        assertArrayEquals(alice.says(alice.sealed(0)), carol.wire.getLast());
        assertEquals(2, endToEnd(alice).size());
    }

    @Test
    void digitsOfOursCannotBeSentInto() {
        agreeAndJoin();
        alice.says(alice.zrtp());
        bob.says(bob.zrtp());
        graph.command(new MediaCommand.SendDigits(bob.id, "1", 100, 50), now);
        assertTrue(bob.events.contains(new MediaEvent.DigitsSent(bob.id)));
    }
}
