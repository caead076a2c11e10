package io.allo.io.tls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which certificates an administrator is to be told of because their end is near: 30, 14, 7, 3 and 1 days before it and when it has come,
 * each once for one certificate. Owned by who asks.
 */
public final class ExpiryNotices {

    private static final List<Integer> DAYS = List.of(1, 3, 7, 14, 30);
    private static final int EXPIRED = -1;

    /** The step of which was told last, by fingerprint. */
    private final Map<String, Integer> told = new HashMap<>();

    /** Those that have come to another step since the last time. */
    public List<CertificateStatus> due(List<CertificateStatus> all, Instant now) {
        var due = new ArrayList<CertificateStatus>();
        for (var status : all) {
            int step = step(status.daysLeft(now));
            if (step < told.getOrDefault(status.fingerprint(), Integer.MAX_VALUE)) {
                told.put(status.fingerprint(), step);
                due.add(status);
            }
        }
        told.keySet().retainAll(all.stream().map(CertificateStatus::fingerprint).toList());
        return due;
    }

    private static int step(long daysLeft) {
        if (daysLeft < 0) {
            return EXPIRED;
        }
        return DAYS.stream().filter(days -> daysLeft <= days).findFirst().orElse(Integer.MAX_VALUE);
    }
}
