package io.allo.pbx.dialplan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialplanTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-20T12:00:00Z");

    private static Dialplan dialplan(String text) {
        return DialplanSamples.parse(text).dialplan();
    }

    /** What a call to a number runs, priority by priority, until there is none. */
    private static List<String> run(Dialplan dialplan, String extension, String caller) {
        var ran = new ArrayList<String>();
        for (int priority = 1; ; priority++) {
            Optional<Dialplan.Found> found = dialplan.find("a", extension, priority, caller, NOW);
            if (found.isEmpty()) return ran;
            ran.add(found.get().priority().data());
        }
    }

    @Test
    void aCallFallsIntoTheLessSpecificPattern() {
        // docs.asterisk.org, "Pattern Matching": 6410 says 987 and then 54321
        Dialplan dialplan = dialplan(
                "[a]\nexten => 6410,1,SayDigits(987)\nexten => _641X,1,SayDigits(12345)\nexten => _641X,n,SayDigits(54321)\n");
        assertEquals(List.of("987", "54321"), run(dialplan, "6410", ""));
        assertEquals(List.of("12345", "54321"), run(dialplan, "6411", ""));
    }

    @Test
    void aCallFallsIntoIncludedContexts() {
        // docs.asterisk.org, "Include Statements Basics": how calling 6001 may go wrong
        Dialplan dialplan = dialplan("""
                [a]
                include => features
                include => catchall
                exten => 6001,1,NoOp(one)
                 same => n,NoOp(two)
                [features]
                exten => 6000,1,NoOp(f)
                [catchall]
                exten => _.,1,NoOp(c1)
                exten => _.,2,NoOp(c2)
                exten => _.,3,NoOp(c3)
                """);
        assertEquals(List.of("one", "two", "c3"), run(dialplan, "6001", ""));
        assertEquals(List.of("f", "c2", "c3"), run(dialplan, "6000", ""));
    }

    @Test
    void callersOfACertainNumberHaveTheirOwnExtension() {
        // docs.asterisk.org, "Pattern Matching", "Matching on Caller ID"
        Dialplan dialplan = dialplan("""
                [a]
                exten => 306,1,NoOp(goodbye)
                exten => 306/_101,1,NoOp(year)
                exten => 306/_10X,1,NoOp(beep)
                exten => 306/,1,NoOp(nobody)
                """);
        assertEquals(List.of("year"), run(dialplan, "306", "101"));
        assertEquals(List.of("beep"), run(dialplan, "306", "102"));
        assertEquals(List.of("goodbye"), run(dialplan, "306", "200"));
        assertEquals(List.of("nobody"), run(dialplan, "306", ""));
    }

    @Test
    void ownExtensionsComeBeforeIncludesAndIncludesGoDeepInOrder() {
        Dialplan dialplan = dialplan("""
                [a]
                include => b
                include => c
                exten => _X,1,NoOp(a)
                [b]
                include => d
                [d]
                include => a
                exten => 5,1,NoOp(d5)
                exten => 77,1,NoOp(d77)
                [c]
                exten => 77,1,NoOp(c77)
                exten => 88,1,NoOp(c88)
                """);
        assertEquals(List.of("a"), run(dialplan, "5", ""));
        assertEquals(List.of("d77"), run(dialplan, "77", ""));
        assertEquals(List.of("c88"), run(dialplan, "88", ""));
        assertEquals(List.of(), run(dialplan, "99", ""));
        assertEquals(Optional.empty(), dialplan.find("none", "5", 1, "", NOW));
    }

    @Test
    void labelsAreFoundWhereThePrioritiesAre() {
        Dialplan dialplan = dialplan("[a]\nexten => _X,1,NoOp()\n same => n(go),NoOp(there)\nexten => 5,1,NoOp()\n");
        assertEquals(
                2,
                dialplan.findLabel("a", "5", "go", "", NOW)
                        .orElseThrow()
                        .priority()
                        .number());
        assertTrue(dialplan.findLabel("a", "5", "GO", "", NOW).isEmpty());
    }

    @Test
    void moreDigitsAreWaitedForOnlyWhereTheyCanHelp() {
        Dialplan dialplan = dialplan("""
                [a]
                exten => 1,1,NoOp()
                exten => _2XX,1,NoOp()
                exten => _3X.,1,NoOp()
                exten => _4!,1,NoOp()
                exten => 456,1,NoOp()
                exten => 12,hint,PJSIP/12
                """);
        assertFalse(dialplan.matchMore("a", "1", "", NOW));
        assertTrue(dialplan.matchMore("a", "", "", NOW));
        assertTrue(dialplan.matchMore("a", "2", "", NOW));
        assertFalse(dialplan.matchMore("a", "200", "", NOW));
        assertTrue(dialplan.matchMore("a", "300", "", NOW));
        assertTrue(dialplan.matchMore("a", "45", "", NOW));
        assertFalse(dialplan.matchMore("a", "47", "", NOW));
        assertTrue(dialplan.canMatch("a", "47", "", NOW));
        assertTrue(dialplan.canMatch("a", "20", "", NOW));
        assertFalse(dialplan.canMatch("a", "2000", "", NOW));
        assertFalse(dialplan.canMatch("a", "9", "", NOW));
        assertTrue(dialplan.exists("a", "35551212", "", NOW));
        assertFalse(dialplan.exists("a", "12", "", NOW));
    }
}
