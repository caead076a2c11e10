package io.allo.media.audio;

/**
 * One or two sine waves, or the first modulated by the second. Levels are in dBm0, where a sine wave as loud as 16-bit PCM can hold is
 * +3.14 dBm0 (ITU-T G.711, A-law).
 *
 * @param hz1 the first frequency, 0 for silence
 * @param level1Dbm0 its level
 * @param hz2 the second frequency, 0 if there is none
 * @param level2Dbm0 its level; of no meaning if modulated
 * @param modulated whether the second modulates the first's amplitude, to the full
 */
public record Tone(double hz1, double level1Dbm0, double hz2, double level2Dbm0, boolean modulated) {
    /** The level of the loudest sine wave. */
    public static final double OVERLOAD_DBM0 = 3.14;

    /** Nothing. */
    public static final Tone SILENCE = new Tone(0, 0, 0, 0, false);

    /** The milliwatt of test lines: 1004 Hz at 0 dBm0. */
    public static final Tone MILLIWATT = single(1004, 0);

    /** One sine wave. */
    public static Tone single(double hz, double dbm0) {
        return new Tone(hz, dbm0, 0, 0, false);
    }

    /** Two sine waves, each at this level. */
    public static Tone dual(double hz1, double hz2, double dbm0) {
        return new Tone(hz1, dbm0, hz2, dbm0, false);
    }

    /** A carrier at this level whose amplitude goes up and down with the modulating frequency. */
    public static Tone modulated(double hz, double modulatingHz, double dbm0) {
        return new Tone(hz, dbm0, modulatingHz, dbm0, true);
    }

    /** The amplitude of a sine wave of this level in 16-bit PCM. */
    public static double amplitude(double dbm0) {
        return 32768 * Math.pow(10, (dbm0 - OVERLOAD_DBM0) / 20);
    }

    /** The level of PCM with this mean square, in dBm0; -100 for silence. */
    public static double dbm0(double meanSquare) {
        return Math.max(-100, 10 * Math.log10(Math.max(meanSquare, 1e-9) * 2 / (32768.0 * 32768.0)) + OVERLOAD_DBM0);
    }

    /** A generator that begins this tone at phase 0. */
    public ToneGenerator generator(int sampleRate) {
        return new ToneGenerator(this, sampleRate);
    }
}
