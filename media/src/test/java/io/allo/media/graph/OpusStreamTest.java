package io.allo.media.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.media.codec.Codec;
import io.allo.media.codec.Encoder;
import io.allo.media.codec.G711;
import io.allo.media.codec.G722;
import io.allo.media.codec.Opus;
import io.allo.media.codec.OpusSettings;
import io.allo.media.codec.OpusSettings.Application;
import io.allo.media.codec.OpusSettings.Bandwidth;
import io.allo.media.codec.OpusSettings.Signal;
import io.allo.media.codec.TestSound;
import io.allo.media.mix.MixLeg;
import io.allo.media.mix.MixSettings;
import io.allo.media.port.MediaCommand;
import io.allo.media.port.MediaEvent;
import io.allo.media.port.PlaySource;
import io.allo.media.port.PortId;
import io.allo.media.port.Sound;
import io.allo.media.port.StreamSettings;
import io.allo.media.rtp.RtcpWriter;
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
import org.junit.jupiter.api.parallel.Isolated;

/** Opus on one side of a call: transcoded, with losses, gaps and digits (RFC 7587, RFC 4733). */
@Isolated("counts the codecs that are open, and changes how Opus is encoded")
class OpusStreamTest {

    private static final long MS = 1_000_000L;
    private static final int OPUS_TYPE = 107;
    private static final int EVENTS_TYPE = 113;
    private final MediaGraph graph = new MediaGraph(RandomSource.seeded(3));
    private long now = 1_000 * MS;

    private final class Phone {
        final PortId id;
        final InetSocketAddress address;
        final RtpPort port;
        final List<byte[]> received = new ArrayList<>();
        final List<MediaEvent> events = new ArrayList<>();
        int sequence = 10;
        int timestamp = 9_000;

