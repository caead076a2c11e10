package io.allo.pbx.dialplan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code Application(data)} as written in a priority or in ExecIf, Exec and TryExec. Immutable.
 *
 * <p>The old {@code Application,data} is read too, and in old files {@code |} as the separator of arguments: only where no
 * comma separates, and not for applications whose text may well contain one.
 *
 * @param name the application's name
 * @param data what is between the parentheses
 * @param faults what looked wrong, as codes of {@link Fault}
 */
public record ApplicationCall(String name, String data, List<Fault> faults) {
    /** What may look wrong in a call of an application. */
    public enum Fault {
        /** There is no name. */
        EMPTY,
        /** The parenthesis is not closed. */
        UNCLOSED,
        /** Something follows the closing parenthesis; it is ignored. */
        TRAILING,
        /** Written {@code App,data}, as before 1.6. */
        OLD_FORM,
        /** Arguments were separated by {@code |}, as before 1.6. */
        OLD_SEPARATOR,
        /** The name itself holds a variable. */
        VARIABLE_NAME
    }

    private static final Set<String> BAR_IS_TEXT = Set.of(
            "set",
            "mset",
            "noop",
            "verbose",
            "log",
            "system",
            "trysystem",
            "execif",
            "exec",
            "tryexec",
            "userevent",
            "sendtext",
            "messagesend",
            "return",
            "queuelog",
            "externalivr",
            "celgenuserevent",
            "mixmonitor",
            "monitor");

    public ApplicationCall {
        faults = List.copyOf(faults);
    }

    /** Reads a call. Nothing throws; an empty text gives an empty name. */
    public static ApplicationCall of(String text) {
        String call = text.trim();
        var faults = new ArrayList<Fault>();
        int end = endOfName(call);
        String name = call.substring(0, end).trim();
        if (name.contains("${") || name.contains("$[")) {
            return new ApplicationCall(call, "", List.of(Fault.VARIABLE_NAME));
        }
        if (name.isEmpty()) faults.add(Fault.EMPTY);
        String data = "";
        if (end < call.length() && call.charAt(end) == '(') {
            int close = call.lastIndexOf(')');
            if (close < end) faults.add(Fault.UNCLOSED);
            else if (!call.substring(close + 1).isBlank()) faults.add(Fault.TRAILING);
            data = call.substring(end + 1, close < end ? call.length() : close);
        } else if (end < call.length()) {
            faults.add(Fault.OLD_FORM);
            data = call.substring(end + 1);
        }
        boolean bars =
                !BAR_IS_TEXT.contains(name.toLowerCase(Locale.ROOT)) && hasOutside(data, '|') && !hasOutside(data, ',');
        if (bars) faults.add(Fault.OLD_SEPARATOR);
        return new ApplicationCall(name, bars ? replaceOutside(data) : data, faults);
    }

    private static int endOfName(String call) {
        int end = 0;
        while (end < call.length() && "(,|".indexOf(call.charAt(end)) < 0) {
            boolean opens = call.startsWith("${", end) || call.startsWith("$[", end);
            end = opens
                    ? Math.min(call.length(), Substitution.closing(call, end + 2, call.charAt(end + 1)) + 1)
                    : end + 1;
        }
        return end;
    }

    private static boolean hasOutside(String data, char wanted) {
        for (int at = 0; at < data.length(); at = after(data, at)) {
            if (data.charAt(at) == wanted) return true;
        }
        return false;
    }

    private static String replaceOutside(String data) {
        var result = new StringBuilder();
        for (int at = 0; at < data.length(); ) {
            int next = after(data, at);
            result.append(data.charAt(at) == '|' ? "," : data.substring(at, next));
            at = next;
        }
        return result.toString();
    }

    /** The index behind the character, variable, expression, quoted text or parenthesis at {@code at}. */
    private static int after(String data, int at) {
        char c = data.charAt(at);
        if (c == '\\') return Math.min(at + 2, data.length());
        if (c == '"') {
            int close = data.indexOf('"', at + 1);
            return close < 0 ? at + 1 : close + 1;
        }
        if (data.startsWith("${", at) || data.startsWith("$[", at)) {
            return Math.min(data.length(), Substitution.closing(data, at + 2, data.charAt(at + 1)) + 1);
        }
        if (c != '(') return at + 1;
        int level = 1;
        int end = at + 1;
        for (; end < data.length() && level > 0; end++) {
            if (data.charAt(end) == '(') level++;
            else if (data.charAt(end) == ')') level--;
        }
        return level == 0 ? end : at + 1;
    }
}
