package io.allo.pbx.app.function;

import java.util.Locale;

/** Numbers written as C writes them, whatever the system's language. Stateless. */
final class Texts {

    private Texts() {}

    /** With a point and so many decimals. */
    static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
