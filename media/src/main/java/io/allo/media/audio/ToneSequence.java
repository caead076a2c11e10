package io.allo.media.audio;

import java.util.ArrayList;
import java.util.List;

/**
 * Tones one after the other: a cadence. Written as in indications.conf: parts separated by commas, each {@code frequencies/ms};
 * {@code f1+f2} sounds both, {@code f1*f2} modulates, 0 is silence, no duration means for ever, {@code !} means once and not again
 * when the sequence repeats.
 *
 * @param parts at least one
 */
public record ToneSequence(List<Part> parts) {
    /** The level of a single frequency of call progress tones, in dBm0 (E.180: -10, give or take 5). */
    public static final double LEVEL_DBM0 = -10;

    /** The level of each of two frequencies. */
    public static final double DUAL_LEVEL_DBM0 = -13;

    /** For ever. */
    public static final int ENDLESS = 0;

    private static final int MOST_PARTS = 1000;
    private static final int HIGHEST_HZ = 20_000;

    /**
     * One tone of a sequence.
     *
     * @param durationMs {@link #ENDLESS} or how long
     * @param once left out when the sequence repeats
     */
    public record Part(Tone tone, int durationMs, boolean once) {}

    /** Takes an unchanging copy. */
    public ToneSequence {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a tone sequence without parts");
        }
    }

    /**
     * Reads the text of indications.conf.
     *
     * @throws IllegalArgumentException with what is wrong in words, if it can't be read
     */
    public static ToneSequence parse(String text) {
        var parts = new ArrayList<Part>();
        for (var part : text.split("[,|]", -1)) {
            if (parts.size() == MOST_PARTS) {
                throw new IllegalArgumentException("more than " + MOST_PARTS + " tones");
            }
            parts.add(part(part.strip()));
        }
        return new ToneSequence(parts);
    }

    /** A generator that begins this sequence. */
    public ToneSequenceGenerator generator(int sampleRate) {
        return new ToneSequenceGenerator(this, sampleRate);
    }

    private static Part part(String text) {
        var once = text.startsWith("!");
        var plain = once ? text.substring(1) : text;
        int slash = plain.indexOf('/');
        var frequencies = slash < 0 ? plain : plain.substring(0, slash);
        int ms = slash < 0 ? ENDLESS : number(plain.substring(slash + 1), text);
        if (slash >= 0 && ms == 0) {
            throw new IllegalArgumentException("a tone of no duration: '" + text + "'");
        }
        return new Part(tone(frequencies, text), ms, once);
    }

    private static Tone tone(String frequencies, String text) {
        int plus = frequencies.indexOf('+');
        int times = frequencies.indexOf('*');
        int between = Math.max(plus, times);
        if (between < 0) {
            int hz = frequency(frequencies, text);
            return hz == 0 ? Tone.SILENCE : Tone.single(hz, LEVEL_DBM0);
        }
        int first = frequency(frequencies.substring(0, between), text);
        int second = frequency(frequencies.substring(between + 1), text);
        return plus >= 0 ? Tone.dual(first, second, DUAL_LEVEL_DBM0) : Tone.modulated(first, second, LEVEL_DBM0);
    }

    private static int frequency(String digits, String text) {
        int hz = number(digits, text);
        if (hz > HIGHEST_HZ) {
            throw new IllegalArgumentException("a frequency above " + HIGHEST_HZ + " Hz: '" + text + "'");
        }
        return hz;
    }

    private static int number(String digits, String text) {
        var plain = digits.strip();
        if (plain.isEmpty() || plain.length() > 7 || !plain.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a tone (frequency[+frequency][/milliseconds]): '" + text + "'");
        }
        return Integer.parseInt(plain);
    }
}
