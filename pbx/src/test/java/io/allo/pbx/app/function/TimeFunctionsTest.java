package io.allo.pbx.app.function;

import static io.allo.pbx.app.function.FunctionKit.say;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The expected texts are those of GNU date with LC_ALL=C. */
class TimeFunctionsTest {
    @Test
    void nowIsWrittenInTheSystemsZone() {
        assertEquals(
                "20261120-120000 Fri Nov 20 12:00:00 2026", say("${STRFTIME(${EPOCH},,%Y%m%d-%H%M%S)} ${STRFTIME()}"));
    }

    @Test
    void aMomentIsWrittenInTheZoneGiven() {
        assertEquals("2001-09-09 01:46:40 +0000 UTC", say("${STRFTIME(1000000000,UTC,%F %T %z %Z)}"));
        assertEquals("Sat Sep  8 21:46:40 2001", say("${STRFTIME(1000000000,America/New_York,%c)}"));
        assertEquals(
                "09:46:40 PM 251 36 6 35 36 01 20",
                say("${STRFTIME(1000000000,America/New_York,%r %j %V %u %U %W %y %C)}"));
    }

    @Test
    void millisecondsAreWrittenByQ() {
        assertEquals("40.250 2", say("${STRFTIME(1000000000.25,UTC,%S.%3q %1q)}"));
    }

    @Test
    void aZoneThatIsNoneIsReported() {
        var kit = new FunctionKit();
        kit.lines("Say([${STRFTIME(0,Mars/Olympus,%Y)}])");
        assertEquals("[]", kit.said.getFirst());
        assertEquals(1, kit.problems.size());
    }

    @Test
    void aDateIsReadBack() {
        assertEquals("1000000000", say("${STRPTIME(2001-09-09 01:46:40,UTC,%Y-%m-%d %H:%M:%S)}"));
        assertEquals("1000000000", say("${STRPTIME(Sep 8 09:46:40 PM 2001,America/New_York,%b %d %I:%M:%S %p %Y)}"));
        assertEquals("1000000000", say("${STRPTIME(2001-09-09T03:46:40+0200,,%Y-%m-%dT%H:%M:%S%z)}"));
        assertEquals("[]", say("[${STRPTIME(yesterday,UTC,%Y-%m-%d)}]"));
    }

    @Test
    void theClocksVariablesAreThere() {
        assertEquals("20112026-12:00:00 20261120-120000 1795172400", say("${DATETIME} ${TIMESTAMP} ${EPOCH}"));
    }
}
