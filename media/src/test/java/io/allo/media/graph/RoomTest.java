package io.allo.media.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.allo.core.random.RandomSource;
import io.allo.media.codec.Codec;
import io.allo.media.codec.Encoder;
import io.allo.media.mix.MixLeg;
import io.allo.media.mix.MixSettings;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.Sound;
import io.allo.media.port.StreamSettings;
import io.allo.media.recording.RecordedSides;
import io.allo.media.recording.RecordedSound;
import io.allo.media.recording.SoundTap;
import io.allo.media.rtp.RtpPacket;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.Direction;
import io.allo.media.sdp.DtmfMode;
import io.allo.media.sdp.NegotiatedCodec;
import io.allo.media.sdp.NegotiatedEvents;
import io.allo.media.sdp.NegotiatedMedia;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones in a room, each with its own tone; what each hears is judged by frequency. */
class RoomTest {

    private static final long MS = 1_000_000L;
    private static final PortId ROOM = new PortId(1_000);

    private long now = 1_000 * MS;
    private final MediaGraph graph = new MediaGraph(RandomSource.seeded(7));
    private final List<MediaEvent> told = new ArrayList<>();
    private final List<Phone> phones = new ArrayList<>();

    /** A phone that says a tone in one codec and keeps what it hears. */
    private final class Phone {
        final PortId id;
        final InetSocketAddress address;
        final RtpPort port;
        final double hertz;
        final List<byte[]> received = new ArrayList<>();
        final List<MediaEvent> events = new ArrayList<>();
        CodecName name;
        Codec codec;
        Encoder encoder;
        int ptimeMs = 20;
        boolean talks = true;
        boolean lossy;
        double amplitude = 4_000;
        int frames;
        int sequence = 100;
        int timestamp = 5_000;

