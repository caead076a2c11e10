package io.allo.conformance.sound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Listens to a recording of a {@link ToneWav} in windows of 20 ms.
 *
 * <p>In each window the tone and the marker are fitted by least squares (a sine and a cosine each; the two fits don't
 * know each other, which is exact enough some 100 Hz apart), and what they explain of the window's energy decides: at
 * least 40 % is tone, anything else is a gap. A codec's noise passes; silence and another tone don't. What was cut out
 * without a pause shows in the distance of the markers. The strongest frequency is searched by Goertzel's algorithm from
 * 100 to 3500 Hz.
 */
public final class ToneCheck {
    private static final int WINDOW_MS = 20;
    private static final double TONE_SHARE = 0.4;
    private static final double SILENCE_RMS = 100;

    private final WavSound sound;
    private final int size;
    private final double[] toneShare;
    private final double[] markerShare;

    private ToneCheck(WavSound sound, int toneHz) {
        this.sound = sound;
        this.size = sound.rateHz() * WINDOW_MS / 1000;
        int windows = sound.samples().length / size;
        this.toneShare = new double[windows];
        this.markerShare = new double[windows];
        for (int w = 0; w < windows; w++) {
            toneShare[w] = share(w, toneHz);
            markerShare[w] = share(w, ToneWav.MARKER_HZ);
        }
    }

    /** Listens for this tone. A recording without any of it has a {@code heardMs} of 0. */
    public static ToneReport listen(WavSound sound, int toneHz) {
        return new ToneCheck(sound, toneHz).report();
    }

    private ToneReport report() {
        int first = 0;
        int last = toneShare.length - 1;
        while (first <= last && !hears(first)) {
            first++;
        }
        while (last >= first && !hears(last)) {
            last--;
        }
        int gap = 0;
        int longest = 0;
        int over60 = 0;
        for (int w = first; w <= last; w++) {
            gap = hears(w) ? 0 : gap + 1;
            longest = Math.max(longest, gap);
            over60 += gap == 60 / WINDOW_MS + 1 ? 1 : 0;
        }
        return new ToneReport(
                sound.durationMs(),
                (long) first * WINDOW_MS,
                (last - first + 1L) * WINDOW_MS,
                dominantHz(first, last),
                (long) longest * WINDOW_MS,
                over60,
                snrDb(first, last),
                markerIntervals(first, last));
    }

    private boolean hears(int window) {
        return toneShare[window] + markerShare[window] >= TONE_SHARE;
    }

    /** Which part of the window's energy a tone of this frequency explains, 0 to 1; 0 in silence. */
    private double share(int window, int hz) {
        double energy = 0;
        double xs = 0;
        double xc = 0;
        double ss = 0;
        double cc = 0;
        double sc = 0;
        for (int i = 0; i < size; i++) {
            double x = sound.samples()[window * size + i];
            double s = Math.sin(2 * Math.PI * hz * i / sound.rateHz());
            double c = Math.cos(2 * Math.PI * hz * i / sound.rateHz());
            energy += x * x;
            xs += x * s;
            xc += x * c;
            ss += s * s;
            cc += c * c;
            sc += s * c;
        }
        if (energy < SILENCE_RMS * SILENCE_RMS * size) {
            return 0;
        }
        double determinant = ss * cc - sc * sc;
        double a = (xs * cc - xc * sc) / determinant;
        double b = (xc * ss - xs * sc) / determinant;
        return (a * xs + b * xc) / energy;
    }

    private int dominantHz(int first, int last) {
        var votes = new int[351];
        for (int w = first; w <= last; w++) {
            int best = 10;
            double most = 0;
            for (int hz = 10; hz <= 350; hz++) {
                double power = goertzel(w, hz * 10);
                if (power > most) {
                    most = power;
                    best = hz;
                }
            }
            votes[best]++;
        }
        int winner = 0;
        for (int hz = 0; hz < votes.length; hz++) {
            winner = votes[hz] > votes[winner] ? hz : winner;
        }
        return winner * 10;
    }

    /** Goertzel's algorithm: the power at one frequency. */
    private double goertzel(int window, int hz) {
        double factor = 2 * Math.cos(2 * Math.PI * hz / sound.rateHz());
        double before = 0;
        double beforeThat = 0;
        for (int i = 0; i < size; i++) {
            double now = sound.samples()[window * size + i] + factor * before - beforeThat;
            beforeThat = before;
            before = now;
        }
        return before * before + beforeThat * beforeThat - factor * before * beforeThat;
    }

    private double snrDb(int first, int last) {
        var ratios = new ArrayList<Double>();
        for (int w = first; w <= last; w++) {
            if (toneShare[w] >= TONE_SHARE) {
                ratios.add(10 * Math.log10(toneShare[w] / Math.max(1e-9, 1 - toneShare[w])));
            }
        }
        double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    /** A marker in which the sound begins counts from none: where it began itself was not recorded. */
    private List<Long> markerIntervals(int first, int last) {
        var intervals = new ArrayList<Long>();
        int previous = -1;
        boolean inside = true;
        for (int w = first; w <= last; w++) {
            boolean marker = markerShare[w] > 0.5;
            boolean goesOn = previous >= 0 && (w - previous) * WINDOW_MS < 2 * ToneWav.MARKER_MS;
            if (marker && !inside && !goesOn) { // a hole in a marker makes no second one
                if (previous >= 0) {
                    intervals.add((long) (w - previous) * WINDOW_MS);
                }
                previous = w;
            }
            inside = marker;
        }
        return intervals;
    }
}
