package io.allo.pbx.fraud;

/**
 * How much one user may call the public network. Immutable; 0 is no limit.
 *
 * @param calls begun in a day
 * @param minutes talked in a day
 * @param simultaneous at one time
 */
public record Ceilings(int calls, int minutes, int simultaneous) {

    /** What a person at a desk never reaches. */
    public static final Ceilings PERSON = new Ceilings(300, 600, 6);

    /** Of a trunk whose calls the dialplan sends out again: a whole company's. */
    public static final Ceilings TRUNK = new Ceilings(10_000, 30_000, 200);
}
