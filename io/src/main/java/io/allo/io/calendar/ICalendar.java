package io.allo.io.calendar;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Content;
import net.fortuna.ical4j.model.Period;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.RecurrenceId;

/** A calendar's text, understood: recurrences, exceptions and time zones by ical4j. Used by one thread at a time. */
final class ICalendar {

    /** Occurrences that one question gives. */
    static final int MOST_EVENTS = 1_000;

    private final List<VEvent> events;

    private ICalendar(List<VEvent> events) {
        this.events = events;
    }

    static ICalendar parse(String text) throws CalendarException {
        try {
            var calendar = new CalendarBuilder().build(new StringReader(text));
            var events = new ArrayList<VEvent>();
            for (var component : calendar.getComponents(Component.VEVENT)) {
                events.add((VEvent) component);
            }
            return new ICalendar(events);
        } catch (IOException | ParserException | RuntimeException broken) {
            throw new CalendarException("not a calendar of RFC 5545: " + broken.getMessage());
        }
    }

    /** What lasts at some time of [from, to), in order of beginning. Days and floating times are in this zone. */
    List<CalendarEvent> between(Instant from, Instant to, ZoneId zone) {
        var replaced = replaced(zone);
        var found = new ArrayList<CalendarEvent>();
        for (var event : events) {
            var single = event.getProperty(Property.RECURRENCE_ID).isPresent();
            for (var period : occurrences(event, from, to, zone)) {
                var start = instant(period.getStart(), zone);
                var end = instant(period.getEnd(), zone);
                var gone = !single && replaced.contains(key(event, start));
                if (!gone && start.isBefore(to) && end.isAfter(from) && found.size() < MOST_EVENTS) {
                    found.add(event(event, start, end));
                }
            }
        }
        found.sort(Comparator.comparing(CalendarEvent::start));
        return found;
    }

    /** The occurrences that an event of their own replaces. */
    private Set<String> replaced(ZoneId zone) {
        var keys = new HashSet<String>();
        for (var event : events) {
            event.<RecurrenceId<Temporal>>getProperty(Property.RECURRENCE_ID)
                    .ifPresent(id -> keys.add(key(event, instant(id.getDate(), zone))));
        }
        return keys;
    }

    private static String key(VEvent event, Instant start) {
        return text(event, Property.UID) + " " + start;
    }

    private static List<Period<?>> occurrences(VEvent event, Instant from, Instant to, ZoneId zone) {
        DtStart<Temporal> begin = event.getDateTimeStart();
        if (begin == null) {
            return List.of();
        }
        // a day on both sides: the library's borders are those of the event's own kind of time
        var early = from.minus(Duration.ofDays(1));
        var late = to.plus(Duration.ofDays(1));
        Set<? extends Period<?>> periods = switch (begin.getDate()) {
            case LocalDate day ->
                event.calculateRecurrenceSet(
                        new Period<>(LocalDate.ofInstant(early, zone), LocalDate.ofInstant(late, zone)));
            case LocalDateTime floating ->
                event.calculateRecurrenceSet(
                        new Period<>(LocalDateTime.ofInstant(early, zone), LocalDateTime.ofInstant(late, zone)));
            case ZonedDateTime zoned ->
                event.calculateRecurrenceSet(new Period<>(early.atZone(zoned.getZone()), late.atZone(zoned.getZone())));
            case OffsetDateTime utc ->
                event.calculateRecurrenceSet(
                        new Period<>(early.atOffset(utc.getOffset()), late.atOffset(utc.getOffset())));
            default -> event.calculateRecurrenceSet(new Period<>(early, late));
        };
        return List.copyOf(periods);
    }

    private static Instant instant(Temporal moment, ZoneId zone) {
        return switch (moment) {
            case LocalDate day -> day.atStartOfDay(zone).toInstant();
            case LocalDateTime floating -> floating.atZone(zone).toInstant();
            case ZonedDateTime zoned -> zoned.toInstant();
            case OffsetDateTime offset -> offset.toInstant();
            case Instant instant -> instant;
            default -> LocalDateTime.from(moment).toInstant(ZoneOffset.UTC);
        };
    }

    private static CalendarEvent event(VEvent event, Instant start, Instant end) {
        var priority = text(event, Property.PRIORITY);
        var free = text(event, Property.TRANSP).equalsIgnoreCase("TRANSPARENT")
                || text(event, Property.STATUS).equalsIgnoreCase("CANCELLED");
        var tentative = text(event, Property.STATUS).equalsIgnoreCase("TENTATIVE");
        return new CalendarEvent(
                text(event, Property.UID),
                text(event, Property.SUMMARY),
                text(event, Property.DESCRIPTION),
                text(event, Property.ORGANIZER).replaceFirst("(?i)^mailto:", ""),
                text(event, Property.LOCATION),
                text(event, Property.CATEGORIES),
                priority.matches("[0-9]") ? Integer.parseInt(priority) : 0,
                start,
                end,
                free ? 0 : tentative ? 1 : 2);
    }

    private static String text(VEvent event, String property) {
        return event.getProperty(property).map(Content::getValue).orElse("");
    }
}
