package io.allo.pbx.dialplan;

import io.allo.pbx.conf.PosixRegex;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Asterisk's expressions, what is inside {@code $[ ]} after variables were replaced. Pure but for what the scope does; any
 * thread.
 *
 * <p>Operators from the loosest to the tightest: {@code ? ::}, {@code |}, {@code &}, {@code = != < > <= >=}, {@code + -},
 * {@code * / %}, unary {@code ! -}, {@code : =~ ~~}, parentheses. Numbers are digits, or digits, a point and digits; all
 * else is a string, and a string keeps its double quotes, so {@code "1" = 1} does not hold. Comparison is by number only if
 * both sides are numbers. Functions may be called without {@code ${ }}: {@code TRUNC(7/2)}, {@code LEN(abc)}.
 */
public final class Expression {
    /** How deep parentheses, unary operators and conditions may nest. */
    public static final int MAX_DEPTH = 100;

    /** The most tokens. */
    public static final int MAX_TOKENS = 10_000;

    /** What Asterisk gives for a division by zero: C's INT_MAX. */
    private static final BigDecimal DIVIDED_BY_ZERO = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final String text;
    private final VariableScope scope;
    private final List<ExpressionLexer.Token> tokens;
    private int next;
    private int depth;

    private Expression(String text, VariableScope scope) throws ExpressionException {
        this.text = text;
        this.scope = scope;
        this.tokens = ExpressionLexer.tokens(text);
    }

    /**
     * The value of an expression; an empty one has the empty value.
     *
     * @throws ExpressionException if it cannot be read; Asterisk logs that and goes on with 0
     * @throws DialplanException from a function that is called
     */
    public static String evaluate(String text, VariableScope scope) throws ExpressionException {
        var expression = new Expression(text, scope);
        if (expression.tokens.size() == 1) return "";
        ExpressionValue value = expression.condition();
        expression.expectEnd();
        return value.text();
    }

    /** Reads an expression only to see whether it can be read. */
    public static void check(String text) throws ExpressionException {
        evaluate(text, NOTHING);
    }

    private ExpressionValue condition() throws ExpressionException {
        enter();
        ExpressionValue test = binary(0);
        if (accept("?")) {
            ExpressionValue yes = condition();
            if (!accept("::")) throw fault("expected ::");
            ExpressionValue no = condition();
            boolean holds = test.isString() ? !test.unquoted().isEmpty() : test.isTrue();
            test = holds ? yes : no;
        }
        depth--;
        return test;
    }

    private ExpressionValue binary(int level) throws ExpressionException {
        if (level == LEVELS.size()) return unary();
        ExpressionValue left = binary(level + 1);
        while (true) {
            String operator = acceptAny(LEVELS.get(level));
            if (operator.isEmpty()) return left;
            left = apply(operator, left, binary(level + 1));
        }
    }

    private ExpressionValue unary() throws ExpressionException {
        enter();
        ExpressionValue value;
        if (accept("!")) {
            ExpressionValue operand = unary();
            value = operand.isTrue() && !operand.text().equals("0") ? ExpressionValue.ZERO : ExpressionValue.ONE;
        } else if (accept("-")) {
            ExpressionValue operand = unary();
            value = operand.number() == null
                    ? notANumber(operand, ExpressionValue.ZERO)
                    : ExpressionValue.of(operand.number().negate());
        } else {
            value = matched();
        }
        depth--;
        return value;
    }

    /** {@code : =~ ~~}, which bind tighter than the unary operators; their right side may have one all the same. */
    private ExpressionValue matched() throws ExpressionException {
        ExpressionValue left = primary();
        while (true) {
            String operator = acceptAny(List.of(":", "=~", "~~"));
            if (operator.isEmpty()) return left;
            boolean isUnary = peek().is("!") || peek().is("-");
            ExpressionValue right = isUnary ? unary() : primary();
            left = operator.equals("~~")
                    ? ExpressionValue.ofString(left.unquoted() + right.unquoted())
                    : matchRegex(left, right, operator.equals(":"));
        }
    }

    private ExpressionValue primary() throws ExpressionException {
        ExpressionLexer.Token token = tokens.get(next);
        if (accept("(")) {
            ExpressionValue value = condition();
            if (!accept(")")) throw fault("expected )");
            return value;
        }
        return switch (token.kind()) {
            case QUOTED -> {
                next++;
                yield ExpressionValue.ofString(token.text());
            }
            case WORD -> {
                next++;
                boolean call = peek().is("(") && peek().start() == token.end();
                yield call && !ExpressionValue.isNumber(token.text())
                        ? function(token)
                        : ExpressionValue.ofToken(token.text());
            }
            case OPERATOR -> throw fault("unexpected " + token.text());
            case END -> throw fault("something is missing");
        };
    }

    private ExpressionValue function(ExpressionLexer.Token name) throws ExpressionException {
        accept("(");
        var arguments = new ArrayList<ExpressionValue>();
        if (!accept(")")) {
            do {
                boolean omitted = peek().is(",") || peek().is(")");
                arguments.add(omitted ? ExpressionValue.ofString("") : condition());
            } while (accept(","));
            if (!accept(")")) throw fault("expected )");
        }
        ExpressionValue built = ExpressionFunctions.call(name.text(), arguments);
        if (built != null) return built;
        String joined =
                String.join(",", arguments.stream().map(ExpressionValue::text).toList());
        String value = scope.function(name.text(), joined);
        return ExpressionValue.ofToken(value == null ? "" : value);
    }

    // ---- operators

