package io.allo.media.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.media.codec.Codec;
import io.allo.media.codec.G711;
import io.allo.media.codec.Gsm;
import io.allo.media.codec.Resampler;
import io.allo.media.codec.TestSound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After ITU-T Q.24 table A-1; tones are made here with Math.sin, not by our own generator. */
class DtmfDetectorTest {
    private static final String ALL = "0123456789*#ABCD";
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1209, 1336, 1477, 1633};
    private static final String KEYS = "123A456B789C*0#D";

    private static final class Heard implements DtmfDetector.Listener {
        final StringBuilder digits = new StringBuilder();
        final List<Integer> durations = new ArrayList<>();
        int ended;

        @Override
        public void digitBegan(char digit) {
            digits.append(digit);
        }

        @Override
        public void digitEnded(char digit, int durationMs) {
            durations.add(durationMs);
            ended++;
        }
    }

    /** Builds sound piece by piece. */
    private static final class Sound {
        final int rate;
        final Random random = new Random(11);
        double[] samples = new double[0];

        Sound(int rate) {
            this.rate = rate;
        }

        Sound silence(double ms) {
            return add(new double[(int) (ms * rate / 1000)]);
        }

        Sound digit(char digit, double ms) {
            return tone(digit, ms, -10, -8, 1, 1);
        }

        Sound tone(char digit, double ms, double lowDbm0, double highDbm0, double lowFactor, double highFactor) {
            int place = KEYS.indexOf(digit);
            var out = new double[(int) Math.round(ms * rate / 1000)];
            double phase1 = random.nextDouble() * 2 * Math.PI;
            double phase2 = random.nextDouble() * 2 * Math.PI;
            for (int i = 0; i < out.length; i++) {
                double t = 2 * Math.PI * i / rate;
                out[i] = peak(lowDbm0) * Math.sin(ROWS[place / 4] * lowFactor * t + phase1)
                        + peak(highDbm0) * Math.sin(COLUMNS[place % 4] * highFactor * t + phase2);
            }
            return add(out);
        }

        Sound noise(double dbm0) {
            double sigma = peak(dbm0) / Math.sqrt(2);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += random.nextGaussian() * sigma;
            }
            return this;
        }

        short[] pcm() {
            var out = new short[samples.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (short) Math.clamp(Math.round(samples[i]), -32768, 32767);
            }
            return out;
        }

        private Sound add(double[] more) {
            int length = samples.length;
            samples = Arrays.copyOf(samples, length + more.length);
            System.arraycopy(more, 0, samples, length, more.length);
            return this;
        }

        static double peak(double dbm0) {
            return 32768 * Math.pow(10, (dbm0 - 3.14) / 20);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 32000, 48000})
    void everyDigitOfFortyMillisecondsIsHeardOnce(int rate) {
        var sound = new Sound(rate).silence(40);
        var expected = new StringBuilder();
        for (int round = 0; round < 20; round++) {
            for (char digit : ALL.toCharArray()) {
                sound.digit(digit, 40).silence(40 + sound.random.nextInt(7));
                expected.append(digit);
            }
        }
        var heard = hear(rate, sound.pcm());
        assertEquals(expected.toString(), heard.digits.toString());
        assertEquals(expected.length(), heard.ended);
    }

    @Test
    void theSameDigitAgainAfterFortyMillisecondsIsAnotherDigit() {
        var sound = new Sound(8000).silence(33);
        for (int i = 0; i < 200; i++) {
            sound.digit('5', 40 + sound.random.nextInt(60)).silence(40 + sound.random.nextInt(10));
        }
        assertEquals("5".repeat(200), hear(8000, sound.pcm()).digits.toString());
    }

    @Test
    void tonesShorterThanTwentyThreeMillisecondsAreNotHeard() {
        var sound = new Sound(8000).silence(33);
        for (int i = 0; i < 500; i++) {
            sound.digit(ALL.charAt(i % 16), 23).silence(50 + sound.random.nextInt(10));
        }
        assertEquals("", hear(8000, sound.pcm()).digits.toString());
    }

    @Test
    void interruptionsOfTenMillisecondsDoNotDoubleADigit() {
        var sound = new Sound(8000).silence(33);
        for (int i = 0; i < 300; i++) {
            sound.digit('7', 60 + sound.random.nextInt(20))
                    .silence(1 + sound.random.nextInt(10))
                    .digit('7', 60)
                    .silence(60);
        }
        assertEquals("7".repeat(300), hear(8000, sound.pcm()).digits.toString());
    }

    @Test
    void aLongDigitIsOneDigitWithItsDuration() {
        var heard = hear(
                8000, new Sound(8000).silence(50).digit('1', 5000).silence(100).pcm());
        assertEquals("1", heard.digits.toString());
        assertEquals(5000, heard.durations.get(0), 15);
    }

    @Test
    void levelsFromZeroToMinusTwentyFiveAreHeardAndMinusFiftyFiveIsNot() {
        for (int level = -1; level >= -26; level--) { // -1: two tones at 0 dBm0 each would be beyond the range
            assertHearsAll(level - 3, level - 3, 1, 1, -99, "level " + level);
        }
        var sound = new Sound(8000).silence(40);
        for (char digit : ALL.toCharArray()) {
            sound.tone(digit, 100, -55, -55, 1, 1).silence(50);
        }
        assertEquals("", hear(8000, sound.pcm()).digits.toString());
    }

    @Test
    void theHighGroupMayBeEightDbWeakerOrSixDbStronger() {
        for (int twist = 0; twist <= 8; twist++) {
            assertHearsAll(-10, -10 - twist, 1, 1, -99, "normal twist " + twist);
        }
        for (int twist = 0; twist <= 6; twist++) {
            assertHearsAll(-10 - twist, -10, 1, 1, -99, "reverse twist " + twist);
        }
    }

    @Test
    void frequenciesWithinOneAndAHalfPercentAndTwoHertzAreHeard() {
        for (int low = -1; low <= 1; low++) {
            for (int high = -1; high <= 1; high++) {
                for (int i = 0; i < 16; i++) {
                    double lowHz = ROWS[i / 4];
                    double highHz = COLUMNS[i % 4];
                    var sound = new Sound(8000).silence(33);
                    for (int n = 0; n < 5; n++) {
                        sound.tone(
                                        KEYS.charAt(i),
                                        45,
                                        -10,
                                        -10,
                                        1 + low * (0.015 + 2 / lowHz),
                                        1 + high * (0.015 + 2 / highHz))
                                .silence(45);
                    }
                    assertEquals(
                            ("" + KEYS.charAt(i)).repeat(5),
                            hear(8000, sound.pcm()).digits.toString());
                }
            }
        }
    }

    @Test
    void frequenciesThreeAndAHalfPercentAwayAreNotHeard() {
        var sound = new Sound(8000).silence(33);
        for (char digit : ALL.toCharArray()) {
            for (double off : new double[] {-0.055, -0.045, -0.035, 0.035, 0.045, 0.055}) {
                sound.tone(digit, 100, -10, -10, 1 + off, 1).silence(50);
                sound.tone(digit, 100, -10, -10, 1, 1 + off).silence(50);
            }
        }
        assertEquals("", hear(8000, sound.pcm()).digits.toString());
    }

    @Test
    void noiseFifteenDecibelsBelowHidesNothing() {
        for (int i = 0; i < 10; i++) {
            assertHearsAll(-13, -13, 1, 1, -25, "noise, round " + i);
        }
    }

    @Test
    void oneFrequencyAloneIsNoDigit() {
        var sound = new Sound(8000);
        for (char digit : ALL.toCharArray()) {
            sound.tone(digit, 200, -10, -99, 1, 1).tone(digit, 200, -99, -10, 1, 1);
        }
        assertEquals("", hear(8000, sound.pcm()).digits.toString());
    }

    @Test
    void digitsAreHeardThroughG711() {
        for (var codec : new Codec[] {G711.ULAW, G711.ALAW}) {
            assertEquals(ALL, through(codec, 40), codec.name());
        }
    }

    /** GSM models a voice and bends tones: a digit needs twice the time there. */
    @Test
    void digitsOfEightyMillisecondsAreHeardThroughGsm() {
        assertEquals(ALL, through(Gsm.CODEC, 80));
    }

    private static String through(Codec codec, int digitMs) {
        var sound = new Sound(8000).silence(40);
        for (char digit : ALL.toCharArray()) {
            sound.digit(digit, digitMs).silence(60);
        }
        sound.silence(100);
        return hear(8000, TestSound.decode(codec, TestSound.encode(codec, sound.pcm())))
                .digits
                .toString();
    }

    @Test
    void twoMinutesOfSpeechHaveNoDigitAtAnyRateOrLevel() throws Exception {
        var talk = TestSound.decode(Gsm.CODEC, TestSound.bytes("audio/talk.gsm"));
        assertEquals("", hear(8000, talk).digits.toString());
        var wide = new short[2 * talk.length];
        new Resampler(8000, 16000).resample(talk, 0, talk.length, wide, 0);
        assertEquals("", hear(16000, wide).digits.toString());
        for (int i = 0; i < talk.length; i++) {
            talk[i] = (short) Math.clamp(talk[i] * 4, -32768, 32767); // clipped
        }
        assertEquals("", hear(8000, talk).digits.toString());
    }

    @Test
    void noiseHasNoDigit() {
        for (int level : new int[] {-40, -20, -5}) {
            assertEquals(
                    "",
                    hear(8000, new Sound(8000).silence(60_000).noise(level).pcm())
                            .digits
                            .toString());
        }
    }

    @Test
    void digitsAreHeardInSpeechPauses() {
        var talk = TestSound.decode(Gsm.CODEC, TestSound.bytes("audio/talk.gsm"));
        var sound = new Sound(8000).silence(20).digit('9', 80).silence(20).pcm();
        System.arraycopy(sound, 0, talk, 40_000, sound.length);
        assertEquals("9", hear(8000, talk).digits.toString());
    }

    @Test
    void resetEndsADigit() {
        var heard = new Heard();
        var detector = new DtmfDetector(8000, heard);
        var pcm = new Sound(8000).digit('3', 100).pcm();
        detector.accept(pcm, 0, pcm.length);
        assertEquals('3', detector.digit());
        detector.reset();
        assertEquals(0, detector.digit());
        assertEquals(1, heard.ended);
        assertThrows(IllegalArgumentException.class, () -> new DtmfDetector(4000, heard));
    }

    @Test
    void listeningAllocatesNothing() {
        var detector = new DtmfDetector(8000, new DtmfDetector.Listener() {
            @Override
            public void digitBegan(char digit) {}

            @Override
            public void digitEnded(char digit, int durationMs) {}
        });
        var tone = new Sound(8000).digit('3', 60).silence(60).pcm();
        assertEquals(0, TestSound.allocatedBytes(() -> detector.accept(tone, 0, tone.length)));
    }

    private static void assertHearsAll(
            double low, double high, double lowFactor, double highFactor, double noise, String what) {
        var sound = new Sound(8000).silence(37);
        sound.random.setSeed(what.hashCode());
        for (char digit : ALL.toCharArray()) {
            sound.tone(digit, 50, low, high, lowFactor, highFactor).silence(50);
        }
        assertEquals(ALL, hear(8000, sound.noise(noise).pcm()).digits.toString(), what);
    }

    private static Heard hear(int rate, short[] pcm) {
        var heard = new Heard();
        var detector = new DtmfDetector(rate, heard);
        int frame = rate / 50;
        for (int at = 0; at < pcm.length; at += frame) {
            detector.accept(pcm, at, Math.min(frame, pcm.length - at));
        }
        var after = new short[rate / 5];
        detector.accept(after, 0, after.length);
        assertTrue(heard.ended == heard.digits.length(), "each digit that began has ended");
        return heard;
    }
}
