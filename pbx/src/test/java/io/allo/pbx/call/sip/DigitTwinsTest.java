package io.allo.pbx.call.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Keys that come twice: "i5" is 5 by INFO, "s5" 5 in the stream; a number is milliseconds to wait. */
class DigitTwinsTest {
    private static String counted(String script) {
        var twins = new DigitTwins();
        var heard = new StringBuilder();
        var now = 7_000_000_000L;
        for (var step : script.split(" ")) {
            if (Character.isDigit(step.charAt(0))) {
                now += Long.parseLong(step) * 1_000_000;
            } else {
                var way = step.charAt(0) == 'i' ? DigitTwins.Way.INFO : DigitTwins.Way.STREAM;
                if (twins.isNew(step.charAt(1), way, now)) {
                    heard.append(step.charAt(1));
                }
            }
        }
        return heard.toString();
    }

    @Test
    void aKeyByBothWaysCountsOnceInEitherOrder() {
        assertEquals("5", counted("i5 120 s5"));
        assertEquals("5", counted("s5 80 i5"));
    }

    @Test
    void aKeyPressedTwiceCountsTwice() {
        assertEquals("55", counted("s5 150 s5"));
        assertEquals("55", counted("i5 100 s5 100 i5 100 s5"));
        assertEquals("55", counted("s5 100 s5 100 i5 100 i5"));
    }

    @Test
    void differentKeysDoNotDisturbEachOther() {
        assertEquals("1234", counted("s1 90 i1 s2 90 i2 s3 90 i3 s4 90 i4"));
        assertEquals("12", counted("i1 50 i2 50 s1 50 s2"));
    }

    @Test
    void laterThanASecondItIsAnotherKey() {
        assertEquals("55", counted("i5 1100 s5"));
    }
}
