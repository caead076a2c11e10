package io.allo.pbx.app.function.text;

import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import java.util.List;
import java.util.Locale;

/** MATH(): two numbers and an operator between, the result as float, int, hex or char. Stateless. */
public final class MathExpression {

    /** The longer first, so that {@code <=} is not read as {@code <}. */
    private static final List<String> OPERATORS =
            List.of("<<", ">>", "<=", ">=", "==", "AND", "XOR", "OR", "+", "-", "*", "/", "%", "^", "<", ">");

    private MathExpression() {}

    /** The result as text. @throws DialplanException if it can't be read */
    public static String evaluate(String data) {
        var arguments = Arguments.of(data, 2);
        var text = arguments.get(0).strip();
        var type = arguments.get(1, "float").strip().toLowerCase(Locale.ROOT);
        var at = operatorAt(text);
        if (at < 0) {
            throw new DialplanException("finds no operator in \"" + text + "\"");
        }
        var operator = operator(text, at);
        var left = operand(text.substring(0, at));
        var right = operand(text.substring(at + operator.length()));
        return switch (operator) {
            case "<" -> truth(left < right);
            case ">" -> truth(left > right);
            case "<=" -> truth(left <= right);
            case ">=" -> truth(left >= right);
            case "==" -> truth(left == right);
            default -> formatted(result(operator, left, right), type);
        };
    }

    /** Behind the first character, which may be a sign. */
    private static int operatorAt(String text) {
        for (var at = 1; at < text.length(); at++) {
            if (!operator(text, at).isEmpty() && !isExponentSign(text, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isExponentSign(String text, int at) {
        var c = text.charAt(at);
        var before = Character.toLowerCase(text.charAt(at - 1));
        return (c == '+' || c == '-') && before == 'e' && at > 1 && Character.isDigit(text.charAt(at - 2));
    }

    private static String operator(String text, int at) {
        for (var operator : OPERATORS) {
            if (text.regionMatches(true, at, operator, 0, operator.length())) {
                return operator;
            }
        }
        return "";
    }

    private static double operand(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException broken) {
            throw new DialplanException("\"" + text.strip() + "\" is no number");
        }
    }

    private static double result(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> right == 0 ? 0 : left / right;
            case "%" -> (long) right == 0 ? 0 : (long) left % (long) right;
            case "^" -> Math.pow(left, right);
            case "<<" -> (long) left << (long) right;
            case ">>" -> (long) left >> (long) right;
            case "AND" -> (long) left & (long) right;
            case "OR" -> (long) left | (long) right;
            default -> (long) left ^ (long) right;
        };
    }

    private static String truth(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    private static String formatted(double value, String type) {
        return switch (type) {
            case "i", "int" -> String.valueOf((long) value);
            case "h", "hex" -> Long.toHexString((long) value);
            case "c", "char" -> String.valueOf((char) ((long) value & 0xff));
            case "f", "float" -> Numbers.fixed(value, 6);
            default -> throw new DialplanException("gives float, int, hex or char, not " + type);
        };
    }
}
