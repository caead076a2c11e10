package io.allo.media.audio;

/**
 * Whether somebody talks, from the loudness of the sound alone. Owned by one thread; allocates nothing after construction.
 *
 * <p>The measure is Asterisk's: the mean absolute value of 20 ms of 16-bit PCM against a threshold, {@link #DEFAULT_THRESHOLD} where its
 * {@code dsp.conf} says nothing else. Talking begins when {@code talkMs} of loud frames have come with no more than a frame's pause, and
 * ends after {@code silenceMs} without a loud one.
 */
public final class VoiceActivity {
    /** Asterisk's silencethreshold. */
    public static final int DEFAULT_THRESHOLD = 256;

    private static final int FRAME_MS = 20;

    private final int frameSamples;
    private final int threshold;
    private final int talkFrames;
    private final int silenceFrames;
    private int filled;
    private long sum;
    private int level;
    private long loudInRow;
    private long quietInRow;
    private long talkingFrames;
    private boolean talking;

    /** With Asterisk's threshold, talking after 60 ms, silence after 500 ms. */
    public VoiceActivity(int sampleRate) {
        this(sampleRate, DEFAULT_THRESHOLD, 60, 500);
    }

    /**
     * With everything to choose.
     *
     * @param threshold the mean absolute value from which a frame is loud, 1 to 32767
     * @param talkMs how long it must be loud until somebody talks
     * @param silenceMs how long it must be quiet until nobody does
     */
    public VoiceActivity(int sampleRate, int threshold, int talkMs, int silenceMs) {
        this.frameSamples = sampleRate * FRAME_MS / 1000;
        this.threshold = threshold;
        this.talkFrames = Math.max(1, talkMs / FRAME_MS);
        this.silenceFrames = Math.max(1, silenceMs / FRAME_MS);
    }

    /** Listens on. True if talking began or ended within these samples: ask {@link #isTalking}. */
    public boolean accept(short[] pcm, int off, int n) {
        boolean before = talking;
        for (int i = off; i < off + n; i++) {
            sum += Math.abs((int) pcm[i]);
            if (++filled == frameSamples) {
                level = (int) (sum / frameSamples);
                filled = 0;
                sum = 0;
                judge(level >= threshold);
            }
        }
        return before != talking;
    }

    /** Whether somebody talks. At the beginning nobody does. */
    public boolean isTalking() {
        return talking;
    }

    /** The mean absolute value of the last full frame. */
    public int level() {
        return level;
    }

    /** How long no loud frame has come, in milliseconds; counted also while {@link #isTalking} is not yet false. */
    public long silenceMs() {
        return quietInRow * FRAME_MS;
    }

    /** How long the talking has lasted, or lasted when it ended, its pauses included, in milliseconds. */
    public long talkMs() {
        return talkingFrames * FRAME_MS;
    }

    private void judge(boolean loud) {
        if (loud) {
            loudInRow++;
            quietInRow = 0;
        } else if (++quietInRow > 1) {
            loudInRow = 0;
        }
        if (!talking && loudInRow >= talkFrames) {
            talking = true;
            talkingFrames = loudInRow;
        } else if (talking) {
            talkingFrames++;
            if (quietInRow >= silenceFrames) {
                talking = false;
                talkingFrames -= quietInRow;
            }
        }
    }
}
