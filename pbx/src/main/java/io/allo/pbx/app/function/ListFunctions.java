package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.app.function.text.RawArguments;
import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Values that are lists: their fields cut out, counted, found, sorted, added and taken away. Any thread. */
final class ListFunctions {

    private final Values values;

    ListFunctions(Values values) {
        this.values = values;
    }

    void register(FunctionTable table) {
        table.readable("CUT", this::cut);
        table.readable("SORT", this::sort);
        table.readable("FIELDQTY", this::count);
        table.readable("FIELDNUM", this::find);
        table.readable("LISTFILTER", this::without);
        table.writable("PUSH", (call, data, value) -> add(call, data, value, false));
        table.writable("UNSHIFT", (call, data, value) -> add(call, data, value, true));
        table.readable("POP", (call, data) -> take(call, data, false));
        table.readable("SHIFT", (call, data) -> take(call, data, true));
    }

    private static List<String> fields(String value, char separator) {
        return value.isEmpty() ? List.of() : List.of(value.split("[" + quoted(separator) + "]", -1));
    }

    private static String quoted(char separator) {
        return "\\x{" + Integer.toHexString(separator) + "}";
    }

    private static String joined(List<String> fields, char separator) {
        return String.join(String.valueOf(separator), fields);
    }

    // ---- CUT

    /** CUT(name,separator,ranges): the fields numbered from 1, ranges as {@code 1-3&5}. */
    private String cut(Call call, String data) {
        var arguments = RawArguments.of(data, 3);
        var separator = arguments.character(1, '-');
        var fields = fields(values.of(call, arguments.get(0)), separator);
        var ranges = arguments.get(2).isBlank() ? "1" : arguments.get(2);
        var chosen = new ArrayList<String>();
        for (var range : ranges.split("&", -1)) {
            addRange(fields, range.strip(), chosen);
        }
        return joined(chosen, separator);
    }

    private static void addRange(List<String> fields, String range, List<String> chosen) {
        var dash = range.indexOf('-');
        var first = bound(dash < 0 ? range : range.substring(0, dash), 1);
        var last = bound(dash < 0 ? range : range.substring(dash + 1), fields.size());
        for (var index = Math.max(1, first); index <= Math.min(last, fields.size()); index++) {
            chosen.add(fields.get((int) index - 1));
        }
    }

    private static long bound(String text, long otherwise) {
        return text.isBlank() ? otherwise : Numbers.number(text, "a field's number");
    }

    // ---- SORT

    /** SORT(key:number,...): the keys in the order of their numbers. */
    private String sort(Call call, String data) {
        record Item(String key, double weight) {}
        var items = new ArrayList<Item>();
        for (var text : Arguments.of(data).all()) {
            var colon = text.indexOf(':');
            if (colon < 0) {
                throw new DialplanException("needs key:number, not \"" + text + "\"");
            }
            items.add(new Item(text.substring(0, colon), weight(text.substring(colon + 1))));
        }
        return items.stream()
                .sorted(Comparator.comparingDouble(Item::weight))
                .map(Item::key)
                .collect(Collectors.joining(","));
    }

    private static double weight(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException broken) {
            throw new DialplanException("\"" + text + "\" is no number");
        }
    }

    // ---- counting and finding

    private String count(Call call, String data) {
        var arguments = RawArguments.of(data, 2);
        var value = values.of(call, arguments.get(0));
        return String.valueOf(fields(value, arguments.character(1, ',')).size());
    }

    /** FIELDNUM(name,separator,value): which field has this value, counted from 1; 0 for none. */
    private String find(Call call, String data) {
        var arguments = RawArguments.of(data, 3);
        var fields = fields(values.of(call, arguments.get(0)), arguments.character(1, ','));
        return String.valueOf(fields.indexOf(arguments.get(2)) + 1);
    }

    /** LISTFILTER(name,separator,value): the list without that value. */
    private String without(Call call, String data) {
        var arguments = RawArguments.of(data, 3);
        var separator = arguments.character(1, ',');
        var fields = new ArrayList<>(fields(values.of(call, arguments.get(0)), separator));
        fields.removeIf(arguments.get(2)::equals);
        return joined(fields, separator);
    }

    // ---- adding and taking

    private void add(Call call, String data, String value, boolean first) {
        var arguments = RawArguments.of(data, 2);
        var separator = arguments.character(1, ',');
        var added = joined(Arguments.of(value).all(), separator);
        var before = values.of(call, arguments.get(0));
        if (before.isEmpty()) {
            values.set(call, arguments.get(0), added);
        } else {
            values.set(call, arguments.get(0), first ? added + separator + before : before + separator + added);
        }
    }

    private String take(Call call, String data, boolean first) {
        var arguments = RawArguments.of(data, 2);
        var separator = arguments.character(1, ',');
        var fields = new ArrayList<>(fields(values.of(call, arguments.get(0)), separator));
        if (fields.isEmpty()) {
            return "";
        }
        var taken = first ? fields.removeFirst() : fields.removeLast();
        values.set(call, arguments.get(0), joined(fields, separator));
        return taken;
    }

    /** The names of variables or functions in a list of arguments. */
    static List<String> names(String data) {
        return Arrays.stream(data.split(",", -1)).map(String::strip).toList();
    }
}
