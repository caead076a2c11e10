package io.allo.pbx.dialplan;

import org.jspecify.annotations.Nullable;

/**
 * The replacing of {@code ${...}} and {@code $[...]} in the data of a priority. Pure but for what the scope does; any
 * thread.
 *
 * <p>{@code ${NAME}}, {@code ${NAME:offset:length}} with negative numbers counted from the end, {@code ${FUNC(args)}}, and
 * {@code $[expression]}; what is nested inside is replaced first ({@code ${${A}B}}). A value that was put in is not looked
 * through again. {@code \${} and {@code \$[} stand for themselves. Offsets count characters (Unicode code points), where
 * Asterisk counts bytes. A value in the place of a number in a dial string brings no separators in ({@link DialStringGuard}).
 */
public final class Substitution {
    /** How deep {@code ${ }} and {@code $[ ]} may nest. */
    public static final int MAX_DEPTH = 64;

    /** The longest result. */
    public static final int MAX_RESULT_CHARS = 262_144;

    /** How many replacements one text may ask for. */
    public static final int MAX_REPLACEMENTS = 10_000;

    private final VariableScope scope;
    private int replacements;

    private Substitution(VariableScope scope) {
        this.scope = scope;
    }

    /**
     * The text with everything replaced.
     *
     * @throws DialplanException for a function that the scope refuses, or when a limit is exceeded
     */
    public static String replace(String text, VariableScope scope) {
        return text.indexOf('$') < 0 ? text : new Substitution(scope).replace(text, 0);
    }

    private String replace(String text, int depth) {
        int dollar = text.indexOf('$');
        if (dollar < 0) return text;
        if (depth > MAX_DEPTH) throw new DialplanException("${ } and $[ ] nest more than " + MAX_DEPTH + " deep");
        var result = new StringBuilder();
        int copied = 0;
        while (dollar >= 0) {
            char open = dollar + 1 < text.length() ? text.charAt(dollar + 1) : 0;
            boolean opens = open == '{' || open == '[';
            if (!opens) {
                dollar = text.indexOf('$', dollar + 1);
                continue;
            }
            if (dollar > copied && text.charAt(dollar - 1) == '\\') {
                append(result, text, copied, dollar - 1);
                append(result, text, dollar, dollar + 2);
                copied = dollar + 2;
                dollar = text.indexOf('$', copied);
                continue;
            }
            append(result, text, copied, dollar);
            int end = closing(text, dollar + 2, open);
            String inner = text.substring(dollar + 2, Math.min(end, text.length()));
            if (end >= text.length()) {
                scope.warning("$" + open + " is not closed by " + (open == '{' ? '}' : ']') + " in: " + text);
            }
            String value = open == '{' ? value(inner, depth) : expression(inner, depth);
            copied = Math.min(end + 1, text.length());
            if (depth == 0) value = DialStringGuard.guarded(result, value, text.substring(copied));
            append(result, value, 0, value.length());
            dollar = text.indexOf('$', copied);
        }
        append(result, text, copied, text.length());
        return result.toString();
    }

    private static void append(StringBuilder result, String text, int start, int end) {
        if (result.length() + end - start > MAX_RESULT_CHARS) {
            throw new DialplanException(
                    "after replacing variables the text exceeds " + MAX_RESULT_CHARS + " characters");
        }
        result.append(text, start, end);
    }

    /** The index of the bracket that closes one opened before {@code start}; the text's length where there is none. */
    public static int closing(String text, int start, char open) {
        var openers = new StringBuilder().append(open);
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            char innermost = openers.charAt(openers.length() - 1);
            char following = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            if (c == '$' && (following == '{' || following == '[')) {
                openers.append(following);
                at++;
            } else if (c == innermost) {
                openers.append(c);
            } else if (c == (innermost == '{' ? '}' : ']')) {
                openers.setLength(openers.length() - 1);
                if (openers.isEmpty()) return at;
            }
        }
        return text.length();
    }

    private void count() {
        if (++replacements > MAX_REPLACEMENTS) {
            throw new DialplanException("one line asks for more than " + MAX_REPLACEMENTS + " replacements");
        }
    }

    private String expression(String inner, int depth) {
        count();
        String text = replace(inner, depth + 1);
        try {
            return Expression.evaluate(text, scope);
        } catch (ExpressionException e) {
            scope.warning(e.getMessage() + "; the result is 0");
            return "0";
        }
    }

    private String value(String inner, int depth) {
        count();
        String text = replace(inner, depth + 1);
        int colon = sliceColon(text);
        String reference = colon < 0 ? text : text.substring(0, colon);
        String value = lookUp(reference);
        return colon < 0 ? value : slice(value, text.substring(colon + 1));
    }

    private String lookUp(String reference) {
        int open = reference.indexOf('(');
        @Nullable String value;
        if (open < 0) {
            value = scope.variable(reference.trim());
        } else {
            int close = reference.lastIndexOf(')');
            if (close < open) scope.warning("( is not closed by ) in ${" + reference + "}");
            String arguments = reference.substring(open + 1, close < open ? reference.length() : close);
            value = scope.function(reference.substring(0, open).trim(), arguments);
        }
        return value == null ? "" : value;
    }

    /** The colon before offset and length: the first outside parentheses. */
    private static int sliceColon(String text) {
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '(') depth++;
            else if (c == ')') depth--;
            else if (c == ':' && depth <= 0) return at;
        }
        return -1;
    }

    /** {@code offset[:length]}; what is no number ends the reading, as in Asterisk: {@code ${X::3}} is all of X. */
    private static String slice(String value, String numbers) {
        int colon = numbers.indexOf(':');
        Integer offset = number(colon < 0 ? numbers : numbers.substring(0, colon));
        Integer length = colon < 0 || offset == null ? null : number(numbers.substring(colon + 1));
        return slice(value, offset == null ? 0 : offset, length == null ? Integer.MAX_VALUE : length);
    }

    /**
     * Part of a value.
     *
     * @param offset characters to skip; negative: how many of the end to keep
     * @param length characters to keep; negative: how many of the end to drop
     */
    static String slice(String value, int offset, int length) {
        int count = value.codePointCount(0, value.length());
        long start = offset < 0 ? Math.max(0, (long) count + offset) : Math.min(count, offset);
        long end = length < 0 ? Math.max(start, (long) count + length) : Math.min(count, start + length);
        int from = value.offsetByCodePoints(0, (int) start);
        return value.substring(from, value.offsetByCodePoints(from, (int) (end - start)));
    }

    private static int numberOf(String digits, boolean negative) {
        long value = 0;
        for (int index = 0; index < digits.length(); index++) {
            value = Math.min(Integer.MAX_VALUE, value * 10 + digits.charAt(index) - '0');
        }
        return (int) (negative ? -value : value);
    }

    /** A leading number, blanks before it skipped, what follows ignored; null if there is none. */
    private static @Nullable Integer number(String text) {
        String trimmed = text.trim();
        int at = 0;
        boolean negative = trimmed.startsWith("-");
        if (negative || trimmed.startsWith("+")) at++;
        int end = at;
        while (end < trimmed.length() && trimmed.charAt(end) >= '0' && trimmed.charAt(end) <= '9') end++;
        return end == at ? null : numberOf(trimmed.substring(at, end), negative);
    }
}
