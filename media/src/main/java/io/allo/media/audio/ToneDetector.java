package io.allo.media.audio;

/**
 * Hears one frequency that stands out: fax tones, answering machine beeps, busy tones. Owned by one thread; allocates nothing after
 * construction.
 *
 * <p>The sound is judged in blocks of 20 ms. A block has the tone if three quarters of its energy are within about 25 Hz of the
 * frequency and its level is high enough. The tone is heard when it has lasted {@code minMs} with at most one bad block in a row.
 */
public final class ToneDetector {
    /** Fax calling tone, CNG: 1100 Hz for half a second each three (ITU-T T.30). */
    public static final double FAX_CALLING_HZ = 1100;

    /** Answering tone of fax machines and modems, CED: 2100 Hz for about three seconds (ITU-T T.30, V.25). */
    public static final double FAX_ANSWER_HZ = 2100;

    private static final double SHARE = 0.75;
    private static final double QUIETEST_DBM0 = -43;
    private static final int BLOCK_MS = 20;

    private final Goertzel goertzel;
    private final int blockSamples;
    private final int minBlocks;
    private final double minEnergy;
    private int filled;
    private double energy;
    private int good;
    private int bad;
    private boolean present;

    /** Listens for a frequency that lasts at least so long. */
    public ToneDetector(int sampleRate, double hz, int minMs) {
        goertzel = new Goertzel(hz, sampleRate);
        blockSamples = sampleRate * BLOCK_MS / 1000;
        minBlocks = Math.max(1, minMs / BLOCK_MS - 1); // the tone does not begin with a block
        minEnergy = meanSquare(QUIETEST_DBM0) * blockSamples;
    }

    /** A detector of the fax calling tone, sure after 400 of its 500 ms. */
    public static ToneDetector faxCalling(int sampleRate) {
        return new ToneDetector(sampleRate, FAX_CALLING_HZ, 400);
    }

    /** A detector of the fax answering tone, sure after 1.5 of its 2.6 seconds or more. */
    public static ToneDetector faxAnswer(int sampleRate) {
        return new ToneDetector(sampleRate, FAX_ANSWER_HZ, 1500);
    }

    /** Listens on. True if the tone became present within these samples. */
    public boolean accept(short[] pcm, int off, int n) {
        boolean began = false;
        for (int done = 0; done < n; ) {
            int some = Math.min(n - done, blockSamples - filled);
            goertzel.accept(pcm, off + done, some);
            for (int i = off + done; i < off + done + some; i++) {
                energy += pcm[i] * pcm[i];
            }
            filled += some;
            done += some;
            if (filled == blockSamples) {
                began |= judge();
            }
        }
        return began;
    }

    /** Whether the tone is heard now. */
    public boolean isPresent() {
        return present;
    }

    private boolean judge() {
        goertzel.finish();
        boolean has = energy >= minEnergy && goertzel.power() * 2 >= SHARE * blockSamples * energy;
        filled = 0;
        energy = 0;
        if (has) {
            bad = 0;
            good++;
        } else if (++bad > 1) {
            good = 0;
            present = false;
        }
        if (good >= minBlocks && !present) {
            present = true;
            return true;
        }
        return false;
    }

    private static double meanSquare(double dbm0) {
        double amplitude = Tone.amplitude(dbm0);
        return amplitude * amplitude / 2;
    }
}
