package io.allo.pbx.dialplan;

import java.util.regex.Pattern;

/**
 * A variable in the place of a number, {@code PJSIP/${NUMBER}@trunk}, brings no separators into the dial string: where its value
 * holds {@code & , | ^ @ / ( ) [ ] " \} or a control character, each is written as in a URI ({@code %26}). So no value, wherever it
 * comes from, makes two targets or another argument of one number (AST-2010-002). A variable that stands for whole targets, {@code
 * Dial(${PHONES})}, is put in as it is, and {@code PJSIP/endpoint/${ADDRESS}} may be a whole address. Stateless.
 */
final class DialStringGuard {

    private static final String SEPARATORS = "&,|^()[]\"\\";

    /** What separates a number from its endpoint, but belongs into an address. */
    private static final String OF_ADDRESSES = "@/";

    /** The target that the value stands in, up to the value. */
    private static final Pattern BEFORE =
            Pattern.compile("(?:^|[&,(:?=])\\s*(?i:PJSIP|SIP|IAX2|DAHDI|Local)/[^&,]*$", Pattern.DOTALL);

    /** The same, behind the endpoint: {@code SIP/provider/${NUMBER}}. */
    private static final Pattern BEHIND_ENDPOINT =
            Pattern.compile("(?:^|[&,(:?=])\\s*(?i:PJSIP|SIP|IAX2|DAHDI)/[^&,/]+/[^&,]*$", Pattern.DOTALL);

    /** What follows the value, up to the target's end: variables, then plain text and the @. */
    private static final Pattern AFTER = Pattern.compile("^(?:\\$\\{[^{}]*\\}|[^&,@$])*@", Pattern.DOTALL);

    private DialStringGuard() {}

    /** The value as it may stand between what is before and behind it. */
    static String guarded(CharSequence before, String value, String after) {
        if (value.chars().noneMatch(c -> separates(c, SEPARATORS + OF_ADDRESSES))) {
            return value;
        }
        if (AFTER.matcher(after).find() && BEFORE.matcher(before).find()) {
            return inert(value, SEPARATORS + OF_ADDRESSES);
        }
        return BEHIND_ENDPOINT.matcher(before).find() ? inert(value, SEPARATORS) : value;
    }

    private static String inert(String value, String separators) {
        var inert = new StringBuilder();
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (separates(c, separators)) {
                inert.append("%%%02X".formatted((int) c));
            } else {
                inert.append(c);
            }
        }
        return inert.toString();
    }

    private static boolean separates(int c, String separators) {
        return separators.indexOf(c) >= 0 || c < ' ';
    }
}
