package io.allo.sim;

/**
 * What the people at the phones do. Chances are out of a thousand calls.
 *
 * @param busy rejects with 486 though nobody speaks
 * @param decline rejects with 603
 * @param ignore lets it ring
 * @param silent answers without a 180 before
 * @param cancel the caller gives up while it rings, or just when it is answered
 * @param hold holds and takes back, once or several times
 * @param vanish the phone is switched off during the call, without a word, and on again later
 * @param lateOffer the caller leaves the offer to the other side
 * @param refuseOffer an offer within the call is refused with 488
 * @param digits presses a key during the call
 * @param longestTalkMs the most that people talk
 */
public record PhoneHabits(
        int busy,
        int decline,
        int ignore,
        int silent,
        int cancel,
        int hold,
        int vanish,
        int lateOffer,
        int refuseOffer,
        int digits,
        int longestTalkMs) {

    /** Everybody answers and talks for up to 20 s. */
    public static final PhoneHabits CALM = new PhoneHabits(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20_000);

    /** What happens in an office. */
    public static final PhoneHabits OFFICE = new PhoneHabits(60, 40, 80, 100, 150, 200, 15, 50, 20, 100, 30_000);

    /** Everything that can happen does. */
    public static final PhoneHabits WILD = new PhoneHabits(80, 60, 100, 200, 350, 400, 60, 150, 100, 200, 15_000);
}
