package io.allo.pbx.dialplan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A value in an expression: a number, or a string that keeps its quotes. A number as written keeps its text until it is
 * calculated with, so {@code $[007]} is 007 and {@code $[007 + 0]} is 7. Immutable.
 *
 * <p>Numbers are decimal with {@link #PRECISION} digits, where Asterisk has binary long doubles of about 19; both show 18.
 */
record ExpressionValue(String text, @Nullable BigDecimal number) {
    /** Digits calculated with. */
    static final MathContext PRECISION = new MathContext(24, RoundingMode.HALF_EVEN);

    /** Digits shown. */
    static final int SHOWN_DIGITS = 18;

    /** Numbers beyond ten to this power are refused; a long double ends there too. */
    static final int MAX_EXPONENT = 4_932;

    static final ExpressionValue ZERO = of(BigDecimal.ZERO);
    static final ExpressionValue ONE = of(BigDecimal.ONE);

    /** A calculated number. */
    static ExpressionValue of(BigDecimal number) {
        return new ExpressionValue(show(number), number);
    }

    /** A token: a number if it is digits, or digits, a point and digits; else a string. */
    static ExpressionValue ofToken(String token) {
        return isNumber(token) ? new ExpressionValue(token, new BigDecimal(token)) : new ExpressionValue(token, null);
    }

    /** A string, even if it looks like a number. */
    static ExpressionValue ofString(String text) {
        return new ExpressionValue(text, null);
    }

    static boolean isNumber(String token) {
        int point = -1;
        for (int index = 0; index < token.length(); index++) {
            char c = token.charAt(index);
            if (c == '.' && point < 0) point = index;
            else if (c < '0' || c > '9') return false;
        }
        boolean shaped = !token.isEmpty() && point != 0 && point != token.length() - 1;
        return shaped && token.length() <= MAX_EXPONENT;
    }

    boolean isString() {
        return number == null;
    }

    /** Neither the empty string nor zero. */
    boolean isTrue() {
        return number == null ? !text.isEmpty() : number.signum() != 0;
    }

    /** The same as a calculated number, if it is one. */
    ExpressionValue calculated() {
        return number == null ? this : of(number);
    }

    /** The text without one pair of double quotes around it. */
    String unquoted() {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** As C's {@code %.18Lg}: 18 digits, no trailing zeros, an exponent below -4 and from 18 on. */
    static String show(BigDecimal number) {
        if (number.signum() == 0) return "0";
        BigDecimal rounded = number.round(new MathContext(SHOWN_DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < SHOWN_DIGITS) return rounded.toPlainString();
        String digits = rounded.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return (rounded.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + power;
    }
}
