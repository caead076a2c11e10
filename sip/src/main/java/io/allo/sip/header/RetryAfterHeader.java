package io.allo.sip.header;

import io.allo.sip.address.Parameters;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipText;
import org.jspecify.annotations.Nullable;

/** Retry-After: seconds to wait, an optional comment in parentheses, and a duration. RFC 3261 section 20.33. */
public record RetryAfterHeader(long seconds, @Nullable String comment, Parameters parameters) {

    /** That many seconds and nothing else. */
    public static RetryAfterHeader of(long seconds) {
        return new RetryAfterHeader(seconds, null, Parameters.EMPTY);
    }

    /** Reads one value; throws {@link SipParseException} where it is malformed. */
    public static RetryAfterHeader parse(String text) {
        int end = SipText.endOfToken(text, 0);
        long seconds = ValueList.number(text.substring(0, end));
        int i = SipText.skipSpace(text, end);
        String comment = null;
        if (i < text.length() && text.charAt(i) == '(') {
            int close = endOfComment(text, i);
            comment = text.substring(i + 1, close - 1);
            i = close;
        }
        return new RetryAfterHeader(seconds, comment, Parameters.parse(text, i));
    }

    /** Seconds the called party will be reachable for, -1 where not said. */
    public long duration() {
        String duration = parameters.value("duration");
        return duration == null ? -1 : ExpiresValue.seconds(duration);
    }

    @Override
    public String toString() {
        var out = new StringBuilder().append(seconds);
        if (comment != null) {
            out.append(" (").append(comment).append(')');
        }
        parameters.appendTo(out);
        return out.toString();
    }

    /** The index just after the comment that opens at {@code from}; comments nest. */
    private static int endOfComment(String text, int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '(' -> depth++;
                case ')' -> {
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
                default -> {
                    // part of the comment
                }
            }
        }
        throw new SipParseException("Unterminated comment", text, from);
    }
}
