package io.allo.media.codec;

/**
 * Packet loss concealment for waveform codecs, after the idea of ITU-T G.711 Appendix I: repeat the last pitch period, fade, and
 * blend back. Owned by the decoder that made it.
 *
 * <p>It differs from Appendix I in that it adds no delay: what was played cannot be changed any more, so the step between the last
 * sample and the first repeated one is spread over a quarter of the period instead. The pitch (66 to 200 Hz) comes from the
 * normalized cross-correlation of the last 20 ms, searched at about 4 kHz and refined. The first 10 ms are at full level, then the level falls by
 * 20 % each 10 ms; 60 ms after the start there is silence. When sound returns it is blended with the continued repetition for a
 * quarter period, plus 4 ms for each 10 ms lost, at most 10 ms.
 */
final class Concealment {
    private final int rate;
    private final int longestPeriod;
    private final int shortestPeriod;
    private final int window;
    private final short[] history;
    private final short[] period;
    private final short[] blend;

    private int known;
    private int periodLength;
    private int position;
    private int step;
    private int lost;

    Concealment(int rate) {
        this.rate = rate;
        longestPeriod = rate * 15 / 1000;
        shortestPeriod = rate * 5 / 1000;
        window = rate * 20 / 1000;
        history = new short[longestPeriod * 5 / 4 + window + 1];
        period = new short[longestPeriod];
        blend = new short[rate / 100];
    }

    /** Tells what was decoded, and changes its beginning if it follows a loss. */
    void received(short[] pcm, int off, int samples) {
        if (samples == 0) {
            return;
        }
        if (lost > 0) {
            blendBack(pcm, off, samples);
            lost = 0;
        }
        remember(pcm, off, samples);
    }

    /** Writes what may have been there. */
    void conceal(short[] pcm, int off, int samples) {
        if (lost == 0) {
            begin();
        }
        for (int i = 0; i < samples; i++) {
            pcm[off + i] = next();
        }
        remember(pcm, off, samples);
    }

    private void begin() {
        position = 0;
        if (known < history.length) {
            periodLength = 0;
            step = 0;
            return;
        }
        periodLength = pitch();
        int end = history.length;
        System.arraycopy(history, end - periodLength, period, 0, periodLength);
        int quarter = periodLength / 4;
        for (int i = 0; i < quarter; i++) { // the end of the period leads into its beginning
            int at = periodLength - quarter + i;
            int before = history[end - periodLength - quarter + i];
            period[at] = (short) ((period[at] * (quarter - i) + before * i) / quarter);
        }
        step = history[end - 1] - history[end - 1 - periodLength];
    }

    private short next() {
        int at = lost++;
        if (periodLength == 0) {
            return 0;
        }
        int sample = period[position];
        position = position + 1 == periodLength ? 0 : position + 1;
        int quarter = periodLength / 4;
        if (at < quarter) {
            sample += step * (quarter - at) / (quarter + 1);
        }
        int ten = rate / 100;
        if (at >= ten) {
            int left = 6 * ten - at; // of five fading parts
            sample = left <= 0 ? 0 : (int) ((long) sample * left / (5 * ten));
        }
        return saturate(sample);
    }

    private void blendBack(short[] pcm, int off, int samples) {
        int length = Math.min(periodLength / 4 + (int) ((long) lost * 2 / 5), rate / 100);
        length = Math.min(length, samples);
        for (int i = 0; i < length; i++) {
            blend[i] = next();
        }
        for (int i = 0; i < length; i++) {
            pcm[off + i] = (short) ((pcm[off + i] * (i + 1) + blend[i] * (length - i)) / (length + 1));
        }
    }

    private void remember(short[] pcm, int off, int samples) {
        int keep = history.length;
        if (samples >= keep) {
            System.arraycopy(pcm, off + samples - keep, history, 0, keep);
        } else {
            System.arraycopy(history, samples, history, 0, keep - samples);
            System.arraycopy(pcm, off, history, keep - samples, samples);
        }
        known = Math.min(keep, known + samples);
    }

    /** The lag with the highest normalized cross-correlation of the last 20 ms with what came before. */
    private int pitch() {
        int coarse = Math.max(1, rate / 4000);
        int best = search(shortestPeriod, longestPeriod, coarse, coarse);
        return search(
                Math.max(shortestPeriod, best - coarse + 1), Math.min(longestPeriod, best + coarse - 1), 1, coarse);
    }

    private int search(int from, int to, int lagStep, int sampleStep) {
        int start = history.length - window;
        int best = from;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int lag = from; lag <= to; lag += lagStep) {
            long correlation = 0;
            long energy = 0;
            for (int i = start; i < history.length; i += sampleStep) {
                int delayed = history[i - lag];
                correlation += (long) history[i] * delayed;
                energy += (long) delayed * delayed;
            }
            double score = correlation / Math.sqrt(Math.max(energy, 1));
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        return best;
    }

    private static short saturate(int sample) {
        return (short) Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
