package io.allo.pbx.dialplan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubstitutionTest {
    private final TestScope scope = TestScope.of(
            "NUMBER",
            "98765",
            "A",
            "X",
            "XB",
            "nested",
            "n",
            "2",
            "EMPTY",
            "",
            "E",
            "été\uD83D\uDE00!",
            "REF",
            "${NUMBER}");

    private String replace(String text) {
        return Substitution.replace(text, scope);
    }

    @Test
    void variablesAreReplacedAndUnknownOnesAreEmpty() {
        assertEquals("call 98765 now", replace("call ${NUMBER} now"));
        assertEquals("[]", replace("[${none}${EMPTY}]"));
        assertEquals("9876598765", replace("${NUMBER}${NUMBER}"));
        assertEquals("$5 and $ and 100$", replace("$5 and $ and 100$"));
        assertEquals("", replace(""));
    }

    @Test
    void offsetsAndLengthsCountFromEitherEnd() {
        // docs.asterisk.org, "Manipulating Variables Basics"
        assertEquals("765", replace("${NUMBER:2}"));
        assertEquals("65", replace("${NUMBER:-2}"));
        assertEquals("987", replace("${NUMBER:0:3}"));
        assertEquals("876", replace("${NUMBER:1:3}"));
        // negative lengths leave off the end; what lies outside is empty or cut
        assertEquals("876", replace("${NUMBER:1:-1}"));
        assertEquals("76", replace("${NUMBER:-3:2}"));
        assertEquals("98765", replace("${NUMBER:-9}"));
        assertEquals("", replace("${NUMBER:9}"));
        assertEquals("", replace("${NUMBER:5}"));
        assertEquals("98765", replace("${NUMBER:0:99}"));
        assertEquals("", replace("${NUMBER:2:-4}"));
        assertEquals("", replace("${NUMBER:1:0}"));
        assertEquals("98765", replace("${NUMBER::3}"));
        assertEquals("98765", replace("${NUMBER:x}"));
        assertEquals("765", replace("${NUMBER: 2 }"));
        assertEquals("765", replace("${NUMBER:2:99999999999}"));
    }

    @Test
    void slicesCountCharactersNotBytes() {
        assertEquals("\uD83D\uDE00", replace("${E:3:1}"));
        assertEquals("t", replace("${E:1:1}"));
        assertEquals("\uD83D\uDE00!", replace("${E:-2}"));
    }

    @Test
    void namesOffsetsAndArgumentsMayHoldVariables() {
        assertEquals("nested", replace("${${A}B}"));
        assertEquals("765", replace("${NUMBER:${n}}"));
        assertEquals("5", replace("${LEN(${NUMBER})}"));
        assertEquals("765", replace("${NUMBER:$[1 + 1]}"));
        assertEquals("7", replace("$[${n} + ${LEN(${NUMBER})}]"));
    }

    @Test
    void functionsTakeWhatIsBetweenTheirParenthesesAndMayBeSliced() {
        assertEquals("a:b,c)", replace("${ECHO(a:b,c))}"));
        assertEquals("bc", replace("${ECHO(abc):1}"));
        assertEquals("b", replace("${ECHO(a(b):c):2:1}"));
        assertEquals("", replace("${NULL()}"));
        assertEquals(List.of(), scope.warnings);
        assertThrows(DialplanException.class, () -> replace("${NOPE(1)}"));
    }

    @Test
    void whatIsPutInIsNotLookedThroughAgain() {
        assertEquals("${NUMBER}", replace("${REF}"));
    }

    @Test
    void aBackslashKeepsADollarAsItIs() {
        assertEquals("${NUMBER} $[1 + 1] \\$5 \\n", replace("\\${NUMBER} \\$[1 + 1] \\$5 \\n"));
        assertEquals("${98765}", replace("\\${${NUMBER}}"));
    }

    @Test
    void bracketsInsideBelongToTheirPair() {
        assertEquals("3", replace("$[\"abc\" =~ \"[a-c]+\"]"));
        assertEquals("{1}", replace("${ECHO({1})}"));
    }

    @Test
    void unclosedBracketsAndBrokenExpressionsWarnAndGoOn() {
        assertEquals("x98765", replace("x${NUMBER"));
        assertEquals("0y", replace("$[1 + ]y"));
        assertEquals(2, scope.warnings.size());
        assertEquals("expression $[1 + ]: something is missing at character 5; the result is 0", scope.warnings.get(1));
    }

    @Test
    void limitsHoldForDepthSizeAndNumber() {
        String deep = "${".repeat(Substitution.MAX_DEPTH + 2) + "A" + "}".repeat(Substitution.MAX_DEPTH + 2);
        assertThrows(DialplanException.class, () -> replace(deep));
        scope.variables.put("LONG", "x".repeat(100_000));
        assertThrows(DialplanException.class, () -> replace("${LONG}${LONG}${LONG}"));
        assertThrows(DialplanException.class, () -> replace("${none}".repeat(Substitution.MAX_REPLACEMENTS + 1)));
        assertThrows(DialplanException.class, () -> replace("${$[".repeat(20_000)));
    }
}
