package io.allo.pbx.app.function.text;

import io.allo.pbx.conf.PosixRegex;
import io.allo.pbx.dialplan.DialplanException;

/** POSIX extended regular expressions, the complaint of a broken one made the dialplan's. Stateless. */
public final class Patterns {

    private Patterns() {}

    /** The compiled expression. @throws DialplanException if it is none */
    public static PosixRegex compile(String expression, boolean ignoreCase) {
        try {
            return PosixRegex.compile(expression, ignoreCase);
        } catch (PosixRegex.SyntaxException broken) {
            throw new DialplanException("\"" + expression + "\" is no regular expression: " + broken.getMessage());
        }
    }

    /** Whether it matches anywhere. */
    public static boolean finds(PosixRegex pattern, String text) {
        return pattern.find(text).isPresent();
    }
}
