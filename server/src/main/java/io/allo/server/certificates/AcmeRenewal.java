package io.allo.server.certificates;

import io.allo.core.timer.Clock;
import io.allo.io.acme.AcmeClient;
import io.allo.io.acme.AcmeException;
import io.allo.io.acme.AcmeSchedule;
import io.allo.io.acme.AcmeSettings;
import io.allo.io.tls.CertificateStore;
import io.allo.io.tls.Expiry;
import io.allo.io.tls.TlsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the certificate of {@code [acme]} in allo.conf fresh: asks when there is none for its names and when the one at hand is due, with
 * growing pauses after failures. Any thread; one asks at a time, for seconds or minutes, and holds nobody else up.
 */
final class AcmeRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(AcmeRenewal.class);

    private final CertificateStore store;
    private final Path state;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Optional<AcmeSettings> settings = Optional.empty();
    private volatile AcmeSchedule schedule = AcmeSchedule.FRESH;
    private volatile String trouble = "";

    AcmeRenewal(CertificateStore store, Path state, Clock clock) {
        this.store = store;
        this.state = state;
        this.clock = clock;
    }

    /** From now on these; other ones begin without a pause. */
    void use(Optional<AcmeSettings> next) {
        if (!next.equals(settings)) {
            settings = next;
            schedule = AcmeSchedule.FRESH;
            trouble = "";
        }
    }

    /** What keeps it from being renewed; "" where all is well. */
    String trouble() {
        return trouble;
    }

    /** Asks if it is time to. Whether there is another certificate now. */
    boolean look() {
        var wanted = settings.filter(AcmeSettings::agreesTerms);
        if (wanted.isEmpty() || !schedule.isDue(renewAt(wanted.get()), now()) || !asking.tryLock()) {
            return false;
        }
        try {
            return ask(wanted.get()).isEmpty();
        } finally {
            asking.unlock();
        }
    }

    /** Asks now. Why there is no other certificate; empty if there is. */
    Optional<String> askNow() {
        var wanted = settings;
        if (wanted.isEmpty()) {
            return Optional.of("allo.conf has no section [acme]");
        }
        asking.lock();
        try {
            return ask(wanted.get());
        } finally {
            asking.unlock();
        }
    }

    private Optional<String> ask(AcmeSettings wanted) {
        try {
            var identity = new AcmeClient(wanted, state).obtain();
            store.keep(CertificateStore.ACME, identity);
            schedule = AcmeSchedule.FRESH;
            trouble = "";
            LOG.info(
                    "ACME: a certificate for {} until {}",
                    wanted.names(),
                    identity.certificate().getNotAfter().toInstant());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.of("allo stops");
        } catch (AcmeException | TlsException | RuntimeException e) {
            schedule = schedule.failed(now());
            trouble = "ACME: no certificate for " + wanted.names() + ": " + e.getMessage() + "; next attempt at "
                    + schedule.notBefore();
            LOG.warn(trouble);
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** When the certificate at hand is due; empty if it is not for all names that are wanted. */
    private Optional<Instant> renewAt(AcmeSettings wanted) {
        return store.kept(CertificateStore.ACME)
                .filter(kept -> CertificateStore.covers(kept, wanted.names()))
                .map(kept -> Expiry.renewAt(kept.certificate()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.epochMillis());
    }
}
