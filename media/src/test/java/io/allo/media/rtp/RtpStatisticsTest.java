package io.allo.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpStatisticsTest {
    private static final long MS = 1_000_000L;

    @Test
    void lossIsCountedAndTheFractionIsThatOfTheInterval() {
        var statistics = new RtpStatistics(8000, 1);
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 3) {
                statistics.received(i, i * 160, i * 20 * MS);
            }
        }
        assertEquals(10, statistics.cumulativeLost());
        assertEquals(25, statistics.takeFractionLost()); // 10 of 100, in 1/256
        for (int i = 100; i < 200; i++) {
            statistics.received(i, i * 160, i * 20 * MS);
        }
        assertEquals(0, statistics.takeFractionLost());
        assertEquals(10, statistics.lost());
        assertEquals(190, statistics.received());
    }

    @Test
    void duplicatesMakeTheLossNegativeButNotTheFraction() {
        var statistics = new RtpStatistics(8000, 1);
        for (int i = 0; i < 10; i++) {
            statistics.received(i, i * 160, i * 20 * MS);
            statistics.received(i, i * 160, i * 20 * MS);
        }
        assertEquals(-10, statistics.cumulativeLost());
        assertEquals(0, statistics.takeFractionLost());
        assertEquals(10, statistics.late());
        assertEquals(0, statistics.lost());
    }

    @Test
    void jitterIsZeroForASteadyStreamAndFollowsTheFilterOfA8() {
        var statistics = new RtpStatistics(8000, 1);
        double expected = 0;
        var random = new Random(3);
        long before = 0;
        int reported = 0;
        for (int i = 0; i < 2000; i++) {
            long late = i < 100 ? 0 : random.nextInt(30); // ms
            statistics.received(i & 0xffff, i * 160 - 2000, (i * 20L + late) * MS);
            if (i == 99) {
                assertEquals(0, statistics.jitter());
            }
            expected += (Math.abs(late - before) * 8 - expected) / 16;
            before = late;
            reported = statistics.jitter();
            assertEquals(expected, reported, 2);
        }
        assertTrue(reported > 40, "mean difference of two even numbers up to 30 ms is 10 ms, 80 units: " + reported);
        assertEquals(statistics.jitter() * 125.0, statistics.jitterMicros(), 125);
        assertTrue(statistics.jitterMostMicros() >= statistics.jitterMicros());
    }

    @Test
    void packetsOfOneTimestampDoNotCountAsJitter() {
        var statistics = new RtpStatistics(8000, 1);
        for (int i = 0; i < 50; i++) {
            statistics.received(i, 4711, i * 20 * MS); // a telephone event
        }
        assertEquals(0, statistics.jitter());
    }

    @Test
    void aRestartBeginsTheFiguresAnewButKeepsTheSum() {
        var statistics = new RtpStatistics(8000, 1);
        for (int i = 0; i < 10; i += 2) {
            statistics.received(i, i * 160, i * 20 * MS);
        }
        assertEquals(4, statistics.lost());
        for (int i = 30000; i < 30010; i++) {
            statistics.received(i, i * 160, i * 20 * MS);
        }
        assertEquals(1, statistics.restarts());
        assertEquals(0, statistics.cumulativeLost());
        assertEquals(4, statistics.lost());
        assertEquals(0, statistics.jitter());
    }

    @Test
    void packetsOnProbationAreNotCounted() {
        var statistics = new RtpStatistics(8000, 2);
        statistics.received(1, 0, 0);
        statistics.received(7, 0, 0);
        assertEquals(0, statistics.received());
        assertEquals(0, statistics.takeFractionLost());
    }
}
