package io.allo.media.mix;

/**
 * One member's part in a {@link Mixer}: whether he talks, how loud he is, and what of the sum is his. Owned by the media loop.
 */
public final class Voice {

    /** A sample this small can't be heard; A-law has nothing smaller. */
    private static final int INAUDIBLE = 16;

    /** Loud frames in a row until he is said to talk; he is heard from the first on. */
    private static final int TALK_FRAMES = 3;

    final Limiter limiter = new Limiter();
    int[] own = new int[0];

    /** What he says is in this tick's sum. */
    boolean inSum;

    private MixLeg leg;
    private float gain;
    private int loudFrames;
    private int quietFrames;
    private boolean talking;
    private boolean open;

    /** Takes part so. */
    public Voice(MixLeg leg) {
        this.leg = leg;
        this.gain = leg.muted() || leg.dropSilence() ? 0 : (float) leg.talkGain();
    }

    /** From now on he takes part so. */
    public void leg(MixLeg changed) {
        leg = changed;
    }

    /** How he takes part. */
    public MixLeg leg() {
        return leg;
    }

    /** Whether nothing of what he sends is needed: he is muted and was faded out. */
    public boolean isSilenced() {
        return leg.muted() && gain == 0;
    }

    /** Whether he talks. */
    public boolean isTalking() {
        return talking;
    }

    /** Nothing came from him. True if he ceased to talk by that. */
    boolean nothing() {
        inSum = false;
        if (leg.muted()) {
            gain = 0;
        }
        return judge(false);
    }

    /** Takes what he says in this tick; {@link #own} and {@link #inSum} follow. True if he began or ceased to talk. */
    boolean says(short[] pcm, int count) {
        var total = 0;
        var peak = 0;
        for (var i = 0; i < count; i++) {
            var size = Math.abs((int) pcm[i]);
            total += size;
            peak = Math.max(peak, size);
        }
        var loud = !leg.muted() && total >= (long) leg.talkThreshold() * count;
        var changed = judge(loud);
        var target = leg.muted() || leg.dropSilence() && !open ? 0 : (float) leg.talkGain();
        inSum = (gain > 0 || target > 0) && peak > INAUDIBLE;
        if (inSum) {
            weigh(pcm, count, target);
        }
        gain = target;
        return changed;
    }

    private void weigh(short[] pcm, int count, float target) {
        if (own.length < count) {
            own = new int[count];
        }
        if (gain == 1 && target == 1) {
            for (var i = 0; i < count; i++) {
                own[i] = pcm[i];
            }
            return;
        }
        var ramp = target > gain ? count / 4 : count; // a word's beginning is not lost
        var step = (target - gain) / ramp;
        for (var i = 0; i < ramp; i++) {
            own[i] = (int) (pcm[i] * (gain + step * (i + 1)));
        }
        for (var i = ramp; i < count; i++) {
            own[i] = (int) (pcm[i] * target);
        }
    }

    private boolean judge(boolean loud) {
        if (loud) {
            loudFrames++;
            quietFrames = 0;
            open = true;
        } else {
            quietFrames++;
            if (quietFrames > 1) {
                loudFrames = 0;
            }
            if (leg.muted() || quietFrames * Mixer.FRAME_MS >= leg.silenceMs()) {
                open = false;
            }
        }
        var was = talking;
        talking = talking ? open : loudFrames >= TALK_FRAMES;
        return was != talking;
    }
}