    private ExpressionValue apply(String operator, ExpressionValue left, ExpressionValue right) {
        return switch (operator) {
            case "|", "||" -> left.isTrue() ? left.calculated() : right;
            case "&", "&&" -> left.isTrue() && right.isTrue() ? left.calculated() : ExpressionValue.ZERO;
            case "=", "==" -> truth(compare(left, right) == 0);
            case "!=" -> truth(compare(left, right) != 0);
            case "<" -> truth(compare(left, right) < 0);
            case ">" -> truth(compare(left, right) > 0);
            case "<=" -> truth(compare(left, right) <= 0);
            case ">=" -> truth(compare(left, right) >= 0);
            default -> calculate(operator, left, right);
        };
    }

    private static ExpressionValue truth(boolean holds) {
        return holds ? ExpressionValue.ONE : ExpressionValue.ZERO;
    }

    private static int compare(ExpressionValue left, ExpressionValue right) {
        BigDecimal a = left.number();
        BigDecimal b = right.number();
        return a == null || b == null ? left.text().compareTo(right.text()) : a.compareTo(b);
    }

    private ExpressionValue calculate(String operator, ExpressionValue left, ExpressionValue right) {
        BigDecimal a = left.number();
        BigDecimal b = right.number();
        if (a == null || b == null) return calculateWithout(operator, left, right);
        boolean divides = operator.equals("/") || operator.equals("%");
        if (divides && b.signum() == 0) {
            scope.warning("division by zero in $[" + ExpressionLexer.shorten(text) + "]");
            return operator.equals("/") ? ExpressionValue.of(DIVIDED_BY_ZERO) : left.calculated();
        }
        MathContext precision = ExpressionValue.PRECISION;
        BigDecimal result = switch (operator) {
            case "+" -> a.add(b, precision);
            case "-" -> a.subtract(b, precision);
            case "*" -> a.multiply(b, precision);
            case "/" -> a.divide(b, precision);
            default -> a.remainder(b).round(precision);
        };
        int exponent = result.precision() - result.scale();
        if (exponent > ExpressionValue.MAX_EXPONENT) {
            scope.warning("the number is too large in $[" + ExpressionLexer.shorten(text) + "]; the result is 0");
            return ExpressionValue.ZERO;
        }
        return exponent < -ExpressionValue.MAX_EXPONENT ? ExpressionValue.ZERO : ExpressionValue.of(result);
    }

    /** What Asterisk does where a side is no number: warns, and counts it for nothing in a sum and as 0 in a product. */
    private ExpressionValue calculateWithout(String operator, ExpressionValue left, ExpressionValue right) {
        BigDecimal a = left.number();
        BigDecimal b = right.number();
        notANumber(a == null ? left : right, left);
        return switch (operator) {
            case "+" -> a != null ? left.calculated() : b != null ? right.calculated() : ExpressionValue.ZERO;
            case "-" ->
                a != null ? left.calculated() : b != null ? ExpressionValue.of(b.negate()) : ExpressionValue.ZERO;
            case "/" -> a == null ? ExpressionValue.ZERO : ExpressionValue.of(DIVIDED_BY_ZERO);
            default -> ExpressionValue.ZERO;
        };
    }

    private ExpressionValue notANumber(ExpressionValue value, ExpressionValue result) {
        scope.warning("\"" + ExpressionLexer.shorten(value.text()) + "\" is no number in $["
                + ExpressionLexer.shorten(text) + "]");
        return result;
    }

    /** The text of the first group, or without groups the number of characters matched; empty or 0 if none match. */
    private ExpressionValue matchRegex(ExpressionValue left, ExpressionValue right, boolean anchored) {
        try {
            PosixRegex regex = PosixRegex.compile(right.unquoted());
            String subject = left.unquoted();
            var match = anchored ? regex.findAtStart(subject) : regex.find(subject);
            if (regex.groupCount() > 0) {
                String group = match.map(found -> found.groups().getFirst()).orElse("");
                return ExpressionValue.ofString(group);
            }
            return ExpressionValue.of(
                    BigDecimal.valueOf(match.map(PosixRegex.Match::length).orElse(0)));
        } catch (PosixRegex.SyntaxException e) {
            scope.warning("the regular expression " + ExpressionLexer.shorten(right.text()) + " cannot be read: "
                    + e.getMessage() + "; the result is empty");
            return ExpressionValue.ofString("");
        }
    }

    // ---- tokens

    private ExpressionLexer.Token peek() {
        return tokens.get(next);
    }

    private boolean accept(String operator) {
        boolean is = peek().is(operator);
        if (is) next++;
        return is;
    }

    /** The operator that comes next if it is one of these, else the empty string. */
    private String acceptAny(List<String> operators) {
        ExpressionLexer.Token token = peek();
        if (token.kind() != ExpressionLexer.Kind.OPERATOR || !operators.contains(token.text())) return "";
        next++;
        return token.text();
    }

    private void expectEnd() throws ExpressionException {
        if (peek().kind() != ExpressionLexer.Kind.END) throw fault("unexpected " + peek().text());
    }

    private void enter() throws ExpressionException {
        if (++depth > MAX_DEPTH) throw fault("it nests too deep");
    }

    private ExpressionException fault(String why) {
        return new ExpressionException(why, ExpressionLexer.shorten(text), peek().start());
    }

    private static final List<List<String>> LEVELS = List.of(
            List.of("|", "||"),
            List.of("&", "&&"),
            List.of("=", "==", "!=", "<", ">", "<=", ">="),
            List.of("+", "-"),
            List.of("*", "/", "%"));

    private static final VariableScope NOTHING = new VariableScope() {
        @Override
        public String variable(String name) {
            return "";
        }

        @Override
        public String function(String name, String arguments) {
            return "";
        }
    };
}
