package io.allo.pbx.dialplan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions that expressions know by themselves: rounding exactly, the rest as C's library in double precision. Pure. */
final class ExpressionFunctions {
    private ExpressionFunctions() {}

    /** The value of a function, null where the name is none of these. What is no number counts as 0. */
    static @Nullable ExpressionValue call(String name, List<ExpressionValue> arguments) {
        BigDecimal x = number(arguments, 0);
        BigDecimal y = number(arguments, 1);
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "FLOOR" -> round(x, RoundingMode.FLOOR);
            case "CEIL" -> round(x, RoundingMode.CEILING);
            case "ROUND" -> round(x, RoundingMode.HALF_UP);
            case "RINT" -> round(x, RoundingMode.HALF_EVEN);
            case "TRUNC" -> round(x, RoundingMode.DOWN);
            case "COS" -> of(Math.cos(x.doubleValue()));
            case "SIN" -> of(Math.sin(x.doubleValue()));
            case "TAN" -> of(Math.tan(x.doubleValue()));
            case "ACOS" -> of(Math.acos(x.doubleValue()));
            case "ASIN" -> of(Math.asin(x.doubleValue()));
            case "ATAN" -> of(Math.atan(x.doubleValue()));
            case "ATAN2" -> of(Math.atan2(x.doubleValue(), y.doubleValue()));
            case "POW" -> of(Math.pow(x.doubleValue(), y.doubleValue()));
            case "SQRT" -> of(Math.sqrt(x.doubleValue()));
            case "REMAINDER" -> of(Math.IEEEremainder(x.doubleValue(), y.doubleValue()));
            case "EXP" -> of(Math.exp(x.doubleValue()));
            case "EXP2" -> of(Math.pow(2, x.doubleValue()));
            case "LOG" -> of(Math.log(x.doubleValue()));
            case "LOG2" -> of(Math.log(x.doubleValue()) / Math.log(2));
            case "LOG10" -> of(Math.log10(x.doubleValue()));
            default -> null;
        };
    }

    private static BigDecimal number(List<ExpressionValue> arguments, int index) {
        BigDecimal number = index < arguments.size() ? arguments.get(index).number() : null;
        return number == null ? BigDecimal.ZERO : number;
    }

    private static ExpressionValue round(BigDecimal number, RoundingMode mode) {
        return ExpressionValue.of(number.setScale(0, mode));
    }

    /** C prints what is no finite number as nan, inf or -inf; the value is then a string. */
    private static ExpressionValue of(double value) {
        if (Double.isNaN(value)) return ExpressionValue.ofString("nan");
        if (Double.isInfinite(value)) return ExpressionValue.ofString(value > 0 ? "inf" : "-inf");
        return ExpressionValue.of(BigDecimal.valueOf(value));
    }
}
