package io.allo.pbx.dialplan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeConditionTest {
    private static boolean holds(String condition, String moment) {
        TimeCondition parsed = TimeCondition.of(condition);
        assertEquals(List.of(), parsed.faults());
        return parsed.holds(ZonedDateTime.parse(moment));
    }

    @Test
    void officeHoursHoldOnWeekdaysThroughTheirLastMinute() {
        String office = "9:00-17:00,mon-fri,*,*";
        assertTrue(holds(office, "2026-11-20T09:00:00+01:00[Europe/Paris]")); // a Friday
        assertTrue(holds(office, "2026-11-20T17:00:59+01:00[Europe/Paris]"));
        assertFalse(holds(office, "2026-11-20T17:01:00+01:00[Europe/Paris]"));
        assertFalse(holds(office, "2026-11-20T08:59:59+01:00[Europe/Paris]"));
        assertFalse(holds(office, "2026-11-21T12:00:00+01:00[Europe/Paris]"));
    }

    @Test
    void rangesWrapAround() {
        assertTrue(holds("22:00-6:00,*,*,*", "2026-11-20T23:30:00Z"));
        assertTrue(holds("22:00-6:00,*,*,*", "2026-11-20T05:00:00Z"));
        assertFalse(holds("22:00-6:00,*,*,*", "2026-11-20T12:00:00Z"));
        assertTrue(holds("*,fri-mon,*,*", "2026-11-22T12:00:00Z")); // a Sunday
        assertFalse(holds("*,fri-mon,*,*", "2026-11-24T12:00:00Z")); // a Tuesday
        assertTrue(holds("*,*,*,nov-feb", "2026-01-02T12:00:00Z"));
        assertFalse(holds("*,*,*,nov-feb", "2026-03-02T12:00:00Z"));
        assertTrue(holds("*,*,30-2,*", "2026-03-31T12:00:00Z"));
    }

    @Test
    void fieldsMayBeJoinedNumberedSingleOrLeftOut() {
        assertTrue(holds("9:00-12:00&14:00-18:00", "2026-11-20T15:00:00Z"));
        assertFalse(holds("9:00-12:00&14:00-18:00", "2026-11-20T13:00:00Z"));
        assertTrue(holds("*,mon&wed&5", "2026-11-26T13:00:00Z")); // Thursday: the 5th from Sunday
        assertTrue(holds("12:30", "2026-11-20T12:30:30Z"));
        assertFalse(holds("12:30", "2026-11-20T12:31:00Z"));
        assertTrue(holds("*|*|24-26|DEC", "2026-12-25T00:00:00Z"));
        assertTrue(holds("*,*,1,1", "2027-01-01T00:00:00Z"));
        assertTrue(holds("", "2027-01-01T00:00:00Z"));
    }

    @Test
    void aZoneOfItsOwnDecides() {
        assertTrue(holds("9:00-17:00,*,*,*,America/New_York", "2026-11-20T20:00:00Z"));
        assertFalse(holds("9:00-17:00,*,*,*,America/New_York", "2026-11-20T10:00:00Z"));
    }

    @Test
    void whatCannotBeReadIsNamedAndLeftOut() {
        TimeCondition condition = TimeCondition.of("9-17,monday,32,nomonth,Mars/Olympus");
        assertEquals(
                List.of(
                        "\"9-17\" is no time; write 9:00-17:00",
                        "\"monday\" is no weekday",
                        "\"32\" is no day of the month",
                        "\"nomonth\" is no month",
                        "\"Mars/Olympus\" is no time zone; write Europe/Paris"),
                condition.faults());
        assertFalse(condition.holds(ZonedDateTime.parse("2026-11-20T10:00:00Z")));
        assertEquals(1, TimeCondition.of("24:00-25:00").faults().size());
    }
}
