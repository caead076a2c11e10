package io.allo.media.mix;

import java.util.Arrays;

/**
 * The sum of a room in ticks of 20 ms. In each tick: {@link #begin}; for each member {@link #says} or {@link #nothing}; then what
 * each hears: {@link #all} for who says nothing himself, {@link #without} for who does. Sums are whole numbers, so that
 * the order of the members is nobody's concern. Owned by the media loop; allocates nothing but when it is made, a member first
 * talks, or the rate changes.
 */
public final class Mixer {

    /** Length of a tick. */
    public static final int FRAME_MS = 20;

    private final int rate;
    private final int samples;
    private final int[] sum;
    private final int[] rest;
    private final short[] all;
    private final short[] before;
    private final short[] mine;
    private final short[] silence;
    private int[] unrecorded = new int[0];
    private short[] recorded = new short[0];
    private final Limiter recordedLimiter = new Limiter();
    private final Limiter limiter = new Limiter();
    private boolean summed;
    private boolean anything;
    private boolean someUnrecorded;

    /** Mixes at {@code rate} Hz. */
    public Mixer(int rate) {
        this.rate = rate;
        samples = rate / 1000 * FRAME_MS;
        sum = new int[samples];
        rest = new int[samples];
        all = new short[samples];
        before = new short[samples];
        mine = new short[samples];
        silence = new short[samples];
    }

    /** Samples a second. */
    public int rate() {
        return rate;
    }

    /** Samples in a tick. */
    public int samples() {
        return samples;
    }

    /** A tick begins. */
    public void begin() {
        System.arraycopy(all(), 0, before, 0, samples);
        if (anything) {
            Arrays.fill(sum, 0);
        }
        anything = false;
        summed = false;
        someUnrecorded = false;
    }

    /** A member says this, {@link #samples} long. True if he began or ceased to talk by that. */
    public boolean says(Voice voice, short[] pcm) {
        var changed = voice.says(pcm, samples);
        if (voice.inSum) {
            add(voice.own);
            if (voice.leg().unrecorded()) {
                leaveOut(voice.own);
            }
        }
        return changed;
    }

    /** Nothing came from a member. True if he ceased to talk by that. */
    public boolean nothing(Voice voice) {
        return voice.nothing();
    }

    /** All hear this beside the members. */
    public void announce(short[] pcm, int count) {
        for (var i = 0; i < count; i++) {
            sum[i] += pcm[i];
        }
        anything = true;
    }

    private void add(int[] own) {
        for (var i = 0; i < samples; i++) {
            sum[i] += own[i];
        }
        anything = true;
    }

    /** Whether he hears just what {@link #all} has: he says nothing, and hears it as loud as it is. */
    public boolean hearsAll(Voice voice) {
        return !voice.inSum && !voice.leg().deaf() && voice.leg().listenGain() == 1;
    }

    /** What everybody says together; valid until the next tick. */
    public short[] all() {
        if (!summed) {
            limiter.limit(sum, all, samples, rate);
            summed = true;
        }
        return all;
    }

    private void leaveOut(int[] own) {
        if (unrecorded.length == 0) {
            unrecorded = new int[samples];
            recorded = new short[samples];
        }
        for (var i = 0; i < samples; i++) {
            unrecorded[i] = own[i] + (someUnrecorded ? unrecorded[i] : 0);
        }
        someUnrecorded = true;
    }

    /** What is recorded: {@link #all} but what those say who are left out; valid until the next tick. */
    public short[] recorded() {
        if (!someUnrecorded) {
            var heard = all();
            recordedLimiter.follow(limiter);
            return heard;
        }
        for (var i = 0; i < samples; i++) {
            rest[i] = sum[i] - unrecorded[i];
        }
        recordedLimiter.limit(rest, recorded, samples, rate);
        return recorded;
    }

    /** {@link #all} of the tick before. */
    public short[] allBefore() {
        return before;
    }

    /** What a member hears who does not just hear {@link #all}; valid until the next call. */
    public short[] without(Voice voice) {
        var leg = voice.leg();
        if (leg.deaf()) {
            return silence;
        }
        var gain = (float) leg.listenGain();
        if (voice.inSum) {
            var own = voice.own;
            for (var i = 0; i < samples; i++) {
                rest[i] = sum[i] - own[i];
            }
        } else {
            System.arraycopy(sum, 0, rest, 0, samples);
        }
        if (gain != 1) {
            for (var i = 0; i < samples; i++) {
                rest[i] = (int) (rest[i] * gain);
            }
        }
        voice.limiter.limit(rest, mine, samples, rate);
        return mine;
    }

    /** From now on a member hears a sum of his own: it goes on as loud as what he heard with all others. */
    public void part(Voice voice) {
        voice.limiter.follow(limiter);
    }
}
