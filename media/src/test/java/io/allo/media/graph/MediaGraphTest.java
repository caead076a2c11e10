package io.allo.media.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.media.audio.Tone;
import io.allo.media.audio.ToneSequence;
import io.allo.media.codec.Codec;
import io.allo.media.codec.G711;
import io.allo.media.codec.G722;
import io.allo.media.music.MusicStream;
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
import io.allo.media.rtp.TelephoneEvent;
import io.allo.media.sdp.CodecName;
import io.allo.media.sdp.Direction;
import io.allo.media.sdp.DtmfMode;
import io.allo.media.sdp.NegotiatedCodec;
import io.allo.media.sdp.NegotiatedEvents;
import io.allo.media.sdp.NegotiatedMedia;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaGraphTest {

    private static final long MS = 1_000_000L;
    private long now = 1_000 * MS;
    private final MediaGraph graph = new MediaGraph(RandomSource.seeded(7));

    /** A phone on the other end of a port: what it was sent, and what the port told. */
    private final class Phone {
        final PortId id;
        final InetSocketAddress address;
        final RtpPort port;
        final List<byte[]> received = new ArrayList<>();
        final List<byte[]> rtcp = new ArrayList<>();
        final List<MediaEvent> events = new ArrayList<>();
        int sequence = 100;
        int timestamp = 5_000;

        Phone(int number, int port) {
            id = new PortId(number);
            address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + number), port);
            this.port = graph.openRtp(
                    id,
                    events::add,
                    (packet, to) -> to.equals(address) && received.add(copy(packet)),
                    (packet, to) -> rtcp.add(copy(packet)),
                    () -> {},
                    now);
        }

        void agree(CodecName... codecs) {
            agree(DtmfMode.RFC4733, 0, codecs);
        }

        void agree(DtmfMode dtmf, int timeoutMs, CodecName... codecs) {
            var agreed = new ArrayList<NegotiatedCodec>();
            for (var codec : codecs) {
                agreed.add(new NegotiatedCodec(codec, codec.usualPayloadType(), codec.usualPayloadType(), ""));
            }
            var events = dtmf == DtmfMode.RFC4733
                    ? List.of(new NegotiatedEvents(8_000, 101, 96))
                    : List.<NegotiatedEvents>of();
            var host = address.getAddress().getHostAddress();
            var media = new NegotiatedMedia(
                    0,
                    host,
                    address.getPort(),
                    host,
                    address.getPort() + 1,
                    false,
                    true,
                    agreed,
                    events,
                    dtmf,
                    Direction.SENDRECV,
                    false,
                    20);
            graph.command(new MediaCommand.Configure(id, media, new StreamSettings(timeoutMs, 0, 0, "")), now);
        }

        void say(int payloadType, byte[] payload, boolean marker, int units) {
            sayFrom(address, payloadType, payload, marker, units);
        }

        void sayFrom(InetSocketAddress from, int payloadType, byte[] payload, boolean marker, int units) {
            var packet = new byte[12 + payload.length];
            RtpPacket.writeHeader(packet, 0, marker, payloadType, sequence++, timestamp, 77);
            timestamp += units;
            System.arraycopy(payload, 0, packet, 12, payload.length);
            port.rtpReceived(ByteBuffer.wrap(packet), from, now);
        }
    }

    private static byte[] copy(ByteBuffer packet) {
        var bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return bytes;
    }

    private void pass(int ms) {
        for (var i = 0; i < ms; i++) {
            now += MS;
            graph.advance(now);
        }
    }

    private void join(Phone a, Phone b) {
        graph.command(new MediaCommand.Join(a.id, b.id), now);
    }

    @Test
    void aRelayedPacketKeepsItsPayloadAndSpacingUnderOurNumbers() {
        var alice = new Phone(1, 4000);
        var bob = new Phone(2, 4000);
        alice.agree(CodecName.ULAW);
        bob.agree(CodecName.ULAW);
        join(alice, bob);
        for (var i = 0; i < 5; i++) {
            alice.say(0, new byte[] {(byte) i, 2, 3}, i == 0, 160);
            pass(20);
        }
        assertEquals(5, bob.received.size());
        var first = bob.received.getFirst();
        for (var i = 0; i < 5; i++) {
            var packet = bob.received.get(i);
            assertEquals(i, packet[12]);
            assertEquals((RtpPacket.sequence(first, 0) + i) & 0xFFFF, RtpPacket.sequence(packet, 0));
            assertEquals(RtpPacket.timestamp(first, 0) + 160 * i, RtpPacket.timestamp(packet, 0));
            assertEquals(RtpPacket.ssrc(first, 0), RtpPacket.ssrc(packet, 0));
        }
        assertTrue(alice.received.isEmpty());
    }

    @Test
    void anIntruderIsNeitherHeardNorSentAnything() {
        var alice = new Phone(1, 4000);
        var bob = new Phone(2, 4000);
        alice.agree(CodecName.ULAW);
        bob.agree(CodecName.ULAW);
        join(alice, bob);
        var intruder = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 4000);
        alice.sayFrom(intruder, 0, new byte[] {9}, false, 160);
        assertTrue(bob.received.isEmpty());
        alice.say(0, new byte[] {1}, false, 160);
        alice.sayFrom(intruder, 0, new byte[] {9}, false, 160);
        bob.say(0, new byte[] {2}, false, 160);
        assertEquals(1, bob.received.size());
        assertEquals(1, alice.received.size());
    }

    @Test
    void differentCodecsAreTranscodedBothWays() {
        var alice = new Phone(1, 4000);
        var bob = new Phone(2, 4000);
        alice.agree(CodecName.ULAW);
        bob.agree(CodecName.G722);
        join(alice, bob);
        speak(alice, G711.ULAW, 0, 440, bob, G722.CODEC, 9, 1_000);
        var heard = decode(bob.received, G722.CODEC);
        assertTone(heard, 16_000, 440, 700);
        var back = decode(alice.received, G711.ULAW);
        assertTone(back, 8_000, 1_000, 700);
    }

    private void speak(Phone a, Codec ca, int pa, int hzA, Phone b, Codec cb, int pb, int hzB) {
        var toneA = Tone.single(hzA, -10).generator(ca.sampleRate());
        var toneB = Tone.single(hzB, -10).generator(cb.sampleRate());
        var encoderA = ca.newEncoder();
        var encoderB = cb.newEncoder();
        for (var i = 0; i < 50; i++) {
            a.say(pa, frame(toneA, ca, encoderA), i == 0, ca.clockRate() / 50);
            b.say(pb, frame(toneB, cb, encoderB), i == 0, cb.clockRate() / 50);
            pass(20);
        }
    }

    private static byte[] frame(
            io.allo.media.audio.ToneGenerator tone, Codec codec, io.allo.media.codec.Encoder encoder) {
        var pcm = new short[codec.sampleRate() / 50];
        tone.fill(pcm, 0, pcm.length);
        var out = new byte[codec.maxBytes(pcm.length)];
        return Arrays.copyOf(out, encoder.encode(pcm, 0, pcm.length, out, 0));
    }

    private static short[] decode(List<byte[]> packets, Codec codec) {
        var decoder = codec.newDecoder();
        var all = new short[packets.size() * codec.sampleRate() / 50];
        var at = 0;
        for (var packet : packets) {
            at += decoder.decode(packet, 12, packet.length - 12, all, at);
        }
        return Arrays.copyOf(all, at);
    }

    private static void assertTone(short[] pcm, int rate, int hz, int leastMs) {
        var window = rate / 50;
        var good = 0;
        for (var at = 0; at + window <= pcm.length; at += window) {
            if (power(pcm, at, window, rate, hz) > 0.8) {
                good += 20;
            }
        }
        assertTrue(good >= leastMs, "only " + good + " ms of " + hz + " Hz in " + pcm.length * 1000 / rate + " ms");
    }

    /** The share of the energy that is at this frequency, by a plain Fourier sum. */
    private static double power(short[] pcm, int at, int n, int rate, int hz) {
        double re = 0;
        double im = 0;
        double all = 1;
        for (var i = 0; i < n; i++) {
            var phase = 2 * Math.PI * hz * i / rate;
            re += pcm[at + i] * Math.cos(phase);
            im += pcm[at + i] * Math.sin(phase);
            all += (double) pcm[at + i] * pcm[at + i];
        }
        return (re * re + im * im) * 2 / n / all;
    }

    @Test
    void aSoundIsPlayedInFullAndItsEndTold() {
        var alice = new Phone(1, 4000);
        alice.agree(CodecName.ULAW);
        var samples = new short[8_000];
        Tone.single(700, -10).generator(8_000).fill(samples, 0, samples.length);
        graph.command(
                new MediaCommand.Play(alice.id, 5, new PlaySource.Sounds(List.of(new Sound("x", 8_000, samples)))),
                now);
        pass(1_100);
        assertEquals(50, alice.received.size());
        assertTone(decode(alice.received, G711.ULAW), 8_000, 700, 980);
        assertTrue(alice.events.contains(new MediaEvent.PlaybackEnded(alice.id, 5, true, 1_000)));
        assertTrue(RtpPacket.marker(alice.received.getFirst(), 0));
    }

    @Test
    void aPlayedToneStopsWhenAsked() {
        var alice = new Phone(1, 4000);
        alice.agree(CodecName.ALAW);
        graph.command(new MediaCommand.Play(alice.id, 1, new PlaySource.Tones(ToneSequence.parse("440"))), now);
        pass(500);
        graph.command(new MediaCommand.StopPlay(alice.id, 1), now);
        var count = alice.received.size();
        pass(500);
        assertEquals(count, alice.received.size());
        assertTrue(count >= 24);
    }

    @Test
    void aDigitIsToldOnceAndPassedOnUnderThePartnersPayloadType() {
        var alice = new Phone(1, 4000);
        var bob = new Phone(2, 4000);
        alice.agree(CodecName.ULAW);
        bob.agree(CodecName.ULAW);
        join(alice, bob);
        alice.say(0, new byte[160], true, 160);
        press(alice, 5);
        var events = bob.received.stream()
                .filter(p -> RtpPacket.payloadType(p, 0) == 101)
                .toList();
        assertEquals(8, events.size());
        assertEquals(
                1,
                events.stream().map(p -> RtpPacket.timestamp(p, 0)).distinct().count());
        assertEquals(
                1,
                alice.events.stream()
                        .filter(e -> e instanceof MediaEvent.DigitEnded d && d.digit() == '5' && d.passed())
                        .count());
    }

    private void press(Phone phone, int event) {
        var payload = new byte[4];
        for (var i = 1; i <= 8; i++) {
            TelephoneEvent.write(payload, 0, event, i > 5, 10, 160 * Math.min(i, 6));
            phone.say(96, payload, i == 1, 0);
            pass(20);
        }
        phone.timestamp += 160 * 8;
    }

    @Test
    void digitsAreSentAsEventsOrAsTones() {
        var alice = new Phone(1, 4000);
        alice.agree(CodecName.ULAW);
        graph.command(new MediaCommand.SendDigits(alice.id, "12", 100, 60), now);
        pass(1_000);
        var digits = alice.received.stream()
                .filter(p -> RtpPacket.payloadType(p, 0) == 101)
                .map(p -> TelephoneEvent.event(p, 12))
                .distinct()
                .toList();
        assertEquals(List.of(1, 2), digits);
        assertTrue(alice.events.contains(new MediaEvent.DigitsSent(alice.id)));
        var bob = new Phone(2, 4000);
        bob.agree(DtmfMode.INBAND, 0, CodecName.ULAW);
        graph.command(new MediaCommand.SendDigits(bob.id, "7", 200, 60), now);
        pass(600);
        assertTrue(bob.received.size() >= 10);
    }

    @Test
    void talkIsToldWhenSilenceFollowsIt() {
        var alice = new Phone(1, 4000);
        alice.agree(CodecName.ULAW);
        graph.command(new MediaCommand.DetectTalk(alice.id, true, 100, 500), now);
        var loud = new byte[160];
        for (var i = 0; i < loud.length; i++) {
            loud[i] = (byte) (i % 2 == 0 ? 0x20 : 0xA0); // far from zero, both signs
        }
        var quiet = new byte[160];
        Arrays.fill(quiet, (byte) 0xFF);
        for (var i = 0; i < 100; i++) {
            alice.say(0, i >= 10 && i < 30 ? loud : quiet, i == 0, 160);
            pass(20);
            var told = alice.events.stream().anyMatch(MediaEvent.Talked.class::isInstance);
            assertEquals(i >= 54, told, "after packet " + i);
        }
        assertTrue(alice.events.contains(new MediaEvent.Talked(alice.id, 400)));
        graph.command(new MediaCommand.DetectTalk(alice.id, false, 0, 0), now);
    }

    @Test
    void soundGoesThroughAPairAsThroughAWire() {
        var alice = new Phone(1, 4000);
        var bob = new Phone(2, 4000);
        alice.agree(CodecName.ULAW);
        bob.agree(CodecName.ULAW);
        var told = new ArrayList<MediaEvent>();
        graph.openPair(new PortId(11), told::add, new PortId(12), told::add, now);
        graph.command(new MediaCommand.Join(alice.id, new PortId(11)), now);
        graph.command(new MediaCommand.Join(new PortId(12), bob.id), now);
        alice.say(0, new byte[] {4}, false, 160);
        bob.say(0, new byte[] {5}, false, 160);
        assertEquals(4, bob.received.getFirst()[12]);
        assertEquals(5, alice.received.getFirst()[12]);
        graph.command(new MediaCommand.Leave(new PortId(12)), now);
        var samples = new short[1_600];
        graph.command(
                new MediaCommand.Play(
                        new PortId(12), 3, new PlaySource.Sounds(List.of(new Sound("x", 8_000, samples)))),
                now);
        pass(300);
        assertEquals(11, alice.received.size());
        assertTrue(told.contains(new MediaEvent.PlaybackEnded(new PortId(12), 3, true, 200)));
    }

    @Test
    void anEchoIsHeardByWhoSpeaks() {
        var alice = new Phone(1, 4000);
        alice.agree(CodecName.ULAW);
        graph.command(new MediaCommand.Echo(alice.id, true), now);
        alice.say(0, new byte[] {8}, false, 160);
        assertEquals(8, alice.received.getFirst()[12]);
    }

    @Test
    void silenceIsToldOnceAndAClosedPortReports() {
        var alice = new Phone(1, 4000);
        alice.agree(DtmfMode.RFC4733, 2_000, CodecName.ULAW);
        for (var i = 0; i < 3; i++) {
            alice.say(0, new byte[160], false, 160);
            pass(20);
        }
        alice.sequence += 1;
        alice.say(0, new byte[160], false, 160);
        pass(5_000);
        assertEquals(
                1,
                alice.events.stream()
                        .filter(e -> e instanceof MediaEvent.TimedOut)
                        .count());
        graph.command(new MediaCommand.Close(alice.id), now);
        var closed = (MediaEvent.Closed) alice.events.getLast();
        assertEquals(4, closed.report().packetsReceived());
        assertEquals(1, closed.report().lost());
        assertEquals(0, graph.portCount());
        assertEquals(Long.MAX_VALUE, graph.nextDeadlineNanos());
        assertTrue(!alice.rtcp.isEmpty());
    }

    @Test
    void aRelayedPacketAllocatesNothing() {
        var alice = new Phone(1, 4000);
        var bob = new Phone(2, 4000);
        alice.agree(CodecName.ULAW);
        bob.agree(CodecName.ULAW);
        join(alice, bob);
        var bean = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        var packet = new byte[172];
        var buffer = ByteBuffer.wrap(packet);
        var sink = new PacketCount();
        var quiet = graph.openRtp(new PortId(20), e -> {}, sink, sink, () -> {}, now);
        var spoken = graph.openRtp(new PortId(21), e -> {}, sink, sink, () -> {}, now);
        for (var id : List.of(20, 21)) {
            var media = new NegotiatedMedia(
                    0,
                    "192.0.2.1",
                    4000,
                    "192.0.2.1",
                    4001,
                    false,
                    true,
                    List.of(new NegotiatedCodec(CodecName.ULAW, 0, 0, "")),
                    List.of(),
                    DtmfMode.NONE,
                    Direction.SENDRECV,
                    false,
                    20);
            graph.command(new MediaCommand.Configure(new PortId(id), media, StreamSettings.DEFAULT), now);
        }
        graph.command(new MediaCommand.Join(new PortId(20), new PortId(21)), now);
        var least = Long.MAX_VALUE;
        for (var round = 0; round < 20; round++) {
            var before = bean.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < 1_000; i++) {
                RtpPacket.writeHeader(packet, 0, false, 0, i, i * 160, 99);
                buffer.clear();
                spoken.rtpReceived(buffer, alice.address, now);
            }
            least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least < 1_000, least + " bytes for 1,000 packets");
        assertEquals(20_000, sink.count);
        assertEquals(20, quiet.id.value());
    }

    private static final class PacketCount implements PacketSender {
        long count;

        @Override
        public boolean send(ByteBuffer packet, InetSocketAddress to) {
            count++;
            return true;
        }
    }

    @Test
    void lossAndJitterAreConcealedWithoutAGap() {
        var alice = new Phone(1, 4000);
        var bob = new Phone(2, 4000);
        alice.agree(CodecName.ULAW);
        bob.agree(CodecName.ALAW);
        join(alice, bob);
        var random = new java.util.Random(3);
        var tone = Tone.single(440, -10).generator(8_000);
        var encoder = G711.ULAW.newEncoder();
        for (var i = 0; i < 100; i++) {
            var payload = frame(tone, G711.ULAW, encoder);
            var wait = random.nextInt(15);
            pass(wait);
            if (i % 20 != 19) {
                alice.say(0, payload, i == 0, 160);
            } else {
                alice.sequence++;
                alice.timestamp += 160;
            }
            pass(20 - wait);
        }
        var heard = decode(bob.received, G711.ALAW);
        assertTone(heard, 8_000, 440, 1_600);
    }

    @Test
    void musicIsEncodedOnceForAllWhoHearItByOneCodec() {
        var stream = new MusicStream("default");
        var tone = Tone.single(440, -10).generator(8_000);
        var alice = new Phone(1, 4000);
        var bob = new Phone(2, 4000);
        var carol = new Phone(3, 4000);
        alice.agree(CodecName.ULAW);
        bob.agree(CodecName.ULAW);
        carol.agree(CodecName.ALAW);
        var pcm = new short[160];
        var noise = new java.util.Random(5);
        for (var i = 0; i < 150; i++) {
            if (stream.at(8_000).room() > 0) {
                tone.fill(pcm, 0, 160);
                for (var k = 0; k < 160; k++) {
                    pcm[k] += (short) (noise.nextInt(600) - 300); // no frame is like another
                }
                stream.at(8_000).write(pcm, 0, 160);
            }
            if (i == 0) {
                graph.command(new MediaCommand.Play(alice.id, 1, new PlaySource.Music(stream)), now);
                graph.command(new MediaCommand.Play(carol.id, 1, new PlaySource.Music(stream)), now);
            }
            if (i == 50) {
                pass(7); // bob's frames fall between alice's
                graph.command(new MediaCommand.Play(bob.id, 1, new PlaySource.Music(stream)), now);
            }
            pass(20);
        }
        assertTone(decode(alice.received, G711.ULAW), 8_000, 440, 2_500);
        assertTone(decode(carol.received, G711.ALAW), 8_000, 440, 2_500);
        assertTone(decode(bob.received, G711.ULAW), 8_000, 440, 1_500);
        var hers = alice.received.stream()
                .map(p -> Arrays.hashCode(Arrays.copyOfRange(p, 12, p.length)))
                .toList();
        var his = bob.received.stream()
                .map(p -> Arrays.hashCode(Arrays.copyOfRange(p, 12, p.length)))
                .toList();
        var offset = java.util.Collections.indexOfSubList(hers, his.subList(0, 40));
        assertTrue(offset >= 45, "bob hears the bytes that alice hears, from " + offset);
        graph.command(new MediaCommand.StopPlay(alice.id, 1), now);
        var before = alice.received.size();
        pass(100);
        assertEquals(before, alice.received.size());
    }

    @Test
    void aTapHearsBothSidesOfARelayedCallAndOfALocalChannelsFarEnd() {
        var alice = new Phone(1, 4000);
        var bob = new Phone(2, 4000);
        alice.agree(CodecName.ULAW);
        bob.agree(CodecName.ULAW);
        var one = new PortId(11);
        var two = new PortId(12);
        graph.openPair(one, event -> {}, two, event -> {}, now);
        graph.command(new MediaCommand.Join(alice.id, one), now);
        graph.command(new MediaCommand.Join(two, bob.id), now);
        var atAlice = new RecordedSides[] {RecordedSides.HEARD, RecordedSides.SPOKEN};
        var sounds = new ArrayList<RecordedSound>();
        for (var sides : atAlice) {
            for (var id : List.of(alice.id, two)) {
                var tap = new SoundTap();
                sounds.add(new RecordedSound(tap, sides, 8_000, 0, now));
                graph.command(new MediaCommand.Tap(id, tap), now);
            }
        }
        speak(alice, G711.ULAW, 0, 440, bob, G711.ULAW, 0, 1_000);
        // heard from alice 440; the Local half "two" says to alice's side what bob says, and hears what alice says
        var expected = new int[] {440, 440, 1_000, 1_000};
        for (var i = 0; i < 4; i++) {
            assertTone(written(sounds.get(i)), 8_000, expected[i], 700);
        }
        assertEquals(50, bob.received.size(), "it is still relayed");
    }

    private short[] written(RecordedSound sound) {
        var pcm = new short[80_000];
        var count = new int[1];
        try {
            sound.finish(now, (block, n) -> {
                System.arraycopy(block, 0, pcm, count[0], n);
                count[0] += n;
            });
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
        return Arrays.copyOf(pcm, count[0]);
    }
}
