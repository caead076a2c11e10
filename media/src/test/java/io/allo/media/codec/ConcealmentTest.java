package io.allo.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcealmentTest {
    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 48000})
    void aSteadyVoiceGoesOnThroughTenMilliseconds(int rate) {
        var voice = voice(rate, rate);
        var concealment = new Concealment(rate);
        int at = rate / 2;
        concealment.received(voice, 0, at);
        int ten = rate / 100;
        var out = new short[ten];
        concealment.conceal(out, 0, ten);
        double snr = snr(voice, at, out, ten);
        assertTrue(snr > 12, "signal to noise ratio " + snr);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void theVoiceFadesAndIsSilentAfterSixtyMilliseconds(int rate) {
        var voice = voice(rate, rate);
        var concealment = new Concealment(rate);
        concealment.received(voice, 0, rate / 2);
        var out = new short[rate / 10];
        for (int i = 0; i < out.length; i += rate / 50) {
            concealment.conceal(out, i, rate / 50);
        }
        double first = TestSound.rms(out, 0, rate / 100);
        double fourth = TestSound.rms(out, rate * 3 / 100, rate * 4 / 100);
        assertEquals(0.5, fourth / first, 0.15);
        assertEquals(0, TestSound.rms(out, rate * 61 / 1000, rate / 10));
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void thereIsNoClickWhereSoundStopsAndReturns(int rate) {
        var voice = voice(rate, rate);
        int steepest = steepest(voice, 0, rate);
        var concealment = new Concealment(rate);
        int frame = rate / 50;
        for (int at = 0; at < rate - frame; at += frame) {
            if (at / frame % 7 == 5) {
                concealment.conceal(voice, at, frame);
            } else {
                concealment.received(voice, at, frame);
            }
        }
        int after = steepest(voice, 0, rate);
        assertTrue(after < steepest * 2, "steepest step " + after + " where it was " + steepest);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void beforeAnythingWasHeardThereIsSilence(int rate) {
        var out = new short[320];
        java.util.Arrays.fill(out, (short) 99);
        var concealment = new Concealment(rate);
        concealment.conceal(out, 0, 320);
        assertEquals(0, TestSound.rms(out, 0, 320));
    }

    /** A buzz at 125 Hz with five harmonics. */
    private static short[] voice(int rate, int samples) {
        var out = new short[samples];
        for (int i = 0; i < samples; i++) {
            double sum = 0;
            for (int k = 1; k <= 5; k++) {
                sum += Math.sin(2 * Math.PI * 125 * k * i / rate + k) * 4000 / k;
            }
            out[i] = (short) sum;
        }
        return out;
    }

    private static double snr(short[] voice, int at, short[] out, int n) {
        double signal = 0;
        double noise = 1e-9;
        for (int i = 0; i < n; i++) {
            signal += (double) voice[at + i] * voice[at + i];
            noise += Math.pow(voice[at + i] - out[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }

    private static int steepest(short[] pcm, int from, int to) {
        int most = 0;
        for (int i = from + 1; i < to; i++) {
            most = Math.max(most, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return most;
    }
}
