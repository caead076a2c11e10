package io.allo.pbx.app.dial.feature;

import org.jspecify.annotations.Nullable;

/**
 * A line of {@code [applicationmap]}: {@code name => keys,self|peer,Application(arguments),musicclass}. Immutable.
 *
 * @param keys what is pressed
 * @param onPeer the application runs on the other side, not on who pressed
 * @param arguments with variables, which are put in when it runs
 * @param musicClass what the side hears meanwhile on which it does not run; empty: nothing
 */
record AppFeature(String name, String keys, boolean onPeer, String application, String arguments, String musicClass) {

    /** Reads what stands behind the arrow; null if it can't be read. */
    static @Nullable AppFeature parse(String name, String text) {
        var fields = text.split(",", 3);
        if (fields.length < 3) {
            return null;
        }
        var keys = fields[0].strip();
        var side = fields[1].strip().replaceFirst("/.*", "");
        var rest = fields[2].strip();
        var nameEnd = 0;
        while (nameEnd < rest.length()
                && (Character.isLetterOrDigit(rest.charAt(nameEnd)) || rest.charAt(nameEnd) == '_')) {
            nameEnd++;
        }
        var application = rest.substring(0, nameEnd);
        var behind = rest.substring(nameEnd).strip();
        if (!FeatureSettings.isKeys(keys) || application.isEmpty() || !side.matches("(?i)self|peer")) {
            return null;
        }
        var split = behind.isEmpty() ? new String[] {"", ""} : arguments(behind);
        return split == null
                ? null
                : new AppFeature(name, keys, side.equalsIgnoreCase("peer"), application, split[0], split[1]);
    }

    /** The arguments and the class behind them: {@code (a,b),class}, {@code ,"a,b",class} or {@code ,a,class}. */
    private static String @Nullable [] arguments(String behind) {
        var bracketed = behind.startsWith("(");
        if (!bracketed && !behind.startsWith(",")) {
            return null;
        }
        var text = bracketed ? behind : behind.substring(1).strip();
        var end = bracketed ? closing(text) : text.startsWith("\"") ? text.indexOf('"', 1) : -1;
        if (end < 0) {
            var plain = text.split(",", 2);
            return bracketed || text.startsWith("\"")
                    ? null
                    : new String[] {plain[0].strip(), plain.length > 1 ? plain[1].strip() : ""};
        }
        return new String[] {
            text.substring(1, end),
            text.substring(end + 1).replaceFirst("^\\s*,", "").strip()
        };
    }

    private static int closing(String text) {
        var depth = 0;
        for (var i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    AppFeature withKeys(String other) {
        return new AppFeature(name, other, onPeer, application, arguments, musicClass);
    }
}
