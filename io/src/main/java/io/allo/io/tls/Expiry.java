package io.allo.io.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a certificate is to be renewed, and what is said when its end is near. No state. */
public final class Expiry {

    private static final Duration WARN_BEFORE = Duration.ofDays(30);

    private Expiry() {}

    /** When two thirds of its time are over: there is time left to mend what goes wrong. */
    public static Instant renewAt(X509Certificate certificate) {
        Instant start = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(start, certificate.getNotAfter().toInstant());
        return start.plus(life.multipliedBy(2).dividedBy(3));
    }

    /** A warning if it has ended or does within 30 days. */
    static Optional<String> warning(String file, X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(now)) {
            return Optional.of("the certificate in " + file + " expired on " + end);
        }
        return end.isBefore(now.plus(WARN_BEFORE))
                ? Optional.of("the certificate in " + file + " expires on " + end)
                : Optional.empty();
    }
}
