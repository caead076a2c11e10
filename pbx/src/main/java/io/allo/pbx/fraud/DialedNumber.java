package io.allo.pbx.fraud;

/**
 * A number as it was dialed towards a trunk, understood. Immutable.
 *
 * @param dialed as it is sent
 * @param e164 "+33123456789"; "" if it has no such form
 * @param region the country's ISO 3166 code, "001" for what belongs to none, "" if unknown
 */
public record DialedNumber(String dialed, String e164, String region, NumberKind kind) {

    /** In its international form where it has one. */
    public String shown() {
        return e164.isEmpty() ? dialed : e164;
    }
}
