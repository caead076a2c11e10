package io.allo.media.mix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixerTest {

    private static final int RATE = 8_000;
    private static final int FRAME = 160;

    private final Mixer mixer = new Mixer(RATE);

    private static short[] sine(double hertz, double amplitude, int tick, int rate) {
        var frame = rate / 50;
        var pcm = new short[frame];
        for (var i = 0; i < frame; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * (tick * frame + i) / rate));
        }
        return pcm;
    }

    private static Voice voice() {
        return new Voice(MixLeg.USUAL);
    }

    private static MixLeg leg(boolean muted, boolean deaf, double talk, double listen, boolean dropSilence) {
        return new MixLeg(muted, deaf, talk, listen, dropSilence, MixLeg.TALK_THRESHOLD, 200, true, false);
    }

    @Test
    void eachHearsTheExactSumOfTheOthers() {
        var random = new Random(1);
        var voices = List.of(voice(), voice(), voice());
        var said = new ArrayList<short[]>();
        mixer.begin();
        for (var voice : voices) {
            var pcm = new short[FRAME];
            for (var i = 0; i < FRAME; i++) {
                pcm[i] = (short) (random.nextInt(8_001) - 4_000);
            }
            said.add(pcm);
            mixer.says(voice, pcm);
        }
        for (var i = 0; i < 3; i++) {
            var expected = new short[FRAME];
            for (var k = 0; k < FRAME; k++) {
                expected[k] = (short) (said.get((i + 1) % 3)[k] + said.get((i + 2) % 3)[k]);
            }
            assertArrayEquals(expected, mixer.without(voices.get(i)));
        }
    }

    @Test
    void whoSaysNothingHearsWhatAllHear() {
        var talker = voice();
        var listener = voice();
        mixer.begin();
        mixer.says(talker, sine(400, 10_000, 0, RATE));
        mixer.nothing(listener);
        assertTrue(mixer.hearsAll(listener));
        assertFalse(mixer.hearsAll(talker));
        assertArrayEquals(sine(400, 10_000, 0, RATE), mixer.all());
        assertArrayEquals(new short[FRAME], mixer.without(talker));
    }

    @Test
    void whoIsLeftOutOfTheRecordingIsHeardByAllTheSame() {
        var talker = voice();
        var declines = new Voice(new MixLeg(false, false, 1, 1, false, MixLeg.TALK_THRESHOLD, 200, true, true));
        mixer.begin();
        mixer.says(declines, sine(700, 8_000, 0, RATE));
        mixer.says(talker, sine(400, 10_000, 0, RATE));
        assertArrayEquals(sine(400, 10_000, 0, RATE), mixer.recorded());
        assertArrayEquals(sine(700, 8_000, 0, RATE), mixer.without(talker));
        mixer.begin();
        mixer.nothing(declines);
        mixer.says(talker, sine(400, 10_000, 1, RATE));
        assertArrayEquals(sine(400, 10_000, 1, RATE), mixer.recorded(), "nothing of the tick before");
    }

    @Test
    void theOrderOfTheMembersIsNobodysConcern() {
        var said = new ArrayList<short[]>();
        var random = new Random(2);
        for (var m = 0; m < 12; m++) {
            var pcm = new short[FRAME];
            for (var i = 0; i < FRAME; i++) {
                pcm[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
            }
            said.add(pcm);
        }
        short[] first = null;
        for (var turn = 0; turn < 20; turn++) {
            Collections.shuffle(said, random);
            var fresh = new Mixer(RATE);
            fresh.begin();
            said.forEach(pcm -> fresh.says(voice(), pcm));
            if (first == null) {
                first = fresh.all().clone();
            }
            assertArrayEquals(first, fresh.all());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void tenTalkersAtFullScaleDoNotClip(int rate) {
        var loud = new Mixer(rate);
        var voices = new ArrayList<Voice>();
        for (var m = 0; m < 10; m++) {
            voices.add(voice());
        }
        var listener = voice();
        var output = new ArrayList<short[]>();
        for (var tick = 0; tick < 50; tick++) {
            loud.begin();
            for (var m = 0; m < 10; m++) {
                loud.says(voices.get(m), sine(300 + 37 * m, 32_767, tick, rate));
            }
            loud.nothing(listener);
            output.add(loud.all().clone());
        }
        for (var frame : output) {
            for (var sample : frame) {
                assertTrue(Math.abs(sample) <= 30_000, "clipped: " + sample);
            }
        }
        // settled: what is heard is the sum, smaller, and not bent: each tone as strong as the others, nothing between
        var settled = join(output.subList(25, 50));
        var level = amplitude(settled, 300, rate);
        for (var m = 0; m < 10; m++) {
            assertEquals(level, amplitude(settled, 300 + 37 * m, rate), level * 0.35, "tone " + m);
        }
        assertTrue(amplitude(settled, 1_900, rate) < level / 30, "a tone that nobody makes");
    }

    @Test
    void oneAtFullScaleIsNotTouched() {
        var talker = voice();
        for (var tick = 0; tick < 10; tick++) {
            mixer.begin();
            mixer.says(talker, sine(440, 32_767, tick, RATE));
            assertArrayEquals(sine(440, 32_767, tick, RATE), mixer.all());
        }
    }

    @Test
    void theLevelComesBackSlowlyAfterALoudMoment() {
        var one = voice();
        var other = voice();
        var levels = new ArrayList<Double>();
        for (var tick = 0; tick < 250; tick++) {
            mixer.begin();
            mixer.says(one, sine(500, 20_000, tick, RATE));
            if (tick >= 50 && tick < 60) {
                mixer.says(other, sine(500, 30_000, tick, RATE));
            } else {
                mixer.nothing(other);
            }
            levels.add(amplitude(mixer.all(), 500, RATE));
        }
        assertEquals(20_000, levels.get(49), 100);
        for (var tick = 61; tick < 249; tick++) { // never up by more than 0.2 dB from frame to frame
            assertTrue(levels.get(tick + 1) < levels.get(tick) * 1.024, "tick " + tick + " pumps");
        }
        assertEquals(20_000, levels.getLast(), 200);
    }

    @Test
    void gainsChangeWhatOthersHearAndWhatHeHears() {
        var loud = new Voice(leg(false, false, 2, 1, false));
        var softly = new Voice(leg(false, false, 1, 0.5, false));
        for (var tick = 0; tick < 3; tick++) {
            mixer.begin();
            mixer.says(loud, sine(400, 5_000, tick, RATE));
            mixer.nothing(softly);
        }
        assertEquals(10_000, amplitude(mixer.all(), 400, RATE), 50);
        assertEquals(5_000, amplitude(mixer.without(softly), 400, RATE), 50);
        assertFalse(mixer.hearsAll(softly));
    }

    @Test
    void aMutedOneIsFadedOutInOneFrameAndTheDeafHearsSilence() {
        var talker = voice();
        var deaf = new Voice(leg(false, true, 1, 1, false));
        mixer.begin();
        mixer.says(talker, sine(400, 10_000, 0, RATE));
        assertArrayEquals(new short[FRAME], mixer.without(deaf));
        talker.leg(leg(true, false, 1, 1, false));
        assertFalse(talker.isSilenced());
        mixer.begin();
        mixer.says(talker, sine(400, 10_000, 1, RATE));
        var fading = mixer.all().clone();
        assertTrue(peak(Arrays.copyOfRange(fading, 0, 40)) > 5_000);
        assertTrue(peak(Arrays.copyOfRange(fading, 150, 160)) < 1_000);
        assertTrue(talker.isSilenced());
        mixer.begin();
        mixer.says(talker, sine(400, 10_000, 2, RATE));
        assertArrayEquals(new short[FRAME], mixer.all());
    }

    @Test
    void talkBeginsAfterThreeLoudFramesAndEndsAfterSilence() {
        var talker = new Voice(leg(false, false, 1, 1, false));
        var changes = new ArrayList<String>();
        for (var tick = 0; tick < 40; tick++) {
            mixer.begin();
            var loud = tick >= 5 && tick < 15 && tick != 9; // one frame's pause is no pause
            if (mixer.says(talker, sine(300, loud ? 4_000 : 60, tick, RATE))) {
                changes.add(tick + " " + talker.isTalking());
            }
        }
        assertEquals(List.of("7 true", "24 false"), changes);
        assertFalse(mixer.nothing(talker));
    }

    @Test
    void whoCeasesToSendCeasesToTalk() {
        var talker = new Voice(leg(false, false, 1, 1, false));
        for (var tick = 0; tick < 5; tick++) {
            mixer.begin();
            mixer.says(talker, sine(300, 4_000, tick, RATE));
        }
        assertTrue(talker.isTalking());
        var changed = 0;
        for (var tick = 0; tick < 20; tick++) {
            mixer.begin();
            changed += mixer.nothing(talker) ? 1 : 0;
        }
        assertEquals(1, changed);
        assertFalse(talker.isTalking());
    }

    @Test
    void withDropSilenceNoiseIsNotMixedAndTheFirstLoudFrameIs() {
        var noisy = new Voice(leg(false, false, 1, 1, true));
        for (var tick = 0; tick < 5; tick++) {
            mixer.begin();
            mixer.says(noisy, sine(300, 100, tick, RATE));
            assertTrue(mixer.hearsAll(noisy));
            assertArrayEquals(new short[FRAME], mixer.all());
        }
        mixer.begin();
        mixer.says(noisy, sine(300, 4_000, 5, RATE));
        assertTrue(peak(mixer.all()) > 3_000);
        for (var tick = 6; tick < 30; tick++) {
            mixer.begin();
            mixer.says(noisy, sine(300, 100, tick, RATE));
        }
        assertArrayEquals(new short[FRAME], mixer.all());
    }

    @Test
    void anAnnouncementIsHeardByAllBesideWhoTalks() {
        var talker = voice();
        mixer.begin();
        mixer.says(talker, sine(400, 10_000, 0, RATE));
        mixer.announce(sine(900, 6_000, 0, RATE), FRAME);
        assertArrayEquals(sine(900, 6_000, 0, RATE), mixer.without(talker));
        assertEquals(10_000, amplitude(mixer.all(), 400, RATE), 150);
    }

    @Test
    void theRateIsWhatTheCodecsNeedWithinTheRoomsLimits() {
        assertEquals(8_000, MixSettings.AUTO.rate(8_000));
        assertEquals(16_000, MixSettings.AUTO.rate(12_000));
        assertEquals(16_000, MixSettings.AUTO.rate(16_000));
        assertEquals(48_000, MixSettings.AUTO.rate(24_000));
        assertEquals(48_000, MixSettings.AUTO.rate(48_000));
        assertEquals(16_000, new MixSettings(0, 32_000).rate(48_000));
        assertEquals(8_000, new MixSettings(0, 8_000).rate(48_000));
        assertEquals(16_000, new MixSettings(16_000, 0).rate(8_000));
    }

    private static int peak(short[] pcm) {
        var peak = 0;
        for (var sample : pcm) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private static short[] join(List<short[]> frames) {
        var all = new short[frames.size() * frames.getFirst().length];
        for (var i = 0; i < frames.size(); i++) {
            System.arraycopy(frames.get(i), 0, all, i * frames.get(i).length, frames.get(i).length);
        }
        return all;
    }

    /** The amplitude of one frequency, by the definition of the Fourier transform with a Hann window where there is room. */
    private static double amplitude(short[] pcm, double hertz, int rate) {
        double re = 0;
        double im = 0;
        double weight = 0;
        var window = pcm.length > rate / 10;
        for (var i = 0; i < pcm.length; i++) {
            var w = window ? 0.5 - 0.5 * Math.cos(2 * Math.PI * i / pcm.length) : 1;
            re += w * pcm[i] * Math.cos(2 * Math.PI * hertz * i / rate);
            im += w * pcm[i] * Math.sin(2 * Math.PI * hertz * i / rate);
            weight += w;
        }
        return 2 * Math.hypot(re, im) / weight;
    }
}
