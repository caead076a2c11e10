package io.allo.pbx.app.function.text;

import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SPRINTF(format,arguments): C's conversions d, i, o, u, x, X, c, s, e, E, f, F, g, G and %%. Stateless. */
public final class FormatText {

    /** The widest a field may be, so that a wrong number does not fill the memory. */
    private static final int WIDTH_LIMIT = 4_096;

    private static final Pattern CONVERSION =
            Pattern.compile("%([-+ #0]*)([0-9]{1,6})?(?:\\.([0-9]{0,6}))?(?:hh|h|ll|l|L|q|j|z|t)?([a-zA-Z%])");

    private FormatText() {}

    /** The format is the first argument; an argument that is missing counts as empty. */
    public static String format(String data) {
        var arguments = Arguments.of(data);
        var matcher = CONVERSION.matcher(arguments.get(0));
        var result = new StringBuilder();
        var next = 1;
        var copied = 0;
        while (matcher.find()) {
            result.append(arguments.get(0), copied, matcher.start());
            copied = matcher.end();
            var conversion = matcher.group(4).charAt(0);
            if (conversion == '%') {
                result.append('%');
                continue;
            }
            var text = one(conversion, matcher.group(1), matcher.group(3), arguments.get(next++));
            result.append(widened(text, matcher.group(1), matcher.group(2), conversion));
        }
        return result.append(arguments.get(0).substring(copied)).toString();
    }

    private static String one(char conversion, String flags, @Nullable String precision, String argument) {
        var digits = precision == null ? -1 : (int) Math.min(WIDTH_LIMIT, Numbers.leadingNumber(precision, 0));
        return switch (conversion) {
            case 'd', 'i' -> signed(Numbers.leadingNumber(argument, 0), flags, digits);
            case 'u' -> zeros(Long.toUnsignedString(Numbers.leadingNumber(argument, 0)), digits);
            case 'o' -> zeros(Long.toOctalString(Numbers.leadingNumber(argument, 0)), digits);
            case 'x' -> zeros(Long.toHexString(Numbers.leadingNumber(argument, 0)), digits);
            case 'X' ->
                zeros(Long.toHexString(Numbers.leadingNumber(argument, 0)).toUpperCase(Locale.ROOT), digits);
            case 'c' -> argument.isEmpty() ? "" : argument.substring(0, 1);
            case 's' -> digits >= 0 && digits < argument.length() ? argument.substring(0, digits) : argument;
            case 'e', 'E', 'f', 'F', 'g', 'G' -> real(conversion, flags, digits < 0 ? 6 : digits, argument);
            default -> throw new DialplanException("knows no %" + conversion);
        };
    }

    private static String signed(long value, String flags, int digits) {
        var text = zeros(String.valueOf(Math.abs(value)), digits);
        if (value < 0) {
            return "-" + text;
        }
        return flags.contains("+") ? "+" + text : flags.contains(" ") ? " " + text : text;
    }

    private static String zeros(String digits, int least) {
        return "0".repeat(Math.max(0, least - digits.length())) + digits;
    }

    private static String real(char conversion, String flags, int digits, String argument) {
        double value;
        try {
            value = argument.isBlank() ? 0 : Double.parseDouble(argument.strip());
        } catch (NumberFormatException broken) {
            throw new DialplanException("\"" + argument + "\" is no number");
        }
        var sign = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        var java = conversion == 'F' ? 'f' : conversion;
        return String.format(Locale.ROOT, "%" + sign + "." + digits + java, value);
    }

    private static String widened(String text, String flags, @Nullable String width, char conversion) {
        var missing = (int) Math.min(WIDTH_LIMIT, width == null ? 0 : Numbers.leadingNumber(width, 0)) - text.length();
        if (missing <= 0) {
            return text;
        }
        if (flags.contains("-")) {
            return text + " ".repeat(missing);
        }
        if (!flags.contains("0") || conversion == 's' || conversion == 'c') {
            return " ".repeat(missing) + text;
        }
        var signs = text.startsWith("-") || text.startsWith("+") || text.startsWith(" ") ? 1 : 0;
        return text.substring(0, signs) + "0".repeat(missing) + text.substring(signs);
    }
}
