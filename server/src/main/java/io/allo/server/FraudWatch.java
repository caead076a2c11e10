package io.allo.server;

import io.allo.core.timer.Clock;
import io.allo.io.store.CdrRow;
import io.allo.io.store.OneRingRow;
import io.allo.io.store.SpentRow;
import io.allo.io.store.Store;
import io.allo.io.store.StoreException;
import io.allo.pbx.call.Calls;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.SecurityBus;
import io.allo.pbx.event.SecurityEvent;
import io.allo.pbx.fraud.FraudGuard;
import io.allo.pbx.fraud.FraudRecord;
import io.allo.pbx.fraud.HomeCountry;
import io.allo.pbx.fraud.Tally;
import io.allo.pbx.fraud.Trunks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard of calls to the public network, with the database behind it and the clock that lets it count. Made and closed by the
 * wiring; its own virtual thread ticks.
 */
final class FraudWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FraudWatch.class);

    private static final Duration MEMORY = Duration.ofDays(31);

    /** A number that makes the library read its plans before a call waits for them. */
    private static final String WARM_UP = "+33123456789";

    private final FraudGuard guard;
    private final Thread ticking;
    private volatile Supplier<FraudGuard.Rules> rules;
    private boolean warm;

    private FraudWatch(Supplier<FraudGuard.Rules> first, Calls calls, Clock clock, Store store) {
        rules = first;
        guard = new FraudGuard(() -> rules.get(), calls, clock, ZoneId.systemDefault(), new FraudRecord() {
            @Override
            public void keep(Tally tally) {
                store.put(new SpentRow(tally.day(), tally.payer(), tally.calls(), tally.seconds()));
            }

            @Override
            public void keep(OneRing call) {
                store.put(new OneRingRow(call.number(), call.region(), call.atMillis()));
            }
        });
        ticking = Thread.ofVirtual().name("fraud").unstarted(this::run);
    }

    /** Goes on where the last run ended. */
    static FraudWatch start(Supplier<FraudGuard.Rules> first, Calls calls, Clock clock, Store store)
            throws StoreException {
        var watch = new FraudWatch(first, calls, clock, store);
        var since = Instant.ofEpochMilli(clock.epochMillis()).minus(MEMORY);
        var day = since.atZone(ZoneId.systemDefault()).toLocalDate().toString();
        store.forgetFraud(day, since.toEpochMilli());
        watch.guard.restore(
                store.spent(day).stream()
                        .map(row -> new Tally(row.day(), row.payer(), row.calls(), row.seconds()))
                        .toList(),
                store.oneRings(since.toEpochMilli()).stream()
                        .map(row -> new FraudRecord.OneRing(row.number(), row.region(), row.atMs()))
                        .toList());
        watch.ticking.start();
        return watch;
    }

    /** The rules of one configuration, made at the first question: the numbering plans take a fifth of a second to read. */
    static Supplier<FraudGuard.Rules> rules(Configuration configuration, EndpointDirectory directory) {
        return new Supplier<>() {
            private FraudGuard.@Nullable Rules made;

            @Override
            public synchronized FraudGuard.Rules get() {
                var rules = made;
                if (rules == null) {
                    rules = FraudGuard.Rules.of(
                            configuration.fraud(), home(configuration), new Trunks(directory, configuration.fraud()));
                    made = rules;
                }
                return rules;
            }
        };
    }

    /** The home country of one configuration. */
    static HomeCountry home(Configuration configuration) {
        return HomeCountry.of(
                configuration.fraud(),
                new HomeCountry.Clues(
                        configuration.pjsip(),
                        configuration.dialplan(),
                        configuration.toneZone(),
                        ZoneId.systemDefault().getId(),
                        Locale.getDefault(),
                        configuration.asterisk().defaultLanguage()));
    }

    FraudGuard guard() {
        return guard;
    }

    /** Uses another configuration from now on. */
    void use(Supplier<FraudGuard.Rules> next) {
        rules = next;
    }

    /** A refusal is a security event: the user may not do that. */
    static void tell(CallEvent event, SecurityBus bus) {
        if (event instanceof CallEvent.PublicCallJudged judged && !judged.allowed()) {
            var more = new LinkedHashMap<String, String>();
            more.put("RequestType", "INVITE");
            more.put("Number", judged.number());
            more.put("Rule", judged.rule());
            more.put("Trunk", judged.trunk());
            bus.publish(new SecurityEvent(
                    judged.atMillis(),
                    SecurityEvent.Kind.REQUEST_NOT_ALLOWED,
                    "PJSIP",
                    judged.payer(),
                    judged.linkedId(),
                    "",
                    "",
                    more));
        }
    }

    /** A record with the note that its call rang once and gave up, if it did. */
    CdrRow noted(CdrRow row) {
        return guard.note(row.uniqueid())
                .map(note -> row.withUserfield(row.userfield().isEmpty() ? note : row.userfield() + ";" + note))
                .orElse(row);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(Duration.ofSeconds(FraudGuard.TICK_SECONDS));
                tick();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault in one tick does not end the watch: without it no ceiling would cut a call any more. */
    private void tick() {
        try {
            if (!warm) {
                guard.explain("", WARM_UP, "");
                warm = true;
            }
            guard.tick();
        } catch (RuntimeException fault) {
            LOG.error(
                    "the calls to the public network could not be looked after; in {} s again",
                    FraudGuard.TICK_SECONDS,
                    fault);
        }
    }

    @Override
    public void close() {
        ticking.interrupt();
    }
}
