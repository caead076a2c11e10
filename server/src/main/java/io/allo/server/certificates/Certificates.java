package io.allo.server.certificates;

import io.allo.core.timer.Clock;
import io.allo.gate.metrics.Metrics;
import io.allo.io.acme.AcmeSettings;
import io.allo.io.tls.CertificateBoard;
import io.allo.io.tls.CertificateStatus;
import io.allo.io.tls.CertificateStore;
import io.allo.io.tls.ExpiryNotices;
import io.allo.io.tls.TlsContext;
import io.allo.io.tls.TlsException;
import io.allo.io.tls.TlsSettings;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Text;
import io.allo.pbx.endpoint.PjsipConf;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of the running system: every minute it looks whether a file has changed on the disk (certbot), whether one of our own
 * is due, and whether one comes to its end. Connections that are up keep what they have. Any thread, one at a time; it looks on a thread
 * of its own.
 */
public final class Certificates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
    private static final long LOOK_EVERY_MS = 60_000;

    private final CertificateStore store;
    private final Clock clock;
    private final CertificateBoard board = new CertificateBoard();
    private final ExpiryNotices notices = new ExpiryNotices();
    private final Map<String, TlsContext> contexts = new LinkedHashMap<>();
    private final AcmeRenewal acme;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("certificates").factory());

    /**
     * @param state where allo keeps what it must not forget
     * @param names host names and addresses of this machine, for which certificates are made
     */
    public Certificates(Path state, List<String> names, Clock clock) {
        this.store = new CertificateStore(state, names, clock);
        this.clock = clock;
        this.acme = new AcmeRenewal(store, state, clock);
    }

    /** The TLS of a transport, whose certificate is looked after from now on. */
    public synchronized TlsContext open(String transport, TlsSettings settings) throws TlsException {
        var context = TlsContext.open(settings, store);
        contexts.put(transport, context);
        warn(transport, context);
        return context;
    }

    /** Begins to look, and to ask the ACME authority if one is named. */
    public void start(Optional<AcmeSettings> acmeSettings) {
        tell();
        acme.use(acmeSettings);
        var unused = timer.scheduleWithFixedDelay(
                () -> {
                    acme.look(); // what it gets is a file that has changed
                    look().forEach(LOG::warn);
                },
                0,
                LOOK_EVERY_MS,
                TimeUnit.MILLISECONDS);
    }

    /** What is in use. */
    public CertificateBoard board() {
        return board;
    }

    /** Adds the days that are left to what can be measured: of each transport opened so far, and of our own authority. */
    public synchronized void measure(Metrics metrics) {
        for (var transport : contexts.keySet()) {
            metrics.gauge(
                    "allo_certificate_days_left",
                    "Days until the certificate that a transport shows is over; negative afterwards.",
                    Map.of("transport", transport),
                    () -> daysLeft(status -> status.transports().contains(transport)));
        }
        metrics.gauge(
                "allo_authority_days_left",
                "Days until allo's own authority is over; NaN if there is none.",
                () -> daysLeft(CertificateStatus::isAuthority));
        metrics.gauge(
                "allo_certificate_troubles",
                "Certificates that could not be renewed at the last attempt.",
                () -> board.troubles().size());
    }

    private double daysLeft(Predicate<CertificateStatus> which) {
        var now = now();
        return board.all().stream()
                .filter(which)
                .mapToDouble(status -> status.daysLeft(now))
                .min()
                .orElse(Double.NaN);
    }

    /** Looks now. What could not be used, each once; the certificates that were in use stay. */
    public synchronized List<String> look() {
        var wrong = new ArrayList<String>();
        contexts.forEach((transport, context) -> {
            try {
                if (context.reloadIfDue(now())) {
                    taken(transport, context);
                }
            } catch (TlsException | RuntimeException e) {
                wrong.add(kept(transport, e));
            }
        });
        tell();
        return wrong;
    }

    /** Reads all files again, as the transports of that configuration name them. */
    public synchronized List<ConfProblem> reload(PjsipConf conf, Path directory, Optional<AcmeSettings> acmeSettings) {
        acme.use(acmeSettings);
        var wrong = new ArrayList<ConfProblem>();
        contexts.forEach((name, context) -> {
            var transport = conf.transports().get(name);
            if (transport == null || !transport.isSecure()) {
                return; // its socket stays as it is
            }
            try {
                if (context.reload(TlsOptions.settings(transport.tls(), directory))) {
                    taken(name, context);
                }
            } catch (TlsException e) {
                wrong.add(TlsOptions.warning(transport, "certificate", Text.same(kept(name, e)), null));
            }
        });
        tell();
        return wrong;
    }

    /** Reads the files again that are in use; what can't be used. */
    public synchronized List<String> reread() {
        var wrong = new ArrayList<String>();
        contexts.forEach((transport, context) -> {
            try {
                if (context.reload()) {
                    taken(transport, context);
                }
            } catch (TlsException e) {
                wrong.add(kept(transport, e));
            }
        });
        tell();
        return wrong;
    }

    /** Makes our own anew, and uses it. */
    public synchronized Optional<String> renew(boolean authorityToo) {
        try {
            store.renew(authorityToo);
        } catch (TlsException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        var wrong = reread();
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
    }

    /** Asks the ACME authority now, and uses what it issues. */
    public Optional<String> askAcme() {
        return acme.askNow().or(() -> {
            var wrong = reread();
            return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
        });
    }

    private static String kept(String transport, Exception why) {
        return "transport " + transport + " keeps its certificate: " + why.getMessage();
    }

    private void taken(String transport, TlsContext context) {
        LOG.info(
                "transport {} shows another certificate to new connections: {}",
                transport,
                context.certificate().getSubjectX500Principal());
        warn(transport, context);
    }

    private static void warn(String transport, TlsContext context) {
        context.warnings().forEach(warning -> LOG.warn("transport {}: {}", transport, warning));
    }

    private void tell() {
        var all = new ArrayList<CertificateStatus>();
        contexts.forEach((transport, context) -> all.add(context.status(transport)));
        try {
            all.addAll(store.keptStatus());
        } catch (TlsException e) {
            LOG.debug("what is kept can't be shown: {}", e.getMessage()); // load() has warned of it
        }
        board.replace(all);
        board.trouble(acme.trouble().isEmpty() ? List.of() : List.of(acme.trouble()));
        for (var status : notices.due(board.all(), now())) {
            LOG.warn(
                    "the certificate of {} ({}) has {} days left, until {}",
                    status.subject(),
                    status.files(),
                    status.daysLeft(now()),
                    status.notAfter());
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.epochMillis());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
