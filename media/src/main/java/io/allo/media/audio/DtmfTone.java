package io.allo.media.audio;

/** The pairs of frequencies of push button telephones (ITU-T Q.23). Stateless. */
public final class DtmfTone {
    static final int[] ROWS = {697, 770, 852, 941};
    static final int[] COLUMNS = {1209, 1336, 1477, 1633};
    static final String DIGITS = "123A456B789C*0#D";

    /** The level of the low frequency: with the high one 2 dB above, -6 dBm0 in all. */
    private static final double LOW_DBM0 = -10;

    private static final double HIGH_DBM0 = -8;

    private DtmfTone() {}

    /** Whether a character is a DTMF digit: {@code 0-9 * # A-D}, in either case. */
    public static boolean isDigit(char digit) {
        return DIGITS.indexOf(Character.toUpperCase(digit)) >= 0;
    }

    /**
     * The tone of a digit.
     *
     * @throws IllegalArgumentException if there is no such digit
     */
    public static Tone of(char digit) {
        int place = DIGITS.indexOf(Character.toUpperCase(digit));
        if (place < 0) {
            throw new IllegalArgumentException("no DTMF digit: " + digit);
        }
        return new Tone(ROWS[place / 4], LOW_DBM0, COLUMNS[place % 4], HIGH_DBM0, false);
    }
}
