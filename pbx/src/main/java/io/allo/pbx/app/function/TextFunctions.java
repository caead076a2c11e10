package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.FormatText;
import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.app.function.text.Patterns;
import io.allo.pbx.app.function.text.RawArguments;
import io.allo.pbx.call.Call;
import io.allo.pbx.conf.PosixRegex;
import io.allo.pbx.dialplan.DialplanException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Texts: how long, in which letters, with what replaced. Any thread. */
final class TextFunctions {

    private final Values values;

    TextFunctions(Values values) {
        this.values = values;
    }

    void register(FunctionTable table) {
        table.readable("LEN", (call, text) -> String.valueOf(text.codePointCount(0, text.length())));
        table.readable("TOUPPER", (call, text) -> text.toUpperCase(Locale.ROOT));
        table.readable("TOLOWER", (call, text) -> text.toLowerCase(Locale.ROOT));
        table.readable("TRIM", (call, text) -> text.strip());
        table.readable("LTRIM", (call, text) -> text.stripLeading());
        table.readable("RTRIM", (call, text) -> text.stripTrailing());
        table.readable("FILTER", this::filter);
        table.readable("REPLACE", this::replace);
        table.readable("STRREPLACE", this::replaceText);
        table.readable("STRBETWEEN", this::between);
        table.readable("REGEX", this::regex);
        table.readable("QUOTE", (call, text) -> quoted(text));
        table.readable("CSV_QUOTE", (call, text) -> "\"" + text.replace("\"", "\"\"") + "\"");
        table.readable("SPRINTF", (call, data) -> FormatText.format(data));
        table.readable("KEYPADHASH", (call, text) -> keypad(text));
    }

    /** FILTER(allowed,text): only the allowed characters, ranges as {@code a-z}, {@code \-} for the hyphen itself. */
    private String filter(Call call, String data) {
        var arguments = RawArguments.of(data, 2);
        if (arguments.count() < 2) {
            throw new DialplanException("needs the allowed characters and a text");
        }
        var allowed = characters(arguments.get(0));
        var result = new StringBuilder();
        arguments.get(1).chars().filter(allowed::contains).forEach(c -> result.append((char) c));
        return result.toString();
    }

    private static Set<Integer> characters(String text) {
        var set = new TreeSet<Integer>();
        for (var at = 0; at < text.length(); ) {
            var end = unitEnd(text, at);
            int first = RawArguments.decoded(text.substring(at, end)).charAt(0);
            at = end;
            if (at + 1 < text.length() && text.charAt(at) == '-') {
                end = unitEnd(text, at + 1);
                int last = RawArguments.decoded(text.substring(at + 1, end)).charAt(0);
                for (var c = first; c <= last; c++) {
                    set.add(c);
                }
                at = end;
            } else {
                set.add(first);
            }
        }
        return set;
    }

    /** The index behind the character or escape at {@code at}. */
    private static int unitEnd(String text, int at) {
        if (text.charAt(at) != '\\' || at + 1 >= text.length()) {
            return at + 1;
        }
        var end = at + 2;
        if (text.charAt(at + 1) == 'x') {
            while (end < text.length() && end < at + 4 && Character.digit(text.charAt(end), 16) >= 0) {
                end++;
            }
        }
        return end;
    }

    /** REPLACE(name,characters[,other]): each of the characters replaced by another, or dropped. */
    private String replace(Call call, String data) {
        var arguments = RawArguments.of(data, 3);
        var value = values.of(call, arguments.get(0));
        var wanted = characters(arguments.get(1));
        var other = arguments.get(2).isEmpty()
                ? ""
                : RawArguments.decoded(arguments.get(2)).substring(0, 1);
        var result = new StringBuilder();
        for (var index = 0; index < value.length(); index++) {
            var c = value.charAt(index);
            if (wanted.contains((int) c)) {
                result.append(other);
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }

    /** STRREPLACE(name,text[,other[,count]]). */
    private String replaceText(Call call, String data) {
        var arguments = RawArguments.of(data, 4);
        var value = values.of(call, arguments.get(0));
        var wanted = RawArguments.decoded(arguments.get(1));
        if (wanted.isEmpty()) {
            throw new DialplanException("needs a text to find");
        }
        var other = RawArguments.decoded(arguments.get(2));
        var most = arguments.get(3).isBlank() ? Long.MAX_VALUE : Numbers.number(arguments.get(3), "the count");
        var result = new StringBuilder();
        var from = 0;
        for (var at = value.indexOf(wanted); at >= 0 && most > 0; at = value.indexOf(wanted, from), most--) {
            result.append(value, from, at).append(other);
            from = at + wanted.length();
        }
        return result.append(value.substring(from)).toString();
    }

    /** STRBETWEEN(name,begin,end): what is between the first of two texts and the next of the other. */
    private String between(Call call, String data) {
        var arguments = RawArguments.of(data, 3);
        var value = values.of(call, arguments.get(0));
        var begin = RawArguments.decoded(arguments.get(1));
        var end = RawArguments.decoded(arguments.get(2));
        var start = value.indexOf(begin);
        if (start < 0 || begin.isEmpty() || end.isEmpty()) {
            return "";
        }
        var stop = value.indexOf(end, start + begin.length());
        return stop < 0 ? "" : value.substring(start + begin.length(), stop);
    }

    /** REGEX("expression" text): 1 if it matches anywhere, else 0. */
    private String regex(Call call, String data) {
        var open = data.indexOf('"');
        var close = open < 0 ? -1 : closing(data, open + 1);
        if (close < 0) {
            throw new DialplanException("needs \"expression\" text");
        }
        var text = data.substring(close + 1);
        PosixRegex pattern = Patterns.compile(data.substring(open + 1, close).replace("\\\"", "\""), false);
        return Patterns.finds(pattern, text.startsWith(" ") ? text.substring(1) : text) ? "1" : "0";
    }

    private static int closing(String data, int from) {
        for (var at = from; at < data.length(); at++) {
            if (data.charAt(at) == '\\') {
                at++;
            } else if (data.charAt(at) == '"') {
                return at;
            }
        }
        return -1;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** The keys on which a word stands: 2 for a, b and c. Others than letters and digits are dropped. */
    private static String keypad(String text) {
        var result = new StringBuilder();
        for (var index = 0; index < text.length(); index++) {
            var c = Character.toLowerCase(text.charAt(index));
            if (c >= 'a' && c <= 'z') {
                result.append("22233344455566677778889999".charAt(c - 'a'));
            } else if (c >= '0' && c <= '9' || c == '*' || c == '#') {
                result.append(c);
            }
        }
        return result.toString();
    }
}
