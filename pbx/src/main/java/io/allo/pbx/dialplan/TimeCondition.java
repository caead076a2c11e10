package io.allo.pbx.dialplan;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When something holds: {@code times,weekdays,days,months[,timezone]}, as in GotoIfTime and timed includes. Immutable; any
 * thread.
 *
 * <p>Each field is {@code *} or ranges joined by {@code &}: {@code 9:00-12:00&14:00-18:00}, {@code mon-fri}, {@code 24-26},
 * {@code dec}. A range's end belongs to it (an end of 17:00 holds through 17:00:59); ranges may wrap ({@code 22:00-6:00},
 * {@code fri-mon}, {@code nov-feb}). Fields left out hold always. All four must hold. The old separator {@code |} is read
 * too.
 */
public final class TimeCondition {
    private static final int MINUTES = 24 * 60;
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private final String text;
    private final BitSet minutes;
    private final BitSet weekdays;
    private final BitSet days;
    private final BitSet months;
    private final @Nullable ZoneId zone;
    private final List<String> faults;

    private TimeCondition(String text) {
        this.text = text;
        var found = new ArrayList<String>();
        String[] fields = (text.indexOf('|') >= 0 ? text.replace('|', ',') : text).split(",", 5);
        minutes = times(field(fields, 0), found);
        weekdays = ranges(field(fields, 1), 7, WEEKDAYS, "weekday", found);
        days = ranges(field(fields, 2), 31, List.of(), "day of the month", found);
        months = ranges(field(fields, 3), 12, MONTHS, "month", found);
        zone = zone(field(fields, 4), found);
        faults = List.copyOf(found);
    }

    /** Reads a condition. Nothing throws: a part that cannot be read is left out, as in Asterisk, and is in {@link #faults}. */
    public static TimeCondition of(String text) {
        return new TimeCondition(text.trim());
    }

    /** As written. */
    public String text() {
        return text;
    }

    /** What could not be read, in English; empty when all is well. */
    public List<String> faults() {
        return faults;
    }

    /** Whether it holds at a moment, seen in its own time zone if it names one, else in the moment's. */
    public boolean holds(ZonedDateTime moment) {
        ZonedDateTime local = zone == null ? moment : moment.withZoneSameInstant(zone);
        return months.get(local.getMonthValue() - 1)
                && days.get(local.getDayOfMonth() - 1)
                && weekdays.get(local.getDayOfWeek().getValue() % 7)
                && minutes.get(local.getHour() * 60 + local.getMinute());
    }

    private static String field(String[] fields, int index) {
        return index < fields.length ? fields[index].trim() : "";
    }

    private static boolean isAlways(String field) {
        return field.isEmpty() || field.equals("*");
    }

    private static BitSet times(String field, List<String> faults) {
        var set = new BitSet();
        if (isAlways(field)) {
            set.set(0, MINUTES);
            return set;
        }
        for (String part : field.split("&", -1)) {
            int dash = part.indexOf('-');
            int start = minute(dash < 0 ? part : part.substring(0, dash));
            int end = dash < 0 ? start : minute(part.substring(dash + 1));
            if (start < 0 || end < 0) faults.add("\"" + part.trim() + "\" is no time; write 9:00-17:00");
            else setRange(set, start, end, MINUTES);
        }
        return set;
    }

    private static int minute(String text) {
        String time = text.trim();
        int colon = time.indexOf(':');
        if (colon < 0) return -1;
        int hour = number(time.substring(0, colon));
        int minute = number(time.substring(colon + 1));
        return hour < 0 || hour > 23 || minute < 0 || minute > 59 ? -1 : hour * 60 + minute;
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 2) return -1;
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) < '0' || text.charAt(index) > '9') return -1;
        }
        return Integer.parseInt(text);
    }

    private static BitSet ranges(String field, int size, List<String> names, String what, List<String> faults) {
        var set = new BitSet();
        if (isAlways(field)) {
            set.set(0, size);
            return set;
        }
        for (String part : field.split("&", -1)) {
            int dash = part.indexOf('-');
            int start = item(dash < 0 ? part : part.substring(0, dash), size, names);
            int end = dash < 0 ? start : item(part.substring(dash + 1), size, names);
            if (start < 0 || end < 0) faults.add("\"" + part.trim() + "\" is no " + what);
            else setRange(set, start, end, size);
        }
        return set;
    }

    private static int item(String text, int size, List<String> names) {
        String word = text.trim().toLowerCase(Locale.ROOT);
        int named = names.indexOf(word);
        if (named >= 0) return named;
        int number = number(word);
        return number >= 1 && number <= size ? number - 1 : -1;
    }

    private static void setRange(BitSet set, int start, int end, int size) {
        if (start <= end) {
            set.set(start, end + 1);
        } else {
            set.set(start, size);
            set.set(0, end + 1);
        }
    }

    private static @Nullable ZoneId zone(String field, List<String> faults) {
        if (isAlways(field)) return null;
        try {
            return ZoneId.of(field);
        } catch (DateTimeException e) {
            faults.add("\"" + field + "\" is no time zone; write Europe/Paris");
            return null;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeCondition that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
