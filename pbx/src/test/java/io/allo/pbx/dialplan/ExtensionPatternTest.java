package io.allo.pbx.dialplan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.dialplan.ExtensionPattern.Match;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExtensionPatternTest {
    private static Match match(String pattern, String dialed) {
        return ExtensionPattern.of(pattern).match(dialed);
    }

    private static List<String> sorted(String... names) {
        return Stream.of(names)
                .map(ExtensionPattern::of)
                .sorted()
                .map(ExtensionPattern::text)
                .toList();
    }

    @Test
    void lettersStandForDigitsInEitherCase() {
        for (String x : List.of("_X", "_x")) {
            assertTrue(ExtensionPattern.of(x).matches("0"));
            assertTrue(ExtensionPattern.of(x).matches("9"));
            assertFalse(ExtensionPattern.of(x).matches("*"));
        }
        for (String z : List.of("_Z", "_z")) {
            assertFalse(ExtensionPattern.of(z).matches("0"));
            assertTrue(ExtensionPattern.of(z).matches("1"));
        }
        for (String n : List.of("_N", "_n")) {
            assertFalse(ExtensionPattern.of(n).matches("1"));
            assertTrue(ExtensionPattern.of(n).matches("2"));
        }
    }

    @Test
    void setsHoldCharactersRangesEscapesAndWildcardsAsThemselves() {
        ExtensionPattern set = ExtensionPattern.of("_[1-468]");
        for (String in : List.of("1", "2", "3", "4", "6", "8")) assertTrue(set.matches(in), in);
        for (String out : List.of("0", "5", "7", "9", "-")) assertFalse(set.matches(out), out);
        assertTrue(ExtensionPattern.of("_[.]").matches("."));
        assertTrue(ExtensionPattern.of("_[!]").matches("!"));
        assertFalse(ExtensionPattern.of("_[X]").matches("5"));
        assertTrue(ExtensionPattern.of("_[*#]1").matches("#1"));
        assertTrue(ExtensionPattern.of("_[\\]a]").matches("]"));
        assertTrue(ExtensionPattern.of("_[6-4]4").matches("54"));
        assertEquals(1, ExtensionPattern.of("_[6-4]4").faults().size());
        assertTrue(ExtensionPattern.of("_[a-zA-Z]x").matches("Q5"));
    }

    @Test
    void plainCharactersAreCaseSensitive() {
        assertTrue(ExtensionPattern.of("_sos").matches("sos"));
        assertFalse(ExtensionPattern.of("_sos").matches("SOS"));
        assertFalse(ExtensionPattern.of("h").matches("H"));
    }

    @Test
    void dashesCountInSetsOnly() {
        assertTrue(ExtensionPattern.of("_555-XXXX").matches("5551212"));
        assertTrue(ExtensionPattern.of("_555XXXX").matches("555-1212"));
        assertTrue(ExtensionPattern.of("555-1212").matches("5551212"));
        assertEquals(ExtensionPattern.of("555-1212"), ExtensionPattern.of("5551212"));
    }

    @Test
    void theDotWantsOneMoreCharacterAndTheBangNone() {
        assertEquals(Match.PARTIAL, match("_9876.", "9876"));
        assertEquals(Match.OPEN, match("_9876.", "98765"));
        assertEquals(Match.OPEN, match("_9876.", "9876abc"));
        assertEquals(Match.EARLY, match("_9876!", "9876"));
        assertEquals(Match.EARLY, match("_9876!", "98765"));
        assertEquals(Match.PARTIAL, match("_9876!", "98"));
        assertEquals(Match.NONE, match("_9876!", "97"));
        assertEquals(
                List.of("what follows . or ! is ignored: XX"),
                ExtensionPattern.of("_1.XX").faults());
    }

    @Test
    void partialNumbersMayBecomeExtensions() {
        assertEquals(Match.PARTIAL, match("_NXX", "2"));
        assertEquals(Match.PARTIAL, match("_NXX", ""));
        assertEquals(Match.EXACT, match("_NXX", "200"));
        assertEquals(Match.NONE, match("_NXX", "2000"));
        assertEquals(Match.NONE, match("_NXX", "1"));
        assertEquals(Match.PARTIAL, match("100", "10"));
        assertEquals(Match.EXACT, match("100", "100"));
        assertEquals(Match.NONE, match("100", "1000"));
    }

    @Test
    void brokenSetsMatchNothingAndSaySo() {
        assertEquals(Match.NONE, match("_1[23", "12"));
        assertEquals(Match.NONE, match("_1[23", "1"));
        assertEquals(Match.NONE, match("_1[]2", "12"));
        assertFalse(ExtensionPattern.of("_1[23").faults().isEmpty());
        assertFalse(ExtensionPattern.of("_1[]2").faults().isEmpty());
    }

    @Test
    void theMostSpecificPatternComesFirstAsInAsterisksDocumentation() {
        // docs.asterisk.org, "Pattern Matching", "Order of Pattern Matching"
        assertEquals(
                List.of("_640X", "_64NX", "_64XX", "_6[34]NX", "_6[45]NX", "_6XX1", "_6."),
                sorted("_6XX1", "_64XX", "_640X", "_6.", "_64NX", "_6[45]NX", "_6[34]NX"));
    }

    @Test
    void plainNamesComeBeforePatternsAndWildcardsLast() {
        assertEquals(
                List.of("100", "s", "_1", "_[0-4]", "_[4-8]", "_N", "_Z", "_X", "_[a-j]", "_X.", "_X!", "_.", "_!")
                        .subList(0, 2),
                sorted("_X", "s", "100", "_1").subList(0, 2));
        assertEquals(
                List.of("_1", "_[0-4]", "_[4-8]", "_N", "_Z", "_X", "_[a-j]", "_.", "_!"),
                sorted("_!", "_.", "_[a-j]", "_X", "_Z", "_N", "_[4-8]", "_[0-4]", "_1"));
        assertEquals(List.of("_1X", "_1.", "_1!", "_1"), sorted("_1", "_1!", "_1.", "_1X"));
    }

    @Test
    void equalPatternsAreOneExtensionHoweverWritten() {
        assertEquals(ExtensionPattern.of("_X."), ExtensionPattern.of("_[0-9]."));
        assertEquals(
                ExtensionPattern.of("_X.").hashCode(),
                ExtensionPattern.of("_[9876543210].").hashCode());
        assertTrue(ExtensionPattern.of("_.").isCatchAll());
        assertFalse(ExtensionPattern.of("_X.").isCatchAll());
    }

    /** The order is one (antisymmetric, transitive by sorting), and a longer prefix never turns NONE into a match. */
    @Test
    void randomPatternsKeepTheLawsOfOrderAndOfPrefixes() {
        var random = new Random(20261121);
        for (int round = 0; round < 3_000; round++) {
            var patterns = new ArrayList<ExtensionPattern>();
            for (int count = 0; count < 6; count++) patterns.add(ExtensionPattern.of(randomPattern(random)));
            Collections.sort(patterns);
            for (int i = 0; i < patterns.size(); i++) {
                for (int j = 0; j < patterns.size(); j++) {
                    int one = Integer.signum(patterns.get(i).compareTo(patterns.get(j)));
                    assertEquals(-one, Integer.signum(patterns.get(j).compareTo(patterns.get(i))));
                    if (i < j) assertTrue(one <= 0);
                    if (one == 0)
                        assertEquals(patterns.get(i).hashCode(), patterns.get(j).hashCode());
                }
            }
            ExtensionPattern pattern = patterns.getFirst();
            var dialed = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--)
                dialed.append("0123456789*#ab".charAt(random.nextInt(14)));
            if (pattern.matches(dialed.toString())) {
                for (int end = 0; end < dialed.length(); end++) {
                    Match prefix = pattern.match(dialed.substring(0, end));
                    assertTrue(prefix != Match.NONE && prefix != Match.EXACT, pattern + " " + dialed);
                }
            }
        }
    }

    private static String randomPattern(Random random) {
        var text = new StringBuilder(random.nextInt(5) == 0 ? "" : "_");
        for (int length = random.nextInt(5); length > 0; length--) {
            text.append(
                    List.of("X", "Z", "N", "1", "[2-4]", "[13]", "-", "0", "*").get(random.nextInt(9)));
        }
        return text + List.of("", "", ".", "!").get(random.nextInt(4));
    }
}
