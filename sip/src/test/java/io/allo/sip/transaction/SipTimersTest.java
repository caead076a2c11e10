package io.allo.sip.transaction;

import static io.allo.sip.transaction.Samples.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** RFC 3261 table 4. */
class SipTimersTest {
    @Test
    void defaultsAreThoseOfTable4() {
        SipTimers timers = SipTimers.DEFAULT;
        assertEquals(ms(500), timers.t1Nanos());
        assertEquals(ms(4_000), timers.t2Nanos());
        assertEquals(ms(5_000), timers.t4Nanos());
        assertEquals(ms(32_000), timers.timerBNanos());
        assertEquals(ms(32_000), timers.timerDNanos());
        assertEquals(ms(32_000), timers.longestRetransmissionNanos());
    }

    @Test
    void timerEReachesT2After3500Ms() {
        assertEquals(ms(3_500), SipTimers.DEFAULT.timerEReachesT2Nanos());
        assertEquals(ms(7_000), SipTimers.ofMs(1_000, 64_000).timerEReachesT2Nanos() + ms(4_000));
    }

    @Test
    void longT1LiftsT2() {
        assertEquals(ms(6_000), SipTimers.ofMs(6_000, 64_000).t2Nanos());
        assertEquals(0, SipTimers.ofMs(6_000, 64_000).timerEReachesT2Nanos());
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SipTimers.ofMs(0, 32_000));
        assertThrows(IllegalArgumentException.class, () -> SipTimers.ofMs(500, 100));
        assertThrows(IllegalArgumentException.class, () -> new SipTimers(10, 5, 1, 640));
    }
}
