package io.allo.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    @ParameterizedTest
    @CsvSource({
        "8000,16000",
        "16000,8000",
        "8000,48000",
        "48000,8000",
        "16000,48000",
        "48000,16000",
        "16000,32000",
        "32000,16000",
        "8000,32000",
        "32000,8000",
        "32000,48000",
        "48000,32000",
        "44100,8000",
        "8000,44100"
    })
    void thePassBandIsFlatAndTheStopBandIsQuiet(int from, int to) {
        double nyquist = Math.min(from, to) / 2.0;
        for (double part : new double[] {0.02, 0.1, 0.25, 0.5, 0.7, 0.8, 0.85}) {
            double db = level(from, to, nyquist * part);
            assertEquals(0, db, 0.2, from + " to " + to + " at " + nyquist * part);
        }
        for (double part : new double[] {1.07, 1.2, 1.5, 1.9, 3.1, 5.3}) {
            if (nyquist * part < from / 2.0) {
                double db = level(from, to, nyquist * part);
                assertTrue(db < -58, from + " to " + to + " at " + nyquist * part + ": " + db);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "8000,48000", "16000,48000", "16000,8000", "48000,8000"})
    void aSineStaysASineWithoutImages(int from, int to) {
        int n = from; // one second
        double hz = 1000;
        var in = TestSound.sine(from, hz, 16000, n);
        var out = run(new Resampler(from, to), in, n);
        // subtract the best fitting sine; what is left is distortion, images and rounding
        int skip = to / 10;
        double re = 0;
        double im = 0;
        int count = to / 2;
        for (int i = skip; i < skip + count; i++) {
            re += out[i] * Math.cos(2 * Math.PI * hz * i / to);
            im += out[i] * Math.sin(2 * Math.PI * hz * i / to);
        }
        re *= 2.0 / count;
        im *= 2.0 / count;
        double noise = 0;
        for (int i = skip; i < skip + count; i++) {
            double fit = re * Math.cos(2 * Math.PI * hz * i / to) + im * Math.sin(2 * Math.PI * hz * i / to);
            noise += Math.pow(out[i] - fit, 2);
        }
        double snr = 10 * Math.log10((re * re + im * im) / 2 / (noise / count));
        assertTrue(snr > 62, "signal to noise ratio " + snr);
    }

    @Test
    void howTheInputIsDividedMakesNoDifference() {
        var speech = TestSound.samples("codec/speech.sln16");
        for (int to : new int[] {8000, 48000, 44100}) {
            var whole = run(new Resampler(16000, to), speech, speech.length);
            var parts = run(new Resampler(16000, to), speech, 37);
            assertArrayEquals(whole, parts);
        }
    }

    @Test
    void framesKeepTheirNumberOfSamples() {
        var up = new Resampler(8000, 48000);
        var down = new Resampler(48000, 8000);
        var odd = new Resampler(44100, 8000);
        var pcm = new short[2000];
        int oddTotal = 0;
        for (int i = 0; i < 100; i++) {
            assertEquals(960, up.resample(new short[160], 0, 160, pcm, 0));
            assertEquals(160, down.resample(new short[960], 0, 960, pcm, 0));
            int some = odd.resample(new short[882], 0, 882, pcm, 0);
            assertTrue(some <= odd.maxOutput(882));
            oddTotal += some;
        }
        assertEquals(16000, oddTotal);
    }

    @Test
    void speechSurvivesGoingUpAndDown() {
        var speech = TestSound.samples("codec/speech.sln");
        var up = new Resampler(8000, 48000);
        var down = new Resampler(48000, 8000);
        var back = run(down, run(up, speech, speech.length), 960);
        int delay = (int) Math.round((up.delayMicros() + down.delayMicros()) * 8000 / 1e6);
        double snr = TestSound.snr(speech, back, delay, 0, speech.length - 2 * delay);
        assertTrue(snr > 15, "signal to noise ratio " + snr); // the delay is not a whole number of samples
    }

    @Test
    void equalRatesPassUnchanged() {
        var speech = TestSound.samples("codec/speech.sln");
        assertArrayEquals(speech, run(new Resampler(8000, 8000), speech, 160));
        assertEquals(0, new Resampler(8000, 8000).delayMicros());
    }

    @Test
    void theLoudestInputIsLimitedNotWrapped() {
        var square = TestSound.torture(0);
        var out = run(new Resampler(16000, 48000), Arrays.copyOfRange(square, 16000, 32000), 320);
        for (int i = 3000; i < out.length - 1; i++) {
            assertTrue(Math.abs(out[i] - out[i - 1]) < 45000, "wrapped at " + i);
        }
    }

    @Test
    void ratesWithoutACommonDivisorAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Resampler(8000, 44099));
        assertThrows(IllegalArgumentException.class, () -> new Resampler(0, 8000));
    }

    @Test
    void resamplingAllocatesNothing() {
        var up = new Resampler(8000, 48000);
        var down = new Resampler(48000, 8000);
        var a = new short[160];
        var b = new short[960];
        assertEquals(0, TestSound.allocatedBytes(() -> {
            up.resample(a, 0, 160, b, 0);
            down.resample(b, 0, 960, a, 0);
        }));
    }

    private static double level(int from, int to, double hz) {
        var in = TestSound.sine(from, hz, 16000, from / 2);
        var out = run(new Resampler(from, to), in, in.length);
        return 20 * Math.log10(TestSound.rms(out, out.length / 4, out.length * 3 / 4) * Math.sqrt(2) / 16000);
    }

    private static short[] run(Resampler resampler, short[] in, int block) {
        var out = new short[resampler.maxOutput(in.length) + 1];
        int written = 0;
        for (int at = 0; at < in.length; at += block) {
            written += resampler.resample(in, at, Math.min(block, in.length - at), out, written);
        }
        return Arrays.copyOf(out, written);
    }
}
