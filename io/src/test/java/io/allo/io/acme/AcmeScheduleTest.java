package io.allo.io.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcmeScheduleTest {

    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void theAuthorityIsAskedWithoutACertificateAndWhenTheOneAtHandIsDue() {
        assertTrue(AcmeSchedule.FRESH.isDue(Optional.empty(), NOW));
        assertFalse(AcmeSchedule.FRESH.isDue(Optional.of(NOW.plusSeconds(1)), NOW));
        assertTrue(AcmeSchedule.FRESH.isDue(Optional.of(NOW), NOW));
    }

    @Test
    void pausesGrowFromAQuarterOfAnHourToHalfADay() {
        var schedule = AcmeSchedule.FRESH;
        var pauses = new ArrayList<Long>();
        var now = NOW;
        for (int i = 0; i < 9; i++) {
            schedule = schedule.failed(now);
            assertFalse(schedule.isDue(Optional.empty(), schedule.notBefore().minusSeconds(1)));
            assertTrue(schedule.isDue(Optional.empty(), schedule.notBefore()));
            pauses.add(Duration.between(now, schedule.notBefore()).toMinutes());
            now = schedule.notBefore();
        }
        assertEquals(List.of(15L, 30L, 60L, 120L, 240L, 480L, 720L, 720L, 720L), pauses);
    }
}
