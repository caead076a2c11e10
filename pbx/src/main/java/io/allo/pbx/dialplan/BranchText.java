package io.allo.pbx.dialplan;

/**
 * {@code condition?one:other}, the shape of GotoIf, GosubIf, GotoIfTime, ExecIf and IF(), taken apart at the first {@code ?}
 * and the first {@code :} behind it that stand outside variables, expressions, parentheses and quotes. Immutable.
 *
 * @param condition what is before the question mark
 * @param yes what is behind it
 * @param no what is behind the colon, empty where there is none
 */
public record BranchText(String condition, String yes, String no) {
    /** Takes a text apart; without a question mark all of it is the condition. */
    public static BranchText of(String text) {
        int question = outside(text, 0, '?');
        if (question < 0) return new BranchText(text.trim(), "", "");
        int colon = outside(text, question + 1, ':');
        String yes = text.substring(question + 1, colon < 0 ? text.length() : colon);
        String no = colon < 0 ? "" : text.substring(colon + 1);
        return new BranchText(text.substring(0, question).trim(), yes.trim(), no.trim());
    }

    /** The index of a character outside nested text, or, where a nested text never closes, of any; -1 for none. */
    private static int outside(String text, int start, char wanted) {
        int level = 0;
        boolean quoted = false;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == wanted && level == 0 && !quoted) return at;
            if (c == '"') quoted = !quoted;
            else if ("([{".indexOf(c) >= 0) level++;
            else if (")]}".indexOf(c) >= 0) level = Math.max(0, level - 1);
        }
        return level > 0 || quoted ? text.indexOf(wanted, start) : -1;
    }
}
