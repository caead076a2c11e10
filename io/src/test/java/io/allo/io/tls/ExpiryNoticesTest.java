package io.allo.io.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryNoticesTest {

    private static final Instant END = Instant.parse("2027-06-01T00:00:00Z");

    private static CertificateStatus status(String fingerprint) {
        return new CertificateStatus(
                "CN=a",
                "CN=b",
                List.of(),
                END.minus(Duration.ofDays(90)),
                END,
                fingerprint,
                "EC 256",
                false,
                CertificateStore.Source.NAMED,
                List.of(),
                List.of("t"),
                java.util.Optional.empty());
    }

    @Test
    void theEndIsToldAtThirtyFourteenSevenThreeAndOneDaysAndWhenItHasCome() {
        var notices = new ExpiryNotices();
        var told = new ArrayList<Long>();
        for (var now = END.minus(Duration.ofDays(90));
                now.isBefore(END.plus(Duration.ofDays(5)));
                now = now.plusSeconds(3600)) {
            for (var status : notices.due(List.of(status("one")), now)) {
                told.add(status.daysLeft(now));
            }
        }
        assertEquals(List.of(30L, 14L, 7L, 3L, 1L, -1L), told);
    }

    @Test
    void everyCertificateIsToldForItselfAndAtOnceAfterAStart() {
        var notices = new ExpiryNotices();
        var now = END.minus(Duration.ofDays(5));
        assertEquals(2, notices.due(List.of(status("one"), status("two")), now).size());
        assertEquals(0, notices.due(List.of(status("one"), status("two")), now).size());
        assertEquals(1, new ExpiryNotices().due(List.of(status("one")), now).size());
    }
}
