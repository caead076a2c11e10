package io.allo.media.mix;

/**
 * How somebody takes part in a room. Immutable.
 *
 * @param muted nobody hears him; what he sends is not decoded
 * @param deaf he hears silence
 * @param talkGain what he says is multiplied by this before others hear it
 * @param listenGain what he hears is multiplied by this
 * @param dropSilence he is left out of the sum while he does not talk (dsp_drop_silence)
 * @param talkThreshold mean absolute value of 20 ms of 16-bit PCM from which he talks (dsp_talking_threshold)
 * @param silenceMs how long he must be quiet until he does not talk any more (dsp_silence_threshold)
 * @param tellsTalk {@link io.allo.media.port.MediaEvent.TalkChanged} is told each time he begins or ceases to talk
 * @param unrecorded what he says is left out of the room's recording
 */
public record MixLeg(
        boolean muted,
        boolean deaf,
        double talkGain,
        double listenGain,
        boolean dropSilence,
        int talkThreshold,
        int silenceMs,
        boolean tellsTalk,
        boolean unrecorded) {

    /** Asterisk's dsp_talking_threshold. */
    public static final int TALK_THRESHOLD = 160;

    /** Asterisk's dsp_silence_threshold. */
    public static final int SILENCE_MS = 2_500;

    /** Talks and hears, as he is. */
    public static final MixLeg USUAL = new MixLeg(false, false, 1, 1, false, TALK_THRESHOLD, SILENCE_MS, false, false);
}
