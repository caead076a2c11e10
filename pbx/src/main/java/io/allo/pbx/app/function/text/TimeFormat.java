package io.allo.pbx.app.function.text;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** A moment by a format of C's strftime in the C locale, with Asterisk's {@code %q}: milliseconds, {@code %3q}. Stateless. */
public final class TimeFormat {

    private TimeFormat() {}

    /** The moment in its own zone; what is no conversion stays as it is. */
    public static String format(ZonedDateTime moment, String format) {
        var result = new StringBuilder();
        for (var at = 0; at < format.length(); at++) {
            var c = format.charAt(at);
            if (c != '%' || at + 1 == format.length()) {
                result.append(c);
                continue;
            }
            var digits = 3;
            c = format.charAt(++at);
            while (at + 1 < format.length() && "EO_-0^#123456789".indexOf(c) >= 0) {
                if (c >= '1' && c <= '9') {
                    digits = c - '0';
                }
                c = format.charAt(++at);
            }
            result.append(c == 'q' ? fraction(moment, digits) : conversion(moment, c));
        }
        return result.toString();
    }

    private static String fraction(ZonedDateTime moment, int digits) {
        return String.format(Locale.ROOT, "%09d", moment.getNano()).substring(0, digits);
    }

    private static String conversion(ZonedDateTime t, char c) {
        return switch (c) {
            case 'c' -> format(t, "%a %b %e %H:%M:%S %Y");
            case 'D', 'x' -> format(t, "%m/%d/%y");
            case 'F' -> format(t, "%Y-%m-%d");
            case 'R' -> format(t, "%H:%M");
            case 'r' -> format(t, "%I:%M:%S %p");
            case 'T', 'X' -> format(t, "%H:%M:%S");
            case '+' -> format(t, "%a %b %e %H:%M:%S %Z %Y");
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 'a', 'A', 'b', 'B', 'h', 'p', 'P', 'Z', 'z' -> word(t, c);
            default -> number(t, c);
        };
    }

    private static String word(ZonedDateTime t, char c) {
        return switch (c) {
            case 'a' -> t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' ->
                t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case 'B' -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'p' -> t.getHour() < 12 ? "AM" : "PM";
            case 'P' -> t.getHour() < 12 ? "am" : "pm";
            case 'Z' ->
                java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                        .format(t);
            default ->
                t.getOffset().getTotalSeconds() == 0
                        ? "+0000"
                        : t.getOffset().getId().replace(":", "");
        };
    }

    private static String number(ZonedDateTime t, char c) {
        var hour12 = t.getHour() % 12 == 0 ? 12 : t.getHour() % 12;
        var sunday = t.getDayOfWeek().getValue() % 7;
        var monday = t.getDayOfWeek().getValue() - 1;
        return switch (c) {
            case 'C' -> padded(t.getYear() / 100, 2, '0');
            case 'd' -> padded(t.getDayOfMonth(), 2, '0');
            case 'e' -> padded(t.getDayOfMonth(), 2, ' ');
            case 'G' -> String.valueOf(t.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> padded(t.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, '0');
            case 'H' -> padded(t.getHour(), 2, '0');
            case 'I' -> padded(hour12, 2, '0');
            case 'j' -> padded(t.getDayOfYear(), 3, '0');
            case 'k' -> padded(t.getHour(), 2, ' ');
            case 'l' -> padded(hour12, 2, ' ');
            case 'm' -> padded(t.getMonthValue(), 2, '0');
            case 'M' -> padded(t.getMinute(), 2, '0');
            case 'S' -> padded(t.getSecond(), 2, '0');
            case 's' -> String.valueOf(t.toEpochSecond());
            case 'u' -> String.valueOf(monday + 1);
            case 'U' -> padded((t.getDayOfYear() - 1 + 7 - sunday) / 7, 2, '0');
            case 'V' -> padded(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0');
            case 'w' -> String.valueOf(sunday);
            case 'W' -> padded((t.getDayOfYear() - 1 + 7 - monday) / 7, 2, '0');
            case 'y' -> padded(t.getYear() % 100, 2, '0');
            case 'Y' -> String.valueOf(t.getYear());
            default -> "%" + c;
        };
    }

    private static String padded(int value, int width, char with) {
        var text = String.valueOf(value);
        return String.valueOf(with).repeat(Math.max(0, width - text.length())) + text;
    }
}
