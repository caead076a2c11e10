package io.allo.pbx.app.function;

import io.allo.pbx.conf.PosixRegex;
import io.allo.pbx.dialplan.DialplanException;

/** POSIX extended regular expressions, the complaint of a broken one made the dialplan's. Stateless. */
final class Patterns {

    private Patterns() {}

    static PosixRegex compile(String expression, boolean ignoreCase) {
        try {
            return PosixRegex.compile(expression, ignoreCase);
        } catch (PosixRegex.SyntaxException broken) {
            throw new DialplanException("\"" + expression + "\" is no regular expression: " + broken.getMessage());
        }
    }

    static boolean finds(PosixRegex pattern, String text) {
        return pattern.find(text).isPresent();
    }
}
