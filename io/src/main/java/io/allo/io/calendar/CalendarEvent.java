package io.allo.io.calendar;

import java.time.Instant;

/**
 * One occurrence of an event. Immutable.
 *
 * @param priority 0 where none is given (RFC 5545 3.8.1.9)
 * @param end not part of it
 * @param busy 0 free, 1 tentative, 2 busy, as CALENDAR_EVENT(busystate) counts
 */
public record CalendarEvent(
        String uid,
        String summary,
        String description,
        String organizer,
        String location,
        String categories,
        int priority,
        Instant start,
        Instant end,
        int busy) {

    /** Whether it lasts at this moment. */
    public boolean isAt(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}
