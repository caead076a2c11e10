package io.allo.pbx.dialplan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.allo.pbx.dialplan.check.DialplanCheck;
import java.util.Set;

/** No text makes patterns, expressions, substitution, arguments or the dialplan's parser and checks misbehave. */
class DialplanFuzzTest {
    @FuzzTest(maxDuration = "25s")
    void anyExpressionHasAValueOrASayableFault(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            Expression.evaluate(text, TestScope.of());
        } catch (ExpressionException e) {
            assertTrue(e.position() >= 0 && e.position() <= text.length());
        } catch (DialplanException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("there is no function"));
        }
    }

    @FuzzTest(maxDuration = "25s")
    void anyTextIsSubstituted(FuzzedDataProvider data) {
        String value = data.consumeString(50);
        String text = data.consumeRemainingAsString();
        TestScope scope = TestScope.of("A", value, "B", "7");
        try {
            String result = Substitution.replace(text, scope);
            assertTrue(result.length() <= Substitution.MAX_RESULT_CHARS);
            if (text.indexOf('$') < 0) assertEquals(text, result);
        } catch (DialplanException e) {
            assertTrue(!String.valueOf(e.getMessage()).isEmpty());
        }
    }

    @FuzzTest(maxDuration = "25s")
    void anyPatternStandsInOrderAndPrefixesOfMatchesStayPossible(FuzzedDataProvider data) {
        ExtensionPattern one = ExtensionPattern.of(data.consumeString(40));
        ExtensionPattern two = ExtensionPattern.of("_" + data.consumeString(40));
        String dialed = data.consumeRemainingAsString();
        assertEquals(Integer.signum(one.compareTo(two)), -Integer.signum(two.compareTo(one)));
        assertEquals(0, one.compareTo(ExtensionPattern.of(one.text())));
        if (two.matches(dialed)) {
            for (int end = 0; end < dialed.length(); end++) {
                assertTrue(two.match(dialed.substring(0, end)) != ExtensionPattern.Match.NONE);
            }
        }
    }

    @FuzzTest(maxDuration = "25s")
    void anyDialplanIsReadAndChecked(FuzzedDataProvider data) {
        ParsedDialplan parsed = DialplanSamples.parse(data.consumeRemainingAsString());
        DialplanCheck.check(parsed.dialplan(), Set.of("Dial"), Set.of("LEN"));
        for (DialplanContext context : parsed.dialplan().contexts()) {
            for (Extension extension : context.extensions()) {
                for (Priority priority : extension.priorities().values()) {
                    assertTrue(priority.number() > 0 && !priority.application().isEmpty());
                    Arguments.of(priority.data());
                    BranchText.of(priority.data());
                    Assignment.of(priority.data());
                }
            }
        }
    }
}
