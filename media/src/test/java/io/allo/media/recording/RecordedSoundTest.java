package io.allo.media.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.codec.Codec;
import io.allo.media.codec.Encoder;
import io.allo.media.codec.G711;
import io.allo.media.codec.G722;
import io.allo.media.sdp.CodecName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedSoundTest {

    private static final long MS = 1_000_000L;
    private static final long START = 5_000 * MS;
    private static final double MARKER_HZ = 1_500;
    private long now = START;
    private final SoundTap tap = new SoundTap();
    private short[] file = new short[0];

    /** A side that sends a tone, 20 ms a packet. */
    private final class Side {
        private final boolean spoken;
        private final CodecName name;
        private final Codec codec;
        private final Encoder encoder;
        private final double hertz;
        private int sequence = 65_530;
        private int timestamp = 0xFFFFFF00;
        private int at;
        private int ssrc = 1;
        private boolean marked;

        Side(boolean spoken, CodecName name, Codec codec, double hertz) {
            this.spoken = spoken;
            this.name = name;
            this.codec = codec;
            this.hertz = hertz;
            encoder = codec.newEncoder();
        }

        byte[] next() {
            var marker = marked && at % codec.sampleRate() < codec.sampleRate() / 10;
            var pcm = Ear.tone(marker ? MARKER_HZ : hertz, codec.sampleRate(), at, codec.frameSamples());
            at += codec.frameSamples();
            var bytes = new byte[codec.maxBytes(pcm.length)];
            return Arrays.copyOf(bytes, encoder.encode(pcm, 0, pcm.length, bytes, 0));
        }

        void skip() {
            next();
            sequence++;
            timestamp += codec.frameTimestampUnits();
        }

        void send() {
            sendAt(now);
        }

        /** Sends packets of silence, one every 20 ms from 80 ms after now. */
        void pause(int packets) {
            for (var i = 0; i < packets; i++) {
                var b = new byte[codec.frameSamples()];
                Arrays.fill(b, (byte) 0xFF); // u-law's zero
                tap.heard(name, ssrc, sequence & 0xFFFF, timestamp, b, 0, b.length, now + (80 + 20L * i) * MS);
                sequence++;
                timestamp += codec.frameTimestampUnits();
                at += codec.frameSamples();
            }
        }

        void sendAt(long nanos) {
            var b = next();
            if (spoken) {
                tap.spoken(name, ssrc, sequence & 0xFFFF, timestamp, b, 0, b.length, nanos);
            } else {
                tap.heard(name, ssrc, sequence & 0xFFFF, timestamp, b, 0, b.length, nanos);
            }
            sequence++;
            timestamp += codec.frameTimestampUnits();
        }
    }

    private RecordedSound sound(RecordedSides sides, int rate) {
        return new RecordedSound(tap, sides, rate, 0, START);
    }

    private void write(short[] pcm, int count) {
        var at = file.length;
        file = Arrays.copyOf(file, at + count);
        System.arraycopy(pcm, 0, file, at, count);
    }

    private double loud(double hertz, int fromMs, int toMs) {
        return Ear.amplitude(file, fromMs * 8, toMs * 8, 8_000, hertz);
    }

    @Test
    void bothSidesAreMixedAndEachIsHeardAtItsFrequency() throws IOException {
        var sound = sound(RecordedSides.MIX, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        var spoken = new Side(true, CodecName.ALAW, G711.ALAW, 1_000);
        for (var i = 0; i < 100; i++) {
            heard.send();
            spoken.send();
            now += 20 * MS;
            if (i % 5 == 0) {
                sound.advance(now, this::write);
            }
        }
        sound.finish(now, this::write);
        assertEquals(2_000, file.length / 8);
        assertEquals(8_000, loud(440, 100, 1_900), 400);
        assertEquals(8_000, loud(1_000, 100, 1_900), 400);
        assertEquals(0, loud(700, 100, 1_900), 200);
    }

    @Test
    void aSideThatBeginsLaterStandsLater() throws IOException {
        var sound = sound(RecordedSides.STEREO, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        var spoken = new Side(true, CodecName.ULAW, G711.ULAW, 1_000);
        for (var i = 0; i < 100; i++) {
            heard.send();
            if (i >= 50) {
                spoken.send();
            }
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now, this::write);
        var left = new short[file.length / 2];
        var right = new short[file.length / 2];
        for (var i = 0; i < left.length; i++) {
            left[i] = file[2 * i];
            right[i] = file[2 * i + 1];
        }
        assertEquals(8_000, Ear.amplitude(left, 800, 15_200, 8_000, 440), 400);
        assertEquals(0, Ear.amplitude(right, 0, 7_900, 8_000, 1_000), 10);
        assertEquals(8_000, Ear.amplitude(right, 8_000, 15_800, 8_000, 1_000), 400);
    }

    /** A phone's first packet leaves early, all others 80 ms later than its timestamp says. */
    @Test
    void aFirstPacketThatWasEarlyTearsNoHoleIntoTheToneAfterASecond() throws IOException {
        var sound = sound(RecordedSides.HEARD, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        for (var i = 0; i < 150; i++) {
            heard.sendAt(now + (i == 0 ? 0 : 80 * MS));
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now, this::write);
        assertEquals(8_000, loud(440, 20, 2_900), 400);
    }

    /** Where the marker of 100 ms begins that a marked side speaks at each full second, to 10 ms. */
    private List<Integer> markersAtMs() {
        var found = new ArrayList<Integer>();
        var before = false;
        for (var ms = 0; ms + 10 <= file.length / 8; ms += 10) {
            var marker = loud(MARKER_HZ, ms, ms + 10) > 4_000;
            if (marker && !before) {
                found.add(ms);
            }
            before = marker;
        }
        return found;
    }

    /**
     * The media loop stood still when the call began: the first packets come all at once, so many ms after the first one was sent, the others in
     * time but for one a second, which is 60 ms late.
     */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 100, 160, 200})
    void firstPacketsThatCameLateAreWhereTheyBelong(int lateMs) throws IOException {
        var sound = sound(RecordedSides.HEARD, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        heard.marked = true;
        for (var i = 0; i < 300; i++) {
            var sent = START + i * 20 * MS;
            var read = Math.max(START + lateMs * MS, sent + (i % 50 == 25 ? 60 * MS : 0));
            heard.sendAt(read);
            now = read;
            if (i % 5 == 4) {
                sound.advance(now, this::write);
            }
        }
        sound.finish(now, this::write);
        assertEquals(List.of(0, 1_000, 2_000, 3_000, 4_000, 5_000), markersAtMs());
        assertEquals(8_000, loud(440, 110, 990), 400);
        assertEquals(8_000, loud(440, 1_110, 1_990), 400);
    }

    /** Off by more than is put up with: it is put right in the middle of the sound. */
    @Test
    void aClockThatRunsWrongIsFollowed() throws IOException {
        var sound = sound(RecordedSides.HEARD, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        for (var i = 0; i < 1_000; i++) {
            heard.send();
            now += 21 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now, this::write);
        var last = file.length - 1;
        while (last >= 0 && Math.abs(file[last]) < 1_000) {
            last--;
        }
        var missing = (file.length - last) / 8;
        assertTrue(missing < 260, missing + " ms are missing at the end of 21 s");
    }

    /** The same while the phone is silent: put right after a second. */
    @Test
    void aSmallDriftIsPutRightInAPause() throws IOException {
        var sound = sound(RecordedSides.HEARD, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        for (var i = 0; i < 150; i++) {
            if (i == 80) {
                heard.pause(10);
                i += 10;
                now += 200 * MS;
            }
            heard.sendAt(now + (i == 0 ? 0 : 80 * MS));
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now + 80 * MS, this::write);
        assertEquals(8_000, loud(440, 20, 1_550), 400);
        assertEquals(8_000, loud(440, 1_950, 3_050), 400);
    }

    @Test
    void lostPacketsAndJitterMoveNothing() throws IOException {
        var sound = sound(RecordedSides.HEARD, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        for (var i = 0; i < 100; i++) {
            if (i % 10 == 7) {
                heard.skip();
            } else {
                heard.sendAt(now + (i % 3) * 11 * MS);
            }
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now, this::write);
        assertEquals(2_000, file.length / 8);
        // the phase of the tone at the end is that of a stream that lost nothing
        assertTrue(loud(440, 1_840, 1_960) > 6_000, "still a tone at the end");
        var all = Ear.amplitude(file, 0, file.length, 8_000, 440);
        assertTrue(all > 6_500, "one tone in phase from begin to end: " + all);
    }

    @Test
    void packetsOutOfOrderArePutInOrder() throws IOException {
        var sound = sound(RecordedSides.HEARD, 16_000);
        var ordered = new Side(false, CodecName.G722, G722.CODEC, 3_000);
        var bytes = new byte[50][];
        for (var i = 0; i < 50; i++) {
            bytes[i] = ordered.next();
        }
        for (var i = 0; i < 50; i++) {
            var n = i % 2 == 0 ? Math.min(i + 1, 49) : i - 1;
            var twisted = i == 0 ? 0 : i == 1 ? 1 : n;
            tap.heard(CodecName.G722, 9, twisted, twisted * 160, bytes[twisted], 0, bytes[twisted].length, now);
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now, this::write);
        assertEquals(8_000, Ear.amplitude(file, 1_600, 14_000, 16_000, 3_000), 800);
    }

    @Test
    void anotherCodecInTheMiddleGoesOnInTime() throws IOException {
        var sound = sound(RecordedSides.HEARD, 8_000);
        var narrow = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        var wide = new Side(false, CodecName.G722, G722.CODEC, 1_200);
        wide.ssrc = 2;
        for (var i = 0; i < 100; i++) {
            (i < 50 ? narrow : wide).send();
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now, this::write);
        assertEquals(2_000, file.length / 8);
        assertEquals(8_000, loud(440, 50, 980), 400);
        assertEquals(8_000, loud(1_200, 1_050, 1_950), 800);
        assertEquals(0, loud(440, 1_050, 1_950), 200);
    }

    @Test
    void aHoldIsSilenceOfItsLength() throws IOException {
        var sound = sound(RecordedSides.HEARD, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        for (var i = 0; i < 400; i++) {
            if (i < 50 || i >= 350) {
                heard.send(); // its timestamps stand still meanwhile, as some phones' do
            }
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now, this::write);
        assertEquals(8_000, file.length / 8);
        assertEquals(8_000, loud(440, 100, 900), 400);
        assertEquals(0, loud(440, 1_100, 6_900), 20);
        assertEquals(8_000, loud(440, 7_100, 7_900), 400);
    }

    @Test
    void aPauseIsLeftOutAndMutingIsSilence() throws IOException {
        var sound = sound(RecordedSides.HEARD, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        for (var i = 0; i < 200; i++) {
            if (i == 50 || i == 100) {
                sound.pause(i == 50, now);
            }
            if (i == 130 || i == 160) {
                sound.mute(true, true, i == 130, now);
            }
            heard.send();
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now, this::write);
        assertEquals(3_000, file.length / 8); // 4 s less the second that was paused
        assertEquals(8_000, loud(440, 100, 900), 400);
        assertEquals(8_000, loud(440, 1_050, 1_550), 400);
        assertEquals(0, loud(440, 1_620, 2_180), 20);
        assertEquals(8_000, loud(440, 2_250, 2_950), 400);
    }

    @Test
    void silenceIsCountedAndTalkIsNoticed() throws IOException {
        var sound = sound(RecordedSides.HEARD, 8_000);
        var heard = new Side(false, CodecName.ULAW, G711.ULAW, 440);
        for (var i = 0; i < 50; i++) {
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        assertFalse(sound.isAnythingSaid());
        for (var i = 0; i < 200; i++) {
            if (i < 100) {
                heard.send();
            }
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        assertTrue(sound.isAnythingSaid());
        assertEquals(2_000 - 300, sound.silenceMs(), 60);
    }

    @Test
    void aFullRingLosesTheNewestAndCounts() {
        var small = new SoundTap(1 << 10);
        var payload = new byte[160];
        for (var i = 0; i < 10; i++) {
            small.heard(CodecName.ULAW, 1, i, i * 160, payload, 0, 160, now);
        }
        assertEquals(5, small.lostPackets());
        for (var i = 0; i < 5; i++) {
            assertEquals(i, small.take().sequence());
        }
        for (var round = 0; round < 1_000; round++) {
            small.heard(CodecName.ULAW, 1, round, 0, new byte[round % 300 + 1], 0, round % 300 + 1, now);
            var taken = small.take();
            assertEquals(round, taken.sequence());
            assertEquals(round % 300 + 1, taken.payload().length);
        }
    }

    @Test
    void samplesOfAMixAreRecordedToo() throws IOException {
        var sound = sound(RecordedSides.MIX, 8_000);
        for (var i = 0; i < 100; i++) {
            tap.samples(Ear.tone(440, 16_000, i * 320, 320), 0, 320, 16_000, now);
            now += 20 * MS;
            sound.advance(now, this::write);
        }
        sound.finish(now, this::write);
        assertEquals(8_000, loud(440, 100, 1_900), 400);
    }
}
