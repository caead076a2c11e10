package io.allo.media.audio;

/** Makes the samples of a {@link ToneSequence}. Owned by one thread; allocates nothing after construction. */
public final class ToneSequenceGenerator {
    private final ToneGenerator[] tones;
    private final long[] lengths;
    private final boolean[] once;
    private int part;
    private long left;
    private boolean repeated;

    /** Begins a sequence. */
    public ToneSequenceGenerator(ToneSequence sequence, int sampleRate) {
        int count = sequence.parts().size();
        tones = new ToneGenerator[count];
        lengths = new long[count];
        once = new boolean[count];
        for (int i = 0; i < count; i++) {
            var each = sequence.parts().get(i);
            tones[i] = each.tone().generator(sampleRate);
            lengths[i] = each.durationMs() == ToneSequence.ENDLESS
                    ? Long.MAX_VALUE
                    : Math.max(1, (long) each.durationMs() * sampleRate / 1000);
            once[i] = each.once();
        }
        left = lengths[0];
    }

    /**
     * Writes the next samples.
     *
     * @return how many: less than {@code n} when the sequence is over, which happens only if every part is to sound once
     */
    public int fill(short[] pcm, int off, int n) {
        int done = 0;
        while (done < n) {
            if (left == 0 && !advance()) {
                return done;
            }
            int some = (int) Math.min(left, n - done);
            tones[part].fill(pcm, off + done, some);
            done += some;
            if (left != Long.MAX_VALUE) {
                left -= some;
            }
        }
        return done;
    }

    private boolean advance() {
        for (int tried = 0; tried < tones.length; tried++) {
            part++;
            if (part == tones.length) {
                part = 0;
                repeated = true;
            }
            if (!repeated || !once[part]) {
                left = lengths[part];
                return true;
            }
        }
        return false;
    }
}