        Phone(int number, CodecName codec, int payloadType, int eventClock, String fmtp, int ptimeMs) {
            id = new PortId(number);
            address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + (number % 200 + 1)), 4000 + number);
            port = graph.openRtp(
                    id,
                    events::add,
                    (packet, to) -> received.add(Arrays.copyOfRange(packet.array(), packet.position(), packet.limit())),
                    (packet, to) -> true,
                    () -> {},
                    now);
            var host = address.getAddress().getHostAddress();
            var media = new NegotiatedMedia(
                    0,
                    host,
                    address.getPort(),
                    host,
                    address.getPort() + 1,
                    false,
                    true,
                    List.of(new NegotiatedCodec(codec, payloadType, payloadType, fmtp)),
                    List.of(new NegotiatedEvents(eventClock, EVENTS_TYPE, EVENTS_TYPE)),
                    DtmfMode.RFC4733,
                    Direction.SENDRECV,
                    false,
                    ptimeMs);
            graph.command(new MediaCommand.Configure(id, media, new StreamSettings(0, 0, 0, "")), now);
        }

        void say(int payloadType, byte[] payload, boolean marker, int units) {
            var packet = new byte[12 + payload.length];
            RtpPacket.writeHeader(packet, 0, marker, payloadType, sequence++ & 0xFFFF, timestamp, 77);
            timestamp += units;
            System.arraycopy(payload, 0, packet, 12, payload.length);
            port.rtpReceived(ByteBuffer.wrap(packet), address, now);
        }

        /** Its phone says that so many percent of what it is sent are lost: RFC 3550 6.4.2. */
        void reportLoss(int percent) {
            var packet = new byte[200];
            var writer = new RtcpWriter()
                    .begin(packet, 0)
                    .receiverReport(77)
                    .report(
                            RtpPacket.ssrc(received.getLast(), 0),
                            percent * 256 / 100,
                            10,
                            RtpPacket.sequence(received.getLast(), 0),
                            0,
                            0,
                            0)
                    .sourceDescription(77, new byte[] {'x'});
            port.rtcpReceived(ByteBuffer.wrap(packet, 0, writer.length()), address, now);
        }

        /** If every seventh packet were lost, how near what the next one says of it comes to what it said itself, in dB. */
        double heardThroughLoss() {
            var whole = Opus.CODEC.newDecoder();
            var lossy = Opus.CODEC.newDecoder();
            var said = new short[Opus.MOST_SAMPLES];
            var heard = new short[Opus.MOST_SAMPLES];
            double signal = 1;
            double error = 1;
            for (var i = 0; i + 1 < received.size(); i++) {
                whole.decode(received.get(i), 12, received.get(i).length - 12, said, 0);
                if (i % 7 != 5) {
                    lossy.decode(received.get(i), 12, received.get(i).length - 12, heard, 0);
                    continue;
                }
                lossy.recover(received.get(i + 1), 12, received.get(i + 1).length - 12, heard, 0, 960);
                for (var at = 0; at < 960; at++) {
                    signal += (double) said[at] * said[at];
                    error += Math.pow(said[at] - heard[at], 2);
                }
            }
            whole.close();
            lossy.close();
            return 10 * Math.log10(signal / error);
        }

        short[] heard(Codec codec) {
            var decoder = codec.newDecoder();
            var all = new short[(received.size() + 7) * codec.sampleRate() * 60 / 1000];
            var at = 0;
            for (var packet : received) {
                if (RtpPacket.payloadType(packet, 0) != EVENTS_TYPE) {
                    at += decoder.decode(packet, 12, packet.length - 12, all, at);
                }
            }
            decoder.close();
            return Arrays.copyOf(all, at);
        }
    }

    private Phone opus(int number, String fmtp, int ptimeMs) {
        return new Phone(number, CodecName.OPUS, OPUS_TYPE, 48_000, fmtp, ptimeMs);
    }

    private Phone ulaw(int number) {
        return new Phone(number, CodecName.ULAW, 0, 8_000, "", 20);
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

    private static byte[] frame(Encoder encoder, Codec codec, short[] pcm, int at, int samples) {
        var out = new byte[codec.maxBytes(samples)];
        return Arrays.copyOf(out, encoder.encode(pcm, at, samples, out, 0));
    }

    /** The share of the energy that is at this frequency. */
    private static double share(short[] pcm, int from, int n, int rate, int hz) {
        double re = 0;
        double im = 0;
        double all = 1;
        for (var i = from; i < from + n; i++) {
            var phase = 2 * Math.PI * hz * i / rate;
            re += pcm[i] * Math.cos(phase);
            im += pcm[i] * Math.sin(phase);
            all += (double) pcm[i] * pcm[i];
        }
        return (re * re + im * im) * 2 / n / all;
    }

    @Test
    void opusAndOtherCodecsAreHeardByEachOtherAtEveryPacketLength() {
        var number = 0;
        for (var other : new Codec[] {G711.ULAW, G722.CODEC}) {
            for (var ptime : new int[] {10, 20, 40, 60}) {
                var alice = opus(++number, "useinbandfec=1", ptime);
                var name = other == G711.ULAW ? CodecName.ULAW : CodecName.G722;
                var bob = new Phone(++number, name, name.usualPayloadType(), 8_000, "", 20);
                join(alice, bob);
                var low = TestSound.sine(48_000, 440, 8_000, 96_000);
                var high = TestSound.sine(other.sampleRate(), 1_000, 8_000, 2 * other.sampleRate());
                var encoder = Opus.CODEC.newEncoder();
                var samples = 48 * ptime;
                var encoderOfOther = other.newEncoder();
                for (var ms = 0; ms < 1_920; ms += 20) {
                    for (var at = ms; at < ms + 20 && at % ptime == 0; at += ptime) {
                        alice.say(OPUS_TYPE, frame(encoder, Opus.CODEC, low, at * 48, samples), at == 0, samples);
                    }
                    var n = other.sampleRate() / 50;
                    bob.say(name.usualPayloadType(), frame(encoderOfOther, other, high, ms / 20 * n, n), ms == 0, 160);
                    pass(20);
                }
                encoder.close();
                var atBob = bob.heard(other);
                assertTrue(atBob.length > other.sampleRate() * 3 / 2, ptime + " ms: " + atBob.length);
                var rate = other.sampleRate();
                assertTrue(share(atBob, rate / 2, rate / 2, rate, 440) > 0.9, "at " + other + " from " + ptime + " ms");
                var atAlice = alice.heard(Opus.CODEC);
                assertTrue(
                        share(atAlice, 24_000, 24_000, 48_000, 1_000) > 0.7, "from " + other + " in " + ptime + " ms");
                for (var i = 1; i < alice.received.size(); i++) {
                    assertEquals(
                            samples,
                            RtpPacket.timestamp(alice.received.get(i), 0)
                                    - RtpPacket.timestamp(alice.received.get(i - 1), 0),
                            "the clock is 48 kHz: RFC 7587 4.1");
                }
            }
        }
    }

    /** Every tenth packet is another tone, and it is lost: only the packet after it can tell. */
    private double heardOfWhatWasLost(boolean fec) {
        var alice = opus(fec ? 1 : 3, "useinbandfec=1", 20);
        var bob = ulaw(fec ? 2 : 4);
        join(alice, bob);
        var settings = new OpusSettings(
                25, 10, Signal.VOICE, Application.VOIP, 48_000, Bandwidth.WIDE, 32_000, false, fec, false);
        var encoder = Opus.CODEC.newEncoder(settings);
        var usual = TestSound.sine(48_000, 300, 8_000, 48_000 * 6);
        var rare = TestSound.sine(48_000, 900, 12_000, 48_000 * 6);
        for (var i = 0; i < 300; i++) {
            var lost = i % 10 == 5;
            var packet = frame(encoder, Opus.CODEC, lost ? rare : usual, i * 960, 960);
            if (lost) {
                alice.sequence++;
                alice.timestamp += 960;
            } else {
                alice.say(OPUS_TYPE, packet, i == 0, 960);
            }
            pass(20);
        }
        encoder.close();
        var heard = bob.heard(G711.ULAW);
        var most = 0.0;
        var sum = 0.0;
        var windows = 0;
        for (var at = 8_000; at + 80 < heard.length; at += 80) {
            most = Math.max(most, share(heard, at, 80, 8_000, 900));
            sum += share(heard, at, 80, 8_000, 900) > 0.6 ? 1 : 0;
            windows++;
        }
        assertTrue(windows > 400, "windows: " + windows);
        return sum;
    }

    @Test
    void aLostPacketIsHeardFromTheOneAfterIt() {
        var with = heardOfWhatWasLost(true);
        var without = heardOfWhatWasLost(false);
        assertTrue(with >= 15 && with > 3 * without, "heard with FEC in " + with + " windows, without in " + without);
    }

    /** Who reports loss in a room is sent FEC; who hears the same and reports none is sent none, and the same as before. */
    @Test
    void aMemberOfARoomThatReportsLossIsSentWhatItLoses() {
        var room = new PortId(99);
        graph.openMix(room, event -> {}, MixSettings.AUTO);
        var alice = ulaw(1);
        var bob = opus(2, "useinbandfec=1", 20);
        var carol = opus(3, "useinbandfec=1", 20);
        var erin = opus(4, "", 20);
        for (var phone : List.of(alice, bob, carol, erin)) {
            graph.command(new MediaCommand.Mix(phone.id, room, MixLeg.USUAL), now);
        }
        talk(alice, 150);
        assertArrayEquals(payload(bob.received.getLast()), payload(carol.received.getLast()), "encoded once for all");
        bob.reportLoss(25);
        erin.reportLoss(25);
        talk(alice, 50);
        bob.received.clear();
        carol.received.clear();
        erin.received.clear();
        talk(alice, 300);
        var restored = bob.heardThroughLoss();
        var concealed = carol.heardThroughLoss();
        assertTrue(
                restored > concealed + 3, "lost sound: restored " + restored + " dB, concealed " + concealed + " dB");
        assertArrayEquals(payload(carol.received.getLast()), payload(erin.received.getLast()), "can't use FEC");
    }

    private static byte[] payload(byte[] packet) {
        return Arrays.copyOfRange(packet, 12, packet.length);
    }

    private void talk(Phone phone, int frames) {
        var speech = TestSound.samples("codec/speech.sln");
        for (var i = 0; i < frames; i++) {
            var at = i * 160 % (speech.length / 160 * 160);
            phone.say(0, frame(G711.ULAW.newEncoder(), G711.ULAW, speech, at, 160), false, 160);
            pass(20);
        }
    }

    @Test
    void aPauseOfASenderWithDtxIsNoLoss() {
        var alice = opus(1, "", 20);
        var bob = ulaw(2);
        join(alice, bob);
        var encoder = Opus.CODEC.newEncoder();
        var tone = TestSound.sine(48_000, 440, 8_000, 48_000 * 3);
        for (var i = 0; i < 100; i++) {
            if (i == 50) {
                alice.timestamp += 48 * 700; // time goes on, sequence numbers do not
                pass(700);
            }
            alice.say(OPUS_TYPE, frame(encoder, Opus.CODEC, tone, i * 960, 960), i % 50 == 0, 960);
            pass(20);
        }
        encoder.close();
        var heard = bob.heard(G711.ULAW);
        assertTrue(share(heard, heard.length - 6_000, 5_000, 8_000, 440) > 0.9);
        graph.command(new MediaCommand.Close(alice.id), now);
        var report = alice.events.stream()
                .filter(MediaEvent.Closed.class::isInstance)
                .map(e -> ((MediaEvent.Closed) e).report())
                .findFirst()
                .orElseThrow();
        assertEquals(0, report.lost());
    }

    @Test
    void withDtxSilenceIsNotSentAndTimeGoesOn() {
        Opus.CODEC.use(new OpusSettings(
                0, 10, Signal.AUTO, Application.VOIP, 48_000, Bandwidth.WIDE, 24_000, false, false, true));
        try {
            var alice = opus(1, "usedtx=1", 20);
            var pcm = Arrays.copyOf(TestSound.sine(8_000, 440, 8_000, 8_000), 8_000 * 4);
            System.arraycopy(pcm, 0, pcm, 8_000 * 3, 8_000);
            graph.command(
                    new MediaCommand.Play(alice.id, 1, new PlaySource.Sounds(List.of(new Sound("x", 8_000, pcm)))),
                    now);
            pass(4_100);
            assertTrue(alice.received.size() < 150, alice.received.size() + " of 200 packets");
            var first = RtpPacket.timestamp(alice.received.getFirst(), 0);
            var last = alice.received.getLast();
            assertEquals(48_000 * 4 - 960, RtpPacket.timestamp(last, 0) - first, 2_000);
            for (var i = 1; i < alice.received.size(); i++) {
                assertEquals(
                        1,
                        RtpPacket.sequence(alice.received.get(i), 0) - RtpPacket.sequence(alice.received.get(i - 1), 0)
                                & 0xFFFF);
            }
        } finally {
            Opus.CODEC.use(OpusSettings.DEFAULT);
        }
    }

    @Test
    void digitsChangeTheirClockBothWays() {
        var alice = opus(1, "", 20);
        var bob = ulaw(2);
        join(alice, bob);
        press(alice, 5, 48, 2_000);
        press(bob, 7, 8, 2_000);
        pass(300);
        assertEvents(bob, 5, 8);
        assertEvents(alice, 7, 48);
        for (var phone : List.of(alice, bob)) {
            assertEquals(
                    List.of(2_000),
                    phone.events.stream()
                            .filter(MediaEvent.DigitEnded.class::isInstance)
                            .map(e -> ((MediaEvent.DigitEnded) e).durationMs())
                            .toList());
        }
    }

    /** Presses a key, in segments of at most 65535 units: RFC 4733 2.5.1.3. */
    private void press(Phone phone, int event, int unitsPerMs, int durationMs) {
        var payload = new byte[4];
        var start = phone.timestamp;
        var segment = 0;
        for (var ms = 50; ms <= durationMs; ms += 50) {
            if (ms * unitsPerMs - segment * 0xFFFF > 0xFFFF) {
                TelephoneEvent.write(payload, 0, event, false, 10, 0xFFFF);
                phone.say(EVENTS_TYPE, payload, false, 0);
                phone.timestamp += 0xFFFF;
                segment++;
            }
            TelephoneEvent.write(payload, 0, event, ms == durationMs, 10, ms * unitsPerMs - segment * 0xFFFF);
            phone.say(EVENTS_TYPE, payload, ms == 50, 0);
            pass(50);
        }
        phone.timestamp = start + durationMs * unitsPerMs;
    }

    private static void assertEvents(Phone phone, int event, int unitsPerMs) {
        var starts = 0;
        long longest = 0;
        var first = 0;
        for (var packet : phone.received) {
            if (RtpPacket.payloadType(packet, 0) == EVENTS_TYPE) {
                assertEquals(event, TelephoneEvent.event(packet, 12));
                if (RtpPacket.marker(packet, 0)) {
                    starts++;
                    first = RtpPacket.timestamp(packet, 0);
                }
                var total = RtpPacket.timestamp(packet, 0) - first + TelephoneEvent.duration(packet, 12);
                longest = Math.max(longest, total);
            }
        }
        assertEquals(1, starts, "one press is one event");
        assertEquals(2_000L * unitsPerMs, longest);
    }

    @Test
    void callsThatEndGiveBackWhatTheirCodecsHeld() {
        var before = Opus.heldCodecs();
        var encoder = Opus.CODEC.newEncoder();
        var packet = frame(encoder, Opus.CODEC, TestSound.sine(48_000, 440, 8_000, 960), 0, 960);
        encoder.close();
        for (var call = 0; call < 200; call++) {
            var alice = opus(2 * call, "useinbandfec=1", 20);
            var bob = ulaw(2 * call + 1);
            join(alice, bob);
            graph.command(new MediaCommand.DetectTalk(alice.id, true, 100, 500), now);
            for (var i = 0; i < 5; i++) {
                alice.say(OPUS_TYPE, packet, i == 0, 960);
                bob.say(0, new byte[160], i == 0, 160);
                pass(20);
            }
            graph.command(new MediaCommand.Close(alice.id), now);
            graph.command(new MediaCommand.Close(bob.id), now);
        }
        assertEquals(before, Opus.heldCodecs());
    }
}
