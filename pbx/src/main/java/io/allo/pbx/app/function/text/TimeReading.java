package io.allo.pbx.app.function.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A date read by a format of C's strptime in the C locale. Used by one thread, once. */
public final class TimeReading {

    private final String text;
    private int at;
    private int year = 1970;
    private int month = 1;
    private int day = 1;
    private int hour;
    private int minute;
    private int second;
    private @Nullable Boolean afternoon;
    private @Nullable Instant instant;
    private @Nullable ZoneOffset offset;

    private TimeReading(String text) {
        this.text = text;
    }

    /** The moment, empty where the text does not follow the format. What the format leaves out is as at 1970-01-01 00:00. */
    public static Optional<Instant> read(String text, String format, ZoneId zone) {
        var reading = new TimeReading(text);
        if (!reading.follow(format)) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.moment(zone));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    private Instant moment(ZoneId zone) {
        if (instant != null) {
            return instant;
        }
        var hours = afternoon == null ? hour : hour % 12 + (afternoon ? 12 : 0);
        var local = LocalDateTime.of(year, month, day, hours, minute, Math.min(59, second));
        return local.atZone(offset == null ? zone : offset).toInstant();
    }

    private boolean follow(String format) {
        for (var index = 0; index < format.length(); index++) {
            var c = format.charAt(index);
            if (Character.isWhitespace(c)) {
                skipBlanks();
            } else if (c != '%' || index + 1 == format.length()) {
                if (at >= text.length() || text.charAt(at++) != c) {
                    return false;
                }
            } else if (!field(format.charAt(++index))) {
                return false;
            }
        }
        return true;
    }

    private boolean field(char c) {
        return switch (c) {
            case 'c' -> follow("%a %b %e %H:%M:%S %Y");
            case 'D', 'x' -> follow("%m/%d/%y");
            case 'F' -> follow("%Y-%m-%d");
            case 'R' -> follow("%H:%M");
            case 'r' -> follow("%I:%M:%S %p");
            case 'T', 'X' -> follow("%H:%M:%S");
            case 'n', 't' -> skipBlanks();
            case '%' -> follow("%");
            case 'a', 'A' -> name("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday") >= 0;
            case 'b', 'B', 'h' -> month();
            case 'p', 'P' -> halfDay();
            case 'z' -> offset();
            case 's' -> seconds();
            default -> number(c);
        };
    }

    private boolean skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return true;
    }

    private boolean number(char c) {
        var value = digits(c == 'Y' ? 4 : c == 'j' ? 3 : 2);
        if (value < 0) {
            return false;
        }
        switch (c) {
            case 'Y' -> year = value;
            case 'y' -> year = value < 69 ? 2000 + value : 1900 + value;
            case 'C' -> year = value * 100;
            case 'm' -> month = value;
            case 'd', 'e' -> day = value;
            case 'H', 'k', 'I', 'l' -> hour = value;
            case 'M' -> minute = value;
            case 'S' -> second = value;
            case 'j', 'u', 'U', 'V', 'w', 'W', 'g' -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private int digits(int most) {
        skipBlanks();
        var start = at;
        var value = 0;
        while (at < text.length() && at - start < most && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + text.charAt(at++) - '0';
        }
        return at == start ? -1 : value;
    }

    /** The index of the name that comes, whole or its first three letters; -1 for none. */
    private int name(String... names) {
        skipBlanks();
        var rest = text.substring(at).toLowerCase(Locale.ROOT);
        for (var index = 0; index < names.length; index++) {
            if (rest.startsWith(names[index])) {
                at += names[index].length();
                return index;
            }
        }
        for (var index = 0; index < names.length; index++) {
            if (rest.startsWith(names[index].substring(0, 3))) {
                at += 3;
                return index;
            }
        }
        return -1;
    }

    private boolean month() {
        var names = new String[12];
        for (var each : Month.values()) {
            names[each.ordinal()] = each.name().toLowerCase(Locale.ROOT);
        }
        month = name(names) + 1;
        return month > 0;
    }

    private boolean halfDay() {
        skipBlanks();
        if (at + 2 > text.length()) {
            return false;
        }
        var half = text.substring(at, at + 2).toLowerCase(Locale.ROOT);
        at += 2;
        afternoon = half.equals("pm");
        return half.equals("pm") || half.equals("am");
    }

    private boolean offset() {
        skipBlanks();
        var end = Math.min(text.length(), at + 5);
        var written = text.substring(at, end);
        if (!written.matches("[-+][0-9]{4}")) {
            return false;
        }
        at = end;
        offset = ZoneOffset.of(written);
        return true;
    }

    private boolean seconds() {
        skipBlanks();
        var start = at;
        while (at < text.length() && at - start < 12 && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            return false;
        }
        instant = Instant.ofEpochSecond(Long.parseLong(text.substring(start, at)));
        return true;
    }
}
