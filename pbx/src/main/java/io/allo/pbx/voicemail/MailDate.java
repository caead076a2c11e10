package io.allo.pbx.voicemail;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Times in mails by the letters of strftime (POSIX), in a language. No state. */
final class MailDate {

    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('A', "EEEE"),
            Map.entry('a', "EEE"),
            Map.entry('B', "MMMM"),
            Map.entry('b', "MMM"),
            Map.entry('h', "MMM"),
            Map.entry('c', "EEE d MMM yyyy HH:mm:ss"),
            Map.entry('D', "MM/dd/yy"),
            Map.entry('d', "dd"),
            Map.entry('e', "ppd"),
            Map.entry('F', "yyyy-MM-dd"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('j', "DDD"),
            Map.entry('k', "ppH"),
            Map.entry('l', "pph"),
            Map.entry('M', "mm"),
            Map.entry('m', "MM"),
            Map.entry('p', "a"),
            Map.entry('R', "HH:mm"),
            Map.entry('r', "hh:mm:ss a"),
            Map.entry('S', "ss"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('X', "HH:mm:ss"),
            Map.entry('x', "dd/MM/yyyy"),
            Map.entry('Y', "yyyy"),
            Map.entry('y', "yy"),
            Map.entry('Z', "zzz"),
            Map.entry('z', "xx"));

    private MailDate() {}

    static String format(ZonedDateTime when, String format, Locale locale) {
        var text = new StringBuilder();
        for (var i = 0; i < format.length(); i++) {
            var c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            var letter = format.charAt(++i);
            var pattern = PATTERNS.get(letter);
            text.append(
                    pattern != null
                            ? DateTimeFormatter.ofPattern(pattern, locale).format(when)
                            : letter == '%' ? "%" : letter == 'n' ? "\n" : letter == 't' ? "\t" : "%" + letter);
        }
        return text.toString();
    }
}
