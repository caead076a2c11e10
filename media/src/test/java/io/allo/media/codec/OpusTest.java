package io.allo.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.allo.media.codec.OpusSettings.Application;
import io.allo.media.codec.OpusSettings.Bandwidth;
import io.allo.media.codec.OpusSettings.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both libraries, each against the other: libopus is the reference implementation of RFC 6716, Concentus is no work of ours either. */
class OpusTest {
    private static final int FRAME = 960;

    private static List<OpusLibrary> libraries() {
        var all = new ArrayList<OpusLibrary>(List.of(JavaOpus.LIBRARY));
        SystemOpus.find().ifPresent(all::add);
        return all;
    }

    private static Stream<Arguments> pairs() {
        return libraries().stream().flatMap(a -> libraries().stream().map(b -> Arguments.of(a, b)));
    }

    private static List<byte[]> encoded(OpusLibrary library, OpusSettings settings, short[] pcm, int samples) {
        var encoder = library.newEncoder(settings);
        var packets = new ArrayList<byte[]>();
        var out = new byte[Opus.MOST_BYTES];
        for (int at = 0; at + samples <= pcm.length; at += samples) {
            int length = encoder.encode(pcm, at, samples, out, 0);
            packets.add(Arrays.copyOf(out, length));
        }
        encoder.close();
        return packets;
    }

    private static short[] decoded(Decoder decoder, List<byte[]> packets) {
        var out = new short[packets.size() * Opus.MOST_SAMPLES];
        int at = 0;
        for (var packet : packets) {
            at += decoder.decode(packet, 0, packet.length, out, at);
        }
        return Arrays.copyOf(out, at);
    }

