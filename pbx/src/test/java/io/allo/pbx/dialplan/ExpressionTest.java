package io.allo.pbx.dialplan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private final TestScope scope = new TestScope();

    private String value(String text) throws ExpressionException {
        return Expression.evaluate(text, scope);
    }

    /** The worked examples of docs.asterisk.org, "Expressions Examples" and "Operators". */
    @Test
    void documentedExamplesHaveTheirDocumentedResults() throws Exception {
        String text = "\"One Thousand Five Hundred\"";
        assertEquals("Thousand", value(text + " =~ \"(T[^ ]+)\""));
        assertEquals("8", value(text + " =~ \"T[^ ]+\""));
        assertEquals("0", value(text + " : \"T[^ ]+\""));
        assertEquals("801", value("\"8015551212\" : \"(...)\""));
        assertEquals("555", value("\"3075551212\":\"...(...)\""));
        assertEquals("0", value("! " + text + " =~ \"T[^ ]+\""));
        assertEquals("1", value("!( " + text + " : \"T[^ ]+\" )"));
        assertEquals("6", value("2 + 8 / 2"));
        assertEquals("6", value("2+8/2"));
        assertEquals("5", value("(2+8)/2"));
        assertEquals("5.5", value("(3+8)/2"));
        assertEquals("5", value("TRUNC((3+8)/2)"));
        assertEquals("2", value("FLOOR(2.5)"));
        assertEquals("-3", value("FLOOR(-2.5)"));
        assertEquals("3", value("CEIL(2.5)"));
        assertEquals("-2", value("CEIL(-2.5)"));
        assertEquals("3", value("ROUND(2.5)"));
        assertEquals("4", value("ROUND(3.5)"));
        assertEquals("-3", value("ROUND(-2.5)"));
        assertEquals("2", value("RINT(2.5)"));
        assertEquals("4", value("RINT(3.5)"));
        assertEquals("-2", value("RINT(-2.5)"));
        assertEquals("-4", value("RINT(-3.5)"));
        assertEquals("-3", value("TRUNC(-3.5)"));
        assertEquals("-1", value("3+ -4"));
        assertEquals("3", value(" 1 + 2 "));
    }

    @Test
    void comparisonIsByNumberOnlyIfBothSidesAre() throws Exception {
        assertEquals("1", value("10 > 9"));
        assertEquals("0", value("\"10\" > \"9\""));
        assertEquals("1", value("1 = 1.0"));
        assertEquals("1", value("0123 = 123"));
        assertEquals("0", value("\"1\" = 1"));
        assertEquals("1", value("\"a b\" = \"a b\""));
        assertEquals("1", value("abc < abd"));
        assertEquals("1", value("abc != abd"));
        assertEquals("1", value("5 <= 5"));
        assertEquals("0", value("5 >= 6"));
        assertEquals("1", value("1 == 1"));
        assertEquals("1", value("12345678901234567890 < 12345678901234567891"));
    }

    @Test
    void orAndAndGiveOneOfTheirSides() throws Exception {
        assertEquals("7", value("0 | 7"));
        assertEquals("5", value("5 | 7"));
        assertEquals("5", value("5 & 7"));
        assertEquals("0", value("5 & 0"));
        assertEquals("abc", value("abc && 1"));
        assertEquals("1", value("0 || 2 > 1"));
        assertEquals("1", value("1 | 0 & 0"));
        assertEquals("\"\"", value("\"\" | x"));
    }

    @Test
    void notAndMinusAreRightAssociative() throws Exception {
        assertEquals("0", value("!5"));
        assertEquals("1", value("!0"));
        assertEquals("1", value("!!7"));
        assertEquals("0", value("!abc"));
        assertEquals("5", value("--5"));
        assertEquals("-6", value("2 * -3"));
        assertEquals("1", value("! (1 = 2)"));
    }

    @Test
    void conditionsPickASide() throws Exception {
        assertEquals("yes", value("1 ? yes :: no"));
        assertEquals("no", value("0 ? yes :: no"));
        assertEquals("no", value("\"\" ? yes :: no"));
        assertEquals("yes", value("abc ? yes :: no"));
        assertEquals("b", value("0 ? a :: 1 ? b :: c"));
        assertEquals("3", value("2 > 1 ? 1 + 2 :: 9"));
    }

    @Test
    void stringsKeepTheirQuotesButForConcatenationAndMatching() throws Exception {
        assertEquals("\"abc\"", value("\"abc\""));
        assertEquals("abcdef", value("\"abc\" ~~ \"def\""));
        assertEquals("3", value("\"abcde\" : \"abc\""));
        assertEquals("0", value("\"xabc\" : \"abc\""));
        assertEquals("3", value("\"xabc\" =~ \"abc\""));
        assertEquals("", value("\"xabc\" =~ \"(z)\""));
        assertEquals("4", value("\"0612\" =~ \"^0[67][0-9]+$\""));
        assertEquals("\"a\\\"b\"", value("\"a\\\"b\""));
    }

    @Test
    void numbersAreShownAsC() throws Exception {
        assertEquals("0.333333333333333333", value("1 / 3"));
        assertEquals("0.3", value("0.1 + 0.2"));
        assertEquals("1e+18", value("1000000000000000000 + 0"));
        assertEquals("100000000000000000", value("100000000000000000 + 0"));
        assertEquals("0.0001", value("1 / 10000"));
        assertEquals("1e-05", value("1 / 100000"));
        assertEquals("1.25e-07", value("1 / 8000000"));
        assertEquals("-2.5", value("-5 / 2"));
        assertEquals("1", value("7 % 2"));
        assertEquals("-1", value("-7 % 2"));
        assertEquals("1.5", value("5.5 % 2"));
        assertEquals("007", value("007"));
        assertEquals("7", value("007 + 0"));
        assertEquals("", value("   "));
    }

    @Test
    void whatIsNoNumberWarnsAndCountsAsAsteriskDoes() throws Exception {
        assertEquals("5", value("abc + 5"));
        assertEquals("5", value("5 + abc"));
        assertEquals("-5", value("abc - 5"));
        assertEquals("0", value("abc * 5"));
        assertEquals("2147483647", value("5 / 0"));
        assertEquals("5", value("5 % 0"));
        assertEquals("0", value("-abc"));
        assertEquals(7, scope.warnings.size());
        assertTrue(scope.warnings.getFirst().contains("\"abc\" is no number"));
    }

    @Test
    void functionsMayBeCalledWithoutBraces() throws Exception {
        assertEquals("4", value("LEN(abc) + 1"));
        assertEquals("8", value("POW(2,3)"));
        assertEquals("3", value("SQRT(9)"));
        assertEquals("1", value("COS(0)"));
        assertEquals("nan", value("ACOS(2)"));
        assertThrows(DialplanException.class, () -> value("NOPE(1)"));
    }

    @Test
    void brokenExpressionsSayWhereAndWhy() {
        for (String wrong : List.of(
                "= 5",
                "1 +",
                "(1",
                "1)",
                "a b",
                "1 ? 2",
                "1 ? 2 : 3",
                "\"abc",
                ")",
                "1 2",
                "a,b",
                "* 3",
                "LEN(",
                "!")) {
            assertThrows(ExpressionException.class, () -> value(wrong), wrong);
        }
        ExpressionException fault = assertThrows(ExpressionException.class, () -> value(" = 5"));
        assertEquals("expression $[ = 5]: unexpected = at character 2", fault.getMessage());
        assertEquals(1, fault.position());
    }

    @Test
    void limitsHold() throws Exception {
        assertThrows(ExpressionException.class, () -> value("(".repeat(500) + "1" + ")".repeat(500)));
        assertThrows(ExpressionException.class, () -> value("!".repeat(500) + "1"));
        assertThrows(ExpressionException.class, () -> value("1" + "+1".repeat(Expression.MAX_TOKENS)));
        assertEquals("0", value("9".repeat(4900) + "*" + "9".repeat(4900)));
        assertEquals("", value("\"a\" =~ \"(((\""));
        assertEquals(2, scope.warnings.size());
    }

    /** Against a second evaluation, written for the test alone, of random sums, products and comparisons. */
    @Test
    void randomArithmeticAgreesWithADirectEvaluation() throws Exception {
        var random = new Random(99);
        for (int round = 0; round < 5_000; round++) {
            var text = new StringBuilder();
            long expected = randomSum(random, text, 3);
            assertEquals(String.valueOf(expected), value(text.toString()), text.toString());
        }
    }

    private static long randomSum(Random random, StringBuilder text, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            int number = random.nextInt(100);
            text.append(number);
            return number;
        }
        text.append('(');
        long left = randomSum(random, text, depth - 1);
        int operator = random.nextInt(5);
        text.append(random.nextBoolean() ? " " : "")
                .append("+-*<=".charAt(operator))
                .append(' ');
        long right = randomSum(random, text, depth - 1);
        text.append(')');
        return switch (operator) {
            case 0 -> left + right;
            case 1 -> left - right;
            case 2 -> left * right;
            case 3 -> left < right ? 1 : 0;
            default -> left == right ? 1 : 0;
        };
    }
}
