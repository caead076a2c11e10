package io.allo.server;

import io.allo.core.timer.Clock;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of the running system: every minute it looks whether a file has changed on the disk (certbot), whether one of our own
 * is due, and whether one comes to its end. Connections that are up keep what they have. Any thread, one at a time; it looks on a thread
 * of its own.
 */
final class Certificates implements AutoCloseable {

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

    Certificates(Path state, List<String> names, Clock clock) {
        this.store = new CertificateStore(state, names, clock);
        this.clock = clock;
        this.acme = new AcmeRenewal(store, state, clock);
    }

    /** The TLS of a transport, whose certificate is looked after from now on. */
    synchronized TlsContext open(String transport, TlsSettings settings) throws TlsException {
        var context = TlsContext.open(settings, store);
        contexts.put(transport, context);
        warn(transport, context);
        return context;
    }

    /** Begins to look, and to ask the ACME authority if one is named. */
    void start(Optional<AcmeSettings> acmeSettings) {
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
    CertificateBoard board() {
        return board;
    }

    /** Where they are kept. */
    CertificateStore store() {
        return store;
    }

    /** Looks now. What could not be used, each once; the certificates that were in use stay. */
    synchronized List<String> look() {
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
    synchronized List<ConfProblem> reload(Configuration next) {
        var conf = next.pjsip();
        var directory = next.directory();
        acme.use(next.allo().acme());
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
    synchronized List<String> reread() {
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
    synchronized Optional<String> renew(boolean authorityToo) {
        try {
            store.renew(authorityToo);
        } catch (TlsException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        var wrong = reread();
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
    }

    /** Asks the ACME authority now, and uses what it issues. */
    Optional<String> askAcme() {
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