    /** The part of a sound's power that is at one frequency, by Goertzel's sum over whole periods. */
    private static double share(short[] pcm, int from, int samples, double hz) {
        double re = 0;
        double im = 0;
        double all = 0;
        for (int i = 0; i < samples; i++) {
            double angle = 2 * Math.PI * hz * i / Opus.RATE;
            re += pcm[from + i] * Math.cos(angle);
            im += pcm[from + i] * Math.sin(angle);
            all += (double) pcm[from + i] * pcm[from + i];
        }
        return 2 * (re * re + im * im) / samples / Math.max(all, 1);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void eachLibraryHearsToneAndLevelOfTheOther(OpusLibrary from, OpusLibrary to) {
        for (int ms : new int[] {10, 20, 40, 60}) {
            var pcm = TestSound.sine(Opus.RATE, 1000, 8000, Opus.RATE);
            var packets = encoded(from, OpusSettings.DEFAULT, pcm, Opus.RATE / 1000 * ms);
            assertEquals(1000 / ms, packets.size());
            var decoder = to.newDecoder();
            var heard = decoded(decoder, packets);
            decoder.close();
            assertEquals(
                    packets.size() * Opus.RATE / 1000 * ms, heard.length, "samples at 48 kHz whatever the bandwidth");
            assertTrue(share(heard, 24000, 19200, 1000) > 0.99, "share of the tone at " + ms + " ms");
            assertEquals(8000 / Math.sqrt(2), TestSound.rms(heard, 24000, 43200), 300);
        }
    }

    @Test
    void speechIsAsGoodByOneLibraryAsByTheOther() {
        assumeTrue(libraries().size() == 2);
        var speech = new Resampler(8000, Opus.RATE);
        var narrow = TestSound.samples("codec/speech.sln");
        var pcm = new short[speech.maxOutput(narrow.length)];
        speech.resample(narrow, 0, narrow.length, pcm, 0);
        for (var encoder : libraries()) {
            var packets = encoded(encoder, OpusSettings.DEFAULT, pcm, FRAME);
            var sounds = new ArrayList<short[]>();
            for (var library : libraries()) {
                var decoder = library.newDecoder();
                sounds.add(decoded(decoder, packets));
                decoder.close();
            }
            double snr = TestSound.snr(sounds.get(0), sounds.get(1), 0, 0, sounds.get(0).length);
            assertTrue(snr > 60, "the two decoders differ by " + snr + " dB");
        }
    }

    /**
     * Telephone sound goes in at its own rate and comes out at every rate: the same sound, no worse than by way of 48 kHz, in fewer
     * bits, whoever encodes and decodes.
     */
    @ParameterizedTest
    @MethodSource("pairs")
    void telephoneSoundKeepsItsRateAndIsHeardAtEveryRate(OpusLibrary from, OpusLibrary to) {
        var narrow = TestSound.samples("codec/speech.sln");
        var up = new Resampler(8000, Opus.RATE);
        var wide = new short[up.maxOutput(narrow.length)];
        up.resample(narrow, 0, narrow.length, wide, 0);
        var peer = OpusFormat.parse("useinbandfec=1");
        var packets = encodedAt(8000, from, OpusSettings.DEFAULT.towards(peer, 8000), narrow);
        var roundabout = encodedAt(Opus.RATE, from, OpusSettings.DEFAULT.towards(peer, Opus.RATE), wide);
        for (int rate : new int[] {8000, 12000, 16000, 24000, 48000}) {
            for (var sent : List.of(packets, roundabout)) {
                var decoder = to.newDecoder(rate);
                var heard = new short[(sent.size() + 6) * rate / 50];
                int at = 0;
                for (var packet : sent) {
                    at += decoder.decode(packet, 0, packet.length, heard, at);
                }
                decoder.close();
                assertEquals(sent.size() * rate / 50, at, "20 ms at " + rate + " Hz");
                assertEquals(TestSound.rms(narrow, 0, narrow.length), TestSound.rms(heard, 0, at), 150, rate + " Hz");
            }
        }
        double direct = spectralDistance(narrow, packets, to);
        double around = spectralDistance(narrow, roundabout, to);
        assertTrue(direct < 2.3 && direct < around, "direct " + direct + " dB, by way of 48 kHz " + around + " dB");
        assertTrue(bytes(packets) < 0.75 * bytes(roundabout), bytes(packets) + " and " + bytes(roundabout) + " bytes");
    }

    private static List<byte[]> encodedAt(int rate, OpusLibrary library, OpusSettings settings, short[] pcm) {
        var encoder = library.newEncoder(settings, rate);
        var packets = new ArrayList<byte[]>();
        var out = new byte[Opus.MOST_BYTES];
        for (int at = 0; at + rate / 50 <= pcm.length; at += rate / 50) {
            packets.add(Arrays.copyOf(out, encoder.encode(pcm, at, rate / 50, out, 0)));
        }
        encoder.close();
        return packets;
    }

    private static int bytes(List<byte[]> packets) {
        return packets.stream().mapToInt(p -> p.length).sum();
    }

    /** How far the spectra of what is heard at 8 kHz are from those of what was said, where anything was said: dB in 16 bands. */
    private static double spectralDistance(short[] sound, List<byte[]> packets, OpusLibrary library) {
        var decoder = library.newDecoder(8000);
        var heard = new short[(packets.size() + 6) * 160];
        int at = 0;
        for (var packet : packets) {
            at += decoder.decode(packet, 0, packet.length, heard, at);
        }
        decoder.close();
        int delay = 0;
        for (int d = 1; d < 300; d++) {
            delay = TestSound.snr(sound, heard, d, 800, at - 800) > TestSound.snr(sound, heard, delay, 800, at - 800)
                    ? d
                    : delay;
        }
        double total = 0;
        int frames = 0;
        for (int from = 800; from < at - 800; from += 160) {
            if (TestSound.rms(sound, from, from + 160) > 100) {
                double square = 0;
                for (int band = 0; band < 16; band++) {
                    double ratio = (power(sound, from, band) + 1e3) / (power(heard, from + delay, band) + 1e3);
                    square += Math.pow(10 * Math.log10(ratio), 2) / 16;
                }
                total += Math.sqrt(square);
                frames++;
            }
        }
        return total / frames;
    }

    /** Of 20 ms at 8 kHz: a band of 200 Hz, from 200 Hz on. */
    private static double power(short[] pcm, int from, int band) {
        double power = 0;
        for (double hz = 200 + 200 * band; hz < 400 + 200 * band; hz += 50) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < 160; i++) {
                double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / 160);
                re += weight * pcm[from + i] * Math.cos(2 * Math.PI * hz * i / 8000);
                im += weight * pcm[from + i] * Math.sin(2 * Math.PI * hz * i / 8000);
            }
            power += re * re + im * im;
        }
        return power;
    }

    private static short[] speech() {
        var narrow = TestSound.samples("codec/speech.sln16");
        var resampler = new Resampler(16000, Opus.RATE);
        var pcm = new short[resampler.maxOutput(narrow.length)];
        resampler.resample(narrow, 0, narrow.length, pcm, 0);
        return pcm;
    }

    private static OpusSettings settings(int loss, boolean fec, boolean dtx, Bandwidth bandwidth, int bitrate) {
        return new OpusSettings(
                loss, 10, Signal.AUTO, Application.VOIP, Opus.RATE, bandwidth, bitrate, false, fec, dtx);
    }

    /** How far a sound is from the undisturbed one where packets were lost, in dB of signal over error. */
    private static double heardThroughLoss(OpusLibrary library, boolean fec, boolean recover) {
        var packets = encoded(library, settings(fec ? 20 : 0, fec, false, Bandwidth.WIDE, 24_000), speech(), FRAME);
        var whole = library.newDecoder();
        var undisturbed = decoded(whole, packets);
        whole.close();
        var decoder = library.newDecoder();
        var heard = new short[undisturbed.length];
        double signal = 0;
        double error = 0;
        for (int i = 0; i < packets.size(); i++) {
            boolean lost = i % 7 == 5;
            if (!lost) {
                decoder.decode(packets.get(i), 0, packets.get(i).length, heard, i * FRAME);
            } else if (recover && i + 1 < packets.size()) {
                var next = packets.get(i + 1);
                assertEquals(FRAME, decoder.recover(next, 0, next.length, heard, i * FRAME, FRAME));
            } else {
                assertEquals(FRAME, decoder.conceal(heard, i * FRAME, FRAME));
            }
            for (int at = i * FRAME; lost && at < (i + 1) * FRAME; at++) {
                signal += (double) undisturbed[at] * undisturbed[at];
                error += Math.pow(undisturbed[at] - heard[at], 2);
            }
        }
        decoder.close();
        return 10 * Math.log10(signal / error);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void whatAPacketSaysOfTheLostOneBeforeItIsBetterThanConcealment(OpusLibrary library) {
        double concealed = heardThroughLoss(library, true, false);
        double recovered = heardThroughLoss(library, true, true);
        assertTrue(recovered > concealed + 4, "recovered " + recovered + " dB, concealed " + concealed + " dB");
        assertTrue(recovered > 3, "recovered " + recovered + " dB");
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void silenceIsNotSentWithDtxAndIsWithout(OpusLibrary library) {
        var pcm = new short[3 * Opus.RATE];
        var dtx = encoded(library, settings(0, false, true, Bandwidth.WIDE, 16_000), pcm, FRAME);
        var sent = dtx.stream().filter(p -> p.length > 0).count();
        assertTrue(sent < 50, sent + " of 150 packets of silence sent with DTX");
        assertTrue(encoded(library, OpusSettings.DEFAULT, pcm, FRAME).stream().allMatch(p -> p.length > 0));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void bandwidthAndBitRateAreThoseOfTheSettings(OpusLibrary library) {
        for (var bandwidth : Bandwidth.values()) {
            var packets = encoded(library, settings(0, false, false, bandwidth, 20_000), speech(), FRAME);
            for (var packet : packets) {
                assertTrue(bandwidthOf(packet).compareTo(bandwidth) <= 0, bandwidth + " was asked for");
            }
        }
        for (int bitrate : new int[] {12_000, 24_000, 48_000}) {
            var packets = encoded(library, settings(0, false, false, Bandwidth.FULL, bitrate), speech(), FRAME);
            double sent = packets.stream().mapToInt(p -> p.length).average().orElseThrow() * 8 * 50;
            assertTrue(sent < bitrate * 1.25, sent + " bit/s where " + bitrate + " was asked for");
        }
        var constant = OpusSettings.DEFAULT.withBitrate(24_000).towards(OpusFormat.parse("cbr=1"));
        assertEquals(
                1,
                encoded(library, constant, speech(), FRAME).stream()
                        .mapToInt(p -> p.length)
                        .distinct()
                        .count());
    }

    /** RFC 6716 3.1, table 2. */
    private static Bandwidth bandwidthOf(byte[] packet) {
        int config = (packet[0] & 0xff) >> 3;
        if (config < 12) {
            return Bandwidth.values()[config / 4];
        }
        if (config < 16) {
            return config < 14 ? Bandwidth.SUPER_WIDE : Bandwidth.FULL;
        }
        return List.of(Bandwidth.NARROW, Bandwidth.WIDE, Bandwidth.SUPER_WIDE, Bandwidth.FULL)
                .get((config - 16) / 4);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void lostSoundOfAnyLengthIsFilledAndFades(OpusLibrary library) {
        var packets = encoded(library, OpusSettings.DEFAULT, TestSound.sine(Opus.RATE, 300, 8000, Opus.RATE), FRAME);
        var decoder = library.newDecoder();
        decoded(decoder, packets);
        var heard = new short[Opus.RATE];
        int at = 0;
        for (int length : new int[] {7, 960, 1, 113, 480, 961, 2880}) {
            assertEquals(length, decoder.conceal(heard, at, length));
            at += length;
        }
        var early = TestSound.rms(heard, 100, 900);
        assertTrue(early > 1000, "the beginning goes on: " + early);
        while (at + FRAME <= heard.length) {
            at += decoder.conceal(heard, at, FRAME);
        }
        var late = TestSound.rms(heard, at - FRAME, at);
        assertTrue(late < 600, "nearly a second later it has faded by 20 dB: " + late);
        decoder.close();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aStereoPacketComesOutAsOneChannel(OpusLibrary library) throws Exception {
        var encoder = new io.github.jaredmdobson.concentus.OpusEncoder(
                Opus.RATE, 2, io.github.jaredmdobson.concentus.OpusApplication.OPUS_APPLICATION_AUDIO);
        encoder.setBitrate(128_000);
        var left = TestSound.sine(Opus.RATE, 600, 8000, Opus.RATE);
        var right = TestSound.sine(Opus.RATE, 1500, 8000, Opus.RATE);
        var both = new short[2 * FRAME];
        var out = new byte[2 * Opus.MOST_BYTES];
        var decoder = library.newDecoder();
        var heard = new short[Opus.RATE];
        for (int at = 0; at < Opus.RATE; at += FRAME) {
            for (int i = 0; i < FRAME; i++) {
                both[2 * i] = left[at + i];
                both[2 * i + 1] = right[at + i];
            }
            int length = encoder.encode(both, 0, FRAME, out, 0, out.length);
            assertTrue((out[0] & 4) != 0, "the packet is stereo");
            assertEquals(FRAME, decoder.decode(out, 0, length, heard, at));
        }
        assertTrue(share(heard, 24000, 19200, 600) > 0.4);
        assertTrue(share(heard, 24000, 19200, 1500) > 0.4);
        decoder.close();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aPacketThatDoesNotFitIsRefusedAndAnyBytesAreDecodedToSomething(OpusLibrary library) {
        var packet = encoded(library, OpusSettings.DEFAULT, speech(), FRAME).getFirst();
        var decoder = library.newDecoder();
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> decoder.decode(packet, 0, packet.length, new short[FRAME - 1], 0));
        var random = new Random(11);
        var pcm = new short[Opus.MOST_SAMPLES];
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(i % 10 == 0 ? 1_500 : 60)];
            random.nextBytes(bytes);
            int got = decoder.decode(bytes, 0, bytes.length, pcm, 0);
            assertTrue(got >= 0 && got <= pcm.length);
            if (i % 3 == 0 && bytes.length > 0) {
                assertEquals(FRAME, decoder.recover(bytes, 0, bytes.length, pcm, 0, FRAME));
            }
        }
        assertEquals(FRAME, decoder.decode(packet, 0, packet.length, pcm, 0), "and it still decodes");
        decoder.close();
    }

    @Test
    void tenThousandCallsLeaveNoCMemoryBehind() throws Exception {
        assumeTrue(Opus.CODEC.library() instanceof SystemOpus);
        var before = SystemOpus.blocksInUse();
        var packet = encoded(Opus.CODEC.library(), OpusSettings.DEFAULT, speech(), FRAME)
                .get(20);
        var pcm = new short[FRAME];
        var out = new byte[Opus.MOST_BYTES];
        long afterSome = 0;
        for (int call = 0; call < 10_000; call++) {
            var encoder = Opus.CODEC.newEncoder("useinbandfec=1");
            var decoder = Opus.CODEC.newDecoder();
            decoder.decode(packet, 0, packet.length, pcm, 0);
            if (call % 20 == 0) {
                encoder.encode(pcm, 0, FRAME, out, 0);
            }
            encoder.close();
            decoder.close();
            decoder.close();
            afterSome = call == 1_000 ? residentKb() : afterSome;
        }
        assertEquals(before, SystemOpus.blocksInUse());
        assertTrue(residentKb() - afterSome < 64_000, "9,000 calls would be 500 MB"); // the heap moves too
    }

    private static long residentKb() throws Exception {
        var line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(l -> l.startsWith("VmRSS"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    @Test
    void aClosedCodecOfTheSystemIsNotUsed() {
        assumeTrue(Opus.CODEC.library() instanceof SystemOpus);
        var encoder = Opus.CODEC.newEncoder();
        encoder.close();
        assertThrows(
                IllegalStateException.class,
                () -> encoder.encode(new short[FRAME], 0, FRAME, new byte[Opus.MOST_BYTES], 0));
        var decoder = Opus.CODEC.newDecoder();
        decoder.close();
        assertThrows(IllegalStateException.class, () -> decoder.conceal(new short[FRAME], 0, FRAME));
    }

    @Test
    void theSystemsLibraryIsChosenWhereThereIsOne() {
        var system = SystemOpus.find();
        assertEquals(system.isPresent(), Opus.CODEC.library() instanceof SystemOpus);
        system.ifPresent(library -> assertTrue(library.description().startsWith("libopus "), library.description()));
        assertInstanceOf(JavaOpus.class, Opus.inJava().library());
    }

    @Test
    void lengthsThatAreNoFrameAreRefused() {
        for (var library : libraries()) {
            var encoder = library.newEncoder(OpusSettings.DEFAULT);
            for (int samples : new int[] {0, 1, 160, 1440, 2400}) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> encoder.encode(new short[3000], 0, samples, new byte[Opus.MOST_BYTES], 0));
            }
            encoder.close();
        }
    }

    @Test
    void formatParametersAreThoseOfRfc7587() {
        // the examples of RFC 7587 7
        var format = OpusFormat.parse(
                "maxplaybackrate=16000; sprop-maxcapturerate=16000; maxaveragebitrate=20000; stereo=1; useinbandfec=1; usedtx=0");
        assertEquals(new OpusFormat(16000, 16000, 20000, true, false, false, true, false, 0, 0), format);
        assertEquals(
                "maxplaybackrate=16000;sprop-maxcapturerate=16000;maxaveragebitrate=20000;stereo=1;useinbandfec=1",
                format.text());
        assertEquals(OpusFormat.DEFAULT, OpusFormat.parse(""));
        assertEquals(OpusFormat.DEFAULT, OpusFormat.parse("stereo=yes;cbr;=1;maxplaybackrate=-1;x=y;useinbandfec=2"));
        assertEquals("", OpusFormat.DEFAULT.text());
        assertEquals(48000, OpusFormat.parse("maxplaybackrate=96000").maxPlaybackRateHz());
        var browser = OpusFormat.parse("minptime=10;useinbandfec=1");
        assertEquals(10, browser.minPtimeMs());
        assertTrue(browser.fec());
        assertEquals(format, OpusFormat.parse(format.text()));
    }

    @Test
    void thePeersWishesLimitTheSettings() {
        var towards = OpusSettings.DEFAULT.towards(OpusFormat.parse("maxplaybackrate=16000;maxaveragebitrate=20000"));
        assertEquals(Bandwidth.WIDE, towards.maxBandwidth());
        assertEquals(20000, towards.bitrate());
        assertFalse(towards.fec(), "a receiver that does not use FEC is sent none");
        assertFalse(towards.dtx());
        assertTrue(
                OpusSettings.DEFAULT.towards(OpusFormat.parse("useinbandfec=1")).fec());
        assertFalse(OpusSettings.DEFAULT.towards(OpusFormat.parse("usedtx=1")).dtx(), "DTX is off until it is set");
        assertEquals(
                16000,
                OpusSettings.DEFAULT
                        .withBitrate(16000)
                        .towards(OpusFormat.parse("maxaveragebitrate=40000"))
                        .bitrate());
        assertEquals("useinbandfec=1", OpusSettings.DEFAULT.format().text());
        var narrow =
                new OpusSettings(5, 3, Signal.VOICE, Application.VOIP, 8000, Bandwidth.FULL, 16000, true, false, true);
        assertEquals(
                "maxplaybackrate=8000;sprop-maxcapturerate=8000;maxaveragebitrate=16000;cbr=1;usedtx=1",
                narrow.format().text());
        assertEquals(
                "maxaveragebitrate=16000", Opus.CODEC.sharedFormat("maxaveragebitrate=20000;useinbandfec=1;usedtx=1"));
    }

    /** What Concentus costs the collector: said in docs/parts/opus.md. */
    @Test
    void theJavaLibraryAllocatesAndTheSystemsDoesNot() {
        for (var library : libraries()) {
            var pcm = speech();
            var encoder = library.newEncoder(OpusSettings.DEFAULT);
            var decoder = library.newDecoder();
            var out = new byte[Opus.MOST_BYTES];
            var heard = new short[FRAME];
            int[] at = {0};
            long bytes = TestSound.allocatedBytes(() -> {
                int length = encoder.encode(pcm, at[0], FRAME, out, 0);
                decoder.decode(out, 0, length, heard, 0);
                at[0] = (at[0] + FRAME) % (pcm.length - FRAME);
            });
            System.out.println(library.description() + ": " + bytes / 1000 + " bytes a packet");
            assertEquals(library instanceof JavaOpus, bytes > 0);
            encoder.close();
            decoder.close();
        }
    }
}