        Phone(int number, CodecName name, double hertz) {
            this.id = new PortId(number);
            this.hertz = hertz;
            address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + number), 4_000);
            port = graph.openRtp(
                    id,
                    events::add,
                    (packet, to) -> to.equals(address) && received.add(copy(packet)),
                    (packet, to) -> true,
                    () -> {},
                    now);
            agree(name, 20, Direction.SENDRECV);
            phones.add(this);
        }

        void agree(CodecName newName, int newPtimeMs, Direction direction) {
            name = newName;
            ptimeMs = newPtimeMs;
            codec = HeardFrames.known(newName);
            encoder = codec.newEncoder();
            var media = new NegotiatedMedia(
                    0,
                    address.getAddress().getHostAddress(),
                    address.getPort(),
                    address.getAddress().getHostAddress(),
                    address.getPort() + 1,
                    false,
                    true,
                    List.of(new NegotiatedCodec(newName, newName.usualPayloadType(), newName.usualPayloadType(), "")),
                    List.of(new NegotiatedEvents(8_000, 101, 101)),
                    DtmfMode.RFC4733,
                    direction,
                    false,
                    newPtimeMs);
            graph.command(new MediaCommand.Configure(id, media, StreamSettings.DEFAULT), now);
        }

        void join(MixLeg leg) {
            graph.command(new MediaCommand.Mix(id, ROOM, leg), now);
        }

        void frame() {
            var samples = codec.sampleRate() / 50;
            var pcm = new short[samples];
            for (var i = 0; i < samples; i++) {
                var t = (double) (frames * samples + i) / codec.sampleRate();
                pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * t));
            }
            var packet = new byte[12 + codec.maxBytes(samples)];
            var length = encoder.encode(pcm, 0, samples, packet, 12);
            RtpPacket.writeHeader(
                    packet, 0, frames == 0, name.usualPayloadType(), sequence++, timestamp, (int) id.value());
            timestamp += codec.clockRate() / 50;
            frames++;
            if (!lossy || frames % 7 != 0) {
                port.rtpReceived(ByteBuffer.wrap(packet, 0, 12 + length), address, now);
            }
        }

        /** What it has heard since it was last asked, decoded. */
        short[] heard() {
            var decoder = codec.newDecoder();
            var pcm = new short[received.size() * codec.sampleRate() / 1000 * ptimeMs + 100];
            var at = 0;
            for (var packet : received) {
                at += decoder.decode(packet, 12, packet.length - 12, pcm, at);
            }
            received.clear();
            return Arrays.copyOf(pcm, at);
        }

        /** Asserts that it hears just these. */
        void hears(Phone... others) {
            var pcm = heard();
            for (var phone : phones) {
                var level = amplitude(pcm, phone.hertz, codec.sampleRate());
                if (Arrays.asList(others).contains(phone)) {
                    assertEquals(phone.amplitude, level, phone.amplitude * 0.1, id + " hears " + phone.id);
                } else {
                    assertTrue(level < 40, id + " should not hear " + phone.id + ": " + level);
                }
            }
        }
    }

    private static byte[] copy(ByteBuffer packet) {
        var bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return bytes;
    }

    /** The amplitude of one frequency in the last half of a sound. */
    private static double amplitude(short[] all, double hertz, int rate) {
        var pcm = Arrays.copyOfRange(all, all.length / 2, all.length);
        double re = 0;
        double im = 0;
        double weight = 0;
        for (var i = 0; i < pcm.length; i++) {
            var w = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / pcm.length);
            re += w * pcm[i] * Math.cos(2 * Math.PI * hertz * i / rate);
            im += w * pcm[i] * Math.sin(2 * Math.PI * hertz * i / rate);
            weight += w;
        }
        return weight == 0 ? 0 : 2 * Math.hypot(re, im) / weight;
    }

    private void open() {
        graph.openMix(ROOM, told::add, MixSettings.AUTO);
    }

    private void pass(int ms) {
        for (var i = 0; i < ms; i++) {
            if (now / MS % 20 == 0) {
                for (var phone : phones) {
                    if (phone.talks) {
                        phone.frame();
                    }
                }
            }
            now += MS;
            graph.advance(now);
        }
    }

    private static MixLeg leg(boolean muted, boolean deaf) {
        return new MixLeg(muted, deaf, 1, 1, false, MixLeg.TALK_THRESHOLD, 200, true, false);
    }

    @Test
    void everyoneHearsExactlyTheOthersWhateverTheirCodecs() {
        open();
        var codecs = List.of(
                CodecName.ULAW, CodecName.ALAW, CodecName.G722, CodecName.GSM, CodecName.SLIN16, CodecName.OPUS);
        for (var i = 0; i < codecs.size(); i++) {
            new Phone(
                            i + 1,
                            codecs.get(i),
                            List.of(330, 517, 733, 1_009, 1_361, 1_777).get(i))
                    .join(MixLeg.USUAL);
        }
        pass(2_500);
        for (var phone : phones) {
            if (phone.name != CodecName.GSM) { // it keeps speech, not five tones at once
                phone.hears(phones.stream().filter(p -> p != phone).toArray(Phone[]::new));
            }
        }
    }

    @Test
    void whoSaysNothingHearsAllAndIsSentTheSameBytesAsHisKind() {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.ALAW, 700);
        var carol = new Phone(3, CodecName.G722, 1_000);
        var dan = new Phone(4, CodecName.G722, 1_300);
        var erin = new Phone(5, CodecName.ULAW, 1_600);
        carol.talks = false;
        dan.talks = false;
        erin.talks = false;
        phones.forEach(phone -> phone.join(MixLeg.USUAL));
        pass(2_000);
        assertEquals(carol.received.size(), dan.received.size());
        for (var i = 0; i < carol.received.size(); i++) {
            assertArrayEquals(payload(carol.received.get(i)), payload(dan.received.get(i)));
        }
        carol.hears(alice, bob);
        erin.hears(alice, bob);
        alice.hears(bob);
        bob.hears(alice);
        assertTrue(dan.received.size() >= 98 && dan.received.size() <= 100, dan.received.size() + " packets in 2 s");
    }

    private static byte[] payload(byte[] packet) {
        return Arrays.copyOfRange(packet, 12, packet.length);
    }

    @Test
    void lossOfOneMemberChangesNothingOfTheOthers() {
        var whole = heardByCarol(false);
        var lossy = heardByCarol(true);
        var difference = new short[whole.length];
        for (var i = 0; i < whole.length; i++) {
            difference[i] = (short) (whole[i] - lossy[i]);
        }
        assertTrue(amplitude(difference, 400, 8_000) > 50, "Alice's losses are heard");
        assertTrue(amplitude(difference, 1_300, 8_000) < 5, "nothing of Bob is changed");
    }

    /** Alice, who loses packets or not, and Bob, as Carol hears them. */
    private static short[] heardByCarol(boolean loss) {
        var world = new RoomTest();
        world.open();
        var alice = world.new Phone(1, CodecName.ULAW, 400);
        world.new Phone(2, CodecName.ALAW, 1_300);
        var carol = world.new Phone(3, CodecName.SLIN, 1_000);
        carol.talks = false;
        alice.lossy = loss;
        world.phones.forEach(phone -> phone.join(MixLeg.USUAL));
        world.pass(2_000);
        return carol.heard();
    }

    @Test
    void aGapInAPhonesSoundIsConcealedAndItComesBack() {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.ULAW, 700);
        alice.lossy = true;
        bob.talks = false;
        phones.forEach(phone -> phone.join(MixLeg.USUAL));
        pass(2_000);
        var pcm = bob.heard();
        var quiet = 0;
        for (var at = 4_000; at + 160 <= pcm.length; at += 160) {
            quiet += amplitude(Arrays.copyOfRange(pcm, at - 160, at + 160), 400, 8_000) < 1_000 ? 1 : 0;
        }
        assertEquals(0, quiet, "holes");
    }

    @Test
    void whoIsMutedIsNotHeardAndHearsOn() {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.ULAW, 700);
        var carol = new Phone(3, CodecName.G722, 1_000);
        phones.forEach(phone -> phone.join(leg(false, false)));
        pass(1_000);
        alice.join(leg(true, false));
        carol.join(leg(false, true));
        pass(100);
        phones.forEach(Phone::heard);
        pass(1_000);
        alice.hears(bob, carol);
        bob.hears(carol);
        carol.hears();
        alice.join(leg(false, false));
        pass(200);
        phones.forEach(Phone::heard);
        pass(1_000);
        bob.hears(alice, carol);
        assertEquals(
                List.of(true, false, true),
                alice.events.stream()
                        .filter(MediaEvent.TalkChanged.class::isInstance)
                        .map(e -> ((MediaEvent.TalkChanged) e).talking())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 60})
    void packetsAreAsLongAsThePhoneWantsThem(int ptimeMs) {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.ULAW, 700);
        bob.agree(CodecName.ULAW, ptimeMs, Direction.SENDRECV);
        bob.talks = false;
        phones.forEach(phone -> phone.join(MixLeg.USUAL));
        pass(2_400);
        var packets = bob.received;
        assertEquals(2_400.0 / ptimeMs, packets.size(), 4);
        for (var i = 1; i < packets.size(); i++) {
            assertEquals(12 + 8 * ptimeMs, packets.get(i).length);
            assertEquals(
                    8 * ptimeMs, RtpPacket.timestamp(packets.get(i), 0) - RtpPacket.timestamp(packets.get(i - 1), 0));
        }
        bob.hears(alice);
    }

    @Test
    void aPromptToOneTakesTheRoomsPlaceForHimAloneAndHeIsHeardOn() {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.ULAW, 700);
        var prompt = new Phone(9, CodecName.ULAW, 1_500);
        prompt.talks = false;
        alice.join(MixLeg.USUAL);
        bob.join(MixLeg.USUAL);
        pass(500);
        graph.command(new MediaCommand.Play(alice.id, 5, sound(1_500, 4_000, 2_000)), now);
        pass(100);
        alice.heard();
        bob.heard();
        pass(1_000);
        alice.hears(prompt);
        bob.hears(alice);
        pass(1_000);
        alice.heard();
        pass(1_000);
        alice.hears(bob);
    }

    private static PlaySource sound(double hertz, double amplitude, int ms) {
        var pcm = new short[8 * ms];
        for (var i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / 8_000));
        }
        return new PlaySource.Sounds(List.of(new Sound("tone", 8_000, pcm)));
    }

    @Test
    void announcementsAreHeardByAllOneAfterTheOther() {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.G722, 700);
        var first = new Phone(8, CodecName.ULAW, 1_500);
        var second = new Phone(9, CodecName.ULAW, 1_900);
        first.talks = false;
        second.talks = false;
        alice.join(MixLeg.USUAL);
        bob.join(MixLeg.USUAL);
        pass(500);
        graph.command(new MediaCommand.Play(ROOM, 1, sound(1_500, 4_000, 1_000)), now);
        graph.command(new MediaCommand.Play(ROOM, 2, sound(1_900, 4_000, 1_000)), now);
        graph.command(new MediaCommand.Play(ROOM, 3, sound(1_900, 4_000, 1_000)), now);
        graph.command(new MediaCommand.StopPlay(ROOM, 3), now);
        alice.heard();
        bob.heard();
        pass(960);
        alice.hears(bob, first);
        bob.hears(alice, first);
        pass(80);
        alice.heard();
        pass(900);
        alice.hears(bob, second);
        pass(200);
        assertEquals(
                List.of(
                        new MediaEvent.PlaybackEnded(ROOM, 3, false, 0),
                        new MediaEvent.PlaybackEnded(ROOM, 1, true, 1_000),
                        new MediaEvent.PlaybackEnded(ROOM, 2, true, 1_000)),
                told);
    }

    @Test
    void theRecordingHasAll() throws IOException {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.G722, 700);
        var tap = new SoundTap();
        var recorded = new RecordedSound(tap, RecordedSides.HEARD, 8_000, 0, now);
        phones.forEach(phone -> phone.join(MixLeg.USUAL));
        graph.command(new MediaCommand.Tap(ROOM, tap), now);
        pass(2_000);
        var written = new short[32_000];
        var count = new int[1];
        recorded.finish(now, (block, n) -> {
            System.arraycopy(block, 0, written, count[0], n);
            count[0] += n;
        });
        var pcm = Arrays.copyOf(written, count[0]);
        assertEquals(16_000, pcm.length, 400);
        assertEquals(alice.amplitude, amplitude(pcm, 400, 8_000), 400);
        assertEquals(bob.amplitude, amplitude(pcm, 700, 8_000), 400);
    }

    @Test
    void aMemberThatHoldsOrChangesItsCodecStaysInTheRoom() {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.ULAW, 700);
        phones.forEach(phone -> phone.join(MixLeg.USUAL));
        pass(1_000);
        alice.agree(CodecName.G722, 20, Direction.SENDRECV);
        pass(200);
        phones.forEach(Phone::heard);
        pass(1_000);
        alice.hears(bob);
        bob.hears(alice);
        alice.agree(CodecName.ULAW, 20, Direction.INACTIVE);
        pass(300);
        phones.forEach(Phone::heard);
        pass(1_000);
        assertTrue(alice.received.isEmpty());
        bob.hears();
        alice.agree(CodecName.ALAW, 20, Direction.SENDRECV);
        pass(300);
        phones.forEach(Phone::heard);
        pass(1_000);
        alice.hears(bob);
        bob.hears(alice);
    }

    @Test
    void whoLeavesVanishesOrIsBridgedIsNoLongerHeard() {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.ULAW, 700);
        var carol = new Phone(3, CodecName.ULAW, 1_000);
        var dan = new Phone(4, CodecName.ULAW, 1_300);
        phones.forEach(phone -> phone.join(MixLeg.USUAL));
        pass(500);
        graph.command(new MediaCommand.Unmix(bob.id, ROOM), now);
        graph.command(new MediaCommand.Join(carol.id, bob.id), now);
        pass(300);
        phones.forEach(Phone::heard);
        pass(1_000);
        alice.hears(dan);
        dan.hears(alice);
        bob.hears(carol);
        carol.hears(bob);
        graph.command(new MediaCommand.Close(dan.id), now);
        dan.talks = false;
        pass(300);
        alice.heard();
        pass(500);
        alice.hears();
        graph.command(new MediaCommand.Close(ROOM), now);
        pass(300);
        assertEquals(new MediaEvent.Closed(ROOM, io.allo.media.port.StreamReport.EMPTY), told.getLast());
        alice.heard();
        pass(200);
        assertTrue(alice.received.isEmpty());
    }

    @Test
    void aLocalChannelInTheRoomBringsThePhoneAtItsFarEnd() {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.ULAW, 700);
        var one = new PortId(50);
        var two = new PortId(51);
        graph.openPair(one, e -> {}, two, e -> {}, now);
        graph.command(new MediaCommand.Mix(two, ROOM, MixLeg.USUAL), now);
        alice.join(MixLeg.USUAL);
        pass(200);
        graph.command(new MediaCommand.Join(bob.id, one), now);
        pass(300);
        phones.forEach(Phone::heard);
        pass(1_000);
        alice.hears(bob);
        bob.hears(alice);
        graph.command(new MediaCommand.Leave(bob.id), now);
        pass(300);
        alice.heard();
        pass(500);
        alice.hears();
    }

    @Test
    void digitsOfAMemberAreToldAndNotPassedOn() {
        open();
        var alice = new Phone(1, CodecName.ULAW, 400);
        var bob = new Phone(2, CodecName.ULAW, 700);
        phones.forEach(phone -> phone.join(MixLeg.USUAL));
        pass(500);
        bob.received.clear();
        for (var i = 0; i < 8; i++) {
            var event = new byte[16];
            RtpPacket.writeHeader(event, 0, i == 0, 101, alice.sequence++, 90_000, 1);
            event[12] = 5;
            event[13] = (byte) (i >= 5 ? 0x8A : 0x0A);
            event[14] = (byte) (160 * (i + 1) >> 8);
            event[15] = (byte) (160 * (i + 1));
            alice.port.rtpReceived(ByteBuffer.wrap(event), alice.address, now);
            pass(20);
        }
        var digits = alice.events.stream()
                .filter(MediaEvent.DigitEnded.class::isInstance)
                .map(MediaEvent.DigitEnded.class::cast)
                .toList();
        assertEquals(1, digits.size());
        assertEquals('5', digits.getFirst().digit());
        assertFalse(digits.getFirst().passed());
        assertTrue(bob.received.stream().allMatch(packet -> (packet[1] & 0x7F) == 0));
    }

    @Test
    void aTickAllocatesNothing() {
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        open();
        var count = new long[1];
        var ports = new ArrayList<RtpPort>();
        for (var i = 0; i < 20; i++) {
            var name = List.of(CodecName.ULAW, CodecName.ALAW, CodecName.G722).get(i % 3);
            var id = new PortId(100 + i);
            PacketSender sink = (packet, to) -> ++count[0] > 0;
            ports.add(graph.openRtp(id, e -> {}, sink, sink, () -> {}, now));
            var media = new NegotiatedMedia(
                    0,
                    "192.0.2.1",
                    4_000,
                    "192.0.2.1",
                    4_001,
                    false,
                    true,
                    List.of(new NegotiatedCodec(name, name.usualPayloadType(), name.usualPayloadType(), "")),
                    List.of(),
                    DtmfMode.NONE,
                    Direction.SENDRECV,
                    false,
                    20);
            graph.command(new MediaCommand.Configure(id, media, StreamSettings.DEFAULT), now);
            graph.command(new MediaCommand.Mix(id, ROOM, MixLeg.USUAL), now);
        }
        var from = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4_000);
        var noise = new byte[172];
        new Random(4).nextBytes(noise);
        var buffer = ByteBuffer.wrap(noise);
        var least = Long.MAX_VALUE;
        var tick = 0;
        for (var round = 0; round < 30; round++) {
            var before = bean.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < 50; i++, tick++) {
                for (var k = 0; k < 10; k++) { // half of them talk
                    var type = k % 3 == 0 ? 0 : k % 3 == 1 ? 8 : 9;
                    RtpPacket.writeHeader(noise, 0, false, type, tick, tick * 160, k);
                    buffer.clear();
                    ports.get(k).rtpReceived(buffer, from, now);
                }
                now += 20 * MS;
                graph.advance(now);
            }
            least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(count[0] > 29_000, count[0] + " packets");
        assertTrue(least < 1_000, least + " bytes for 50 ticks of 20 members");
    }
}
