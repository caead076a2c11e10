package io.allo.io.music;

import io.allo.media.audio.SoundSource;

/**
 * Eight seconds of plucked tones, a quiet falling broken chord: what is heard on hold where no music is installed. Made here, nobody's
 * work. Owned by the music thread.
 */
final class ToneLoop implements SoundSource {

    private static final int RATE = 16_000;
    private static final int SECONDS = 8;
    private static final double LEVEL = 3_500;

    /** C major 7, A minor 7, F major 7, G 6: two seconds each, four notes. */
    private static final double[] NOTES = {
        523.25, 392.00, 329.63, 493.88, 440.00, 329.63, 261.63, 392.00, 349.23, 261.63, 440.00, 329.63, 392.00, 293.66,
        246.94, 329.63
    };

    private int at;

    @Override
    public int sampleRate() {
        return RATE;
    }

    @Override
    public int read(short[] pcm, int off, int n) {
        var some = Math.min(n, RATE * SECONDS - at);
        if (some <= 0) {
            return -1;
        }
        for (var i = 0; i < some; i++) {
            pcm[off + i] = (short) Math.round(sample(at + i));
        }
        at += some;
        return some;
    }

    /** Each note swells for 20 ms and fades by half each 200 ms under the next ones. */
    private static double sample(int index) {
        var noteLength = RATE * SECONDS / NOTES.length;
        double sum = 0;
        for (var back = 0; back < 4; back++) {
            var note = index / noteLength - back;
            var since = (index - note * noteLength) / (double) RATE;
            var hertz = NOTES[Math.floorMod(note, NOTES.length)];
            var swell = Math.min(1, since / 0.02);
            var fade = Math.pow(0.5, since / 0.2) * Math.clamp((2.0 - since) / 0.2, 0, 1);
            sum += LEVEL
                    * swell
                    * fade
                    * (Math.sin(2 * Math.PI * hertz * since) + 0.25 * Math.sin(4 * Math.PI * hertz * since));
        }
        return sum;
    }

    @Override
    public void close() {}
}
