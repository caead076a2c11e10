package io.allo.pbx.fraud;

import java.util.List;

/**
 * A permission class. Immutable.
 *
 * @param countries {@code countries}: that may be called; home
 * @param except {@code not_countries}: that may not, though countries names them; none
 * @param premium {@code premium}: premium numbers of those countries; no
 * @param sharedCost {@code shared_cost}: shared-cost numbers of those countries; no
 * @param satellite {@code satellite}: satellite telephones and global networks; no
 * @param allow {@code allow}: beginnings of numbers ("+8835100") that may be called whatever the rest says; none
 * @param deny {@code deny}: beginnings of numbers that may not, whatever the rest says; none
 * @param outside {@code outside_hours}: what may be called outside office_hours; home
 */
public record CallClass(
        String name,
        Countries countries,
        Countries except,
        boolean premium,
        boolean sharedCost,
        boolean satellite,
        List<String> allow,
        List<String> deny,
        OutsideHours outside,
        Ceilings ceilings) {

    public CallClass {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** Nobody outside but emergency numbers. */
    public static final CallClass INTERNAL = plain("internal", Countries.NONE, Ceilings.PERSON);

    /** The home country: what everybody has who is given no other. */
    public static final CallClass NATIONAL = plain("national", Countries.HOME, Ceilings.PERSON);

    /** Every country, no premium number. */
    public static final CallClass INTERNATIONAL = plain("international", Countries.ALL, new Ceilings(300, 600, 4));

    /** The home country, for calls that come in by a trunk and are sent out again. */
    public static final CallClass FORWARDED = plain("forwarded", Countries.HOME, Ceilings.TRUNK);

    private static CallClass plain(String name, Countries countries, Ceilings ceilings) {
        return new CallClass(
                name,
                countries,
                Countries.NONE,
                false,
                false,
                false,
                List.of(),
                List.of(),
                OutsideHours.HOME,
                ceilings);
    }

    CallClass with(Ceilings newCeilings) {
        return new CallClass(
                name, countries, except, premium, sharedCost, satellite, allow, deny, outside, newCeilings);
    }
}
