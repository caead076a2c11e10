package io.allo.server;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.Clock;
import io.allo.gate.cli.CliDesk;
import io.allo.gate.metrics.Metrics;
import io.allo.io.dns.DnsResolver;
import io.allo.io.dns.DnsSettings;
import io.allo.io.dtls.DtlsHandshakes;
import io.allo.io.dtls.DtlsIdentities;
import io.allo.io.loop.SystemClock;
import io.allo.io.loop.VirtualCallThreads;
import io.allo.io.media.LoopMediaPlane;
import io.allo.io.media.PortRange;
import io.allo.io.music.MusicLibrary;
import io.allo.io.recording.RecordingDesk;
import io.allo.io.recording.Retention;
import io.allo.io.sip.SipBindException;
import io.allo.io.sip.SipLoop;
import io.allo.io.sip.SipTransports;
import io.allo.io.store.CdrCsv;
import io.allo.io.store.CdrRow;
import io.allo.io.store.Store;
import io.allo.io.store.StoreException;
import io.allo.io.tls.CertificateBoard;
import io.allo.io.tls.TlsException;
import io.allo.media.codec.Opus;
import io.allo.pbx.app.conference.ConferenceControl;
import io.allo.pbx.app.function.FunctionWorld;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.call.local.LocalTechnology;
import io.allo.pbx.call.prompt.Music;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recorder;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.call.sip.IncomingCalls;
import io.allo.pbx.call.sip.SipSessions;
import io.allo.pbx.call.sip.SipSwitch;
import io.allo.pbx.call.sip.SipTechnology;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.conference.Conferences;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.PhonePolicy;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.pbx.event.EventBus;
import io.allo.pbx.fraud.CutWarning;
import io.allo.pbx.presence.MessageLamps;
import io.allo.pbx.record.CdrRecorder;
import io.allo.server.certificates.Certificates;
import io.allo.server.net.ExternalNames;
import io.allo.server.net.IdentifiedHosts;
import io.allo.sip.agent.SipListener;
import io.allo.sip.agent.UserAgent;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.agent.UserAgentSettings;
import io.allo.sip.door.Door;
import io.allo.sip.locate.LocatorSettings;
import io.allo.sip.registrar.RegistrarEvent;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running phone system: its long-lived parts, made and joined here and nowhere else. Made, reloaded and stopped by one
 * thread at a time.
 */
final class PhoneSystem {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneSystem.class);

    private final Clock clock = new SystemClock();
    private final RandomSource random = RandomSource.secure();
    private final EventBus bus = new EventBus();
    private final ExternalNames externalNames = new ExternalNames();
    private final Contacts contacts = new Contacts();
    private final SipSessions sessions = new SipSessions();
    private final Calls calls;
    private final Store store;
    private final CdrCsv csv;
    private final LoopMediaPlane media;
    private final MusicLibrary music;
    private final Sealing sealing;
    private final RecordingDesk recordings;
    private final Recorder recorder;
    private final Conferences rooms;
    private final ConferenceControl control;
    private final MailRoom mailRoom;
    private final MessageLamps lamps;
    private final Retention retention;
    private final DialplanRunner dialplan;
    private final SipLoop loop;
    private final Certificates certificates;
    private final Gatehouse gatehouse;
    private final Metrics metrics;
    private final MetricsPage figures;
    private final SipTransports transports;
    private final IncomingCalls incoming;
    private final FraudWatch fraud;
    private final Scripting scripting;
    private volatile Configuration configuration;
    private volatile EndpointDirectory directory;

    private PhoneSystem(Configuration first, Path state, Store store)
            throws TlsException, SipBindException, StoreException {
        configuration = first;
        this.store = store;
        csv = csv(first);
        directory = IdentifiedHosts.directory(externalNames.resolved(first.pjsip()));
        calls = new Calls(
                clock, new VirtualCallThreads(clock), bus, first.asterisk().maxCalls());
        var chance = new SecureRandom();
        var certificatesOfSound = new DtlsIdentities(Instant.ofEpochMilli(clock.epochMillis()), chance);
        var handshakes = new DtlsHandshakes(certificatesOfSound, chance);
        media = new LoopMediaPlane(
                new PortRange(first.rtp().start(), first.rtp().end(), random), clock, random, handshakes);
        music = new MusicLibrary(random, clock);
        music.use(first.music().classes());
        Thread.ofVirtual().name("opus").start(() -> useOpus(first)); // looking for the library takes its time
        music.start();
        sealing = Sealing.prepared(() -> configuration, state, random);
        recordings = new RecordingDesk(state.resolve("recordings"), clock, sealing.vault());
        recorder = new Recorder(media, recordings, clock, sealing::seals);
        recorder.recover();
        rooms = new Conferences(media, new Music(media, music), recorder, clock);
        control = new ConferenceControl(rooms);
        recordings.start();
        mailRoom = MailRoom.open(() -> configuration, state, store, sealing, clock, random);
        retention = new Retention(
                () -> RecordingFiles.places(configuration).monitor(),
                () -> configuration.recording().keepDays(),
                clock);
        retention.start();
        dialplan = new DialplanRunner(first.dialplan(), clock, ZoneId.systemDefault());
        var dns = new DnsResolver(DnsSettings.DEFAULT);
        loop = new SipLoop(clock, dns::ask, this::told);
        lamps = new MessageLamps(mailRoom.spool(), () -> directory, loop::post);
        certificates = new Certificates(state, LocalNames.all(), clock);
        gatehouse = new Gatehouse(clock, store, () -> directory, first);
        transports = SipTransports.open(
                Transports.toOpen(first.pjsip(), first.directory(), certificates), loop, gatehouse.door(), clock);
        metrics = Figures.of(calls, contacts, media, loop, transports);
        Figures.add(metrics, gatehouse);
        certificates.measure(metrics);
        Figures.add(metrics, handshakes, transports.counters());
        figures = MetricsPage.open(metrics, first.security().metrics());
        var sources = transports.sources();
        var sip = new SipSwitch(
                loop::post,
                calls,
                dialplan,
                media,
                contacts,
                () -> directory,
                sources::towards,
                sources::isOurs,
                sessions,
                clock,
                random,
                first.asterisk().defaultLanguage(),
                settings -> DtlsCertificates.of(settings, certificatesOfSound));
        incoming = new IncomingCalls(sip);
        fraud = FraudWatch.start(FraudWatch.rules(first, directory), calls, clock, store);
        var destinations = new Destinations(
                List.of(new SipTechnology(sip, fraud.guard()), new LocalTechnology(calls, media, dialplan, clock)));
        scripting = new Scripting(() -> configuration, state, dns, PhoneSystem::help);
        Applications.register(dialplan, parts(first, destinations));
        Figures.add(metrics, fraud.guard());
        subscribeReaders(fraud, gatehouse);
    }

    private static CdrCsv csv(Configuration first) {
        return new CdrCsv(
                first.asterisk().directories().log().resolve("cdr-csv"),
                first.cdr().csv(),
                ZoneId.systemDefault());
    }

    /** Who reads what happens in calls. */
    private void subscribeReaders(FraudWatch watch, Gatehouse gate) throws StoreException {
        bus.subscribe(CallEventLogger::log);
        bus.subscribe(watch.guard());
        bus.subscribe(event -> FraudWatch.tell(event, gate.bus()));
        bus.subscribe(new CdrRecorder(() -> configuration.cdr(), store.nextSequence(), this::record));
    }

    private Applications.Parts parts(Configuration first, Destinations destinations) {
        var prompts = new Prompts(
                media, Sounds.library(first, sealing.vault()), "us", scripting.voice(), new Music(media, music));
        fraud.guard().warnBy(new CutWarning(prompts));
        return new Applications.Parts(
                calls,
                destinations,
                media,
                prompts,
                recorder,
                rooms,
                control,
                () -> configuration,
                mailRoom.world(prompts, recorder),
                scripting,
                new FunctionWorld(
                        () -> directory,
                        contacts,
                        calls,
                        new StoredDatabase(store.database()),
                        ConfSource.directory(first.directory()),
                        () -> configuration.asterisk(),
                        PhoneSystem::help,
                        random,
                        Version.number()));
    }

    private static void help(Runnable task) {
        Thread.ofVirtual().name("helper").start(task);
    }

    /** What `allo run` says about voices at its start, in English and French; empty if they are there. */
    List<String> speechAdvice() {
        return scripting.advice();
    }

    private void record(CdrRow made) {
        var row = fraud.noted(made);
        store.add(row);
        csv.add(row);
    }

    /** Binds every socket and begins to take calls. */
    static PhoneSystem start(Configuration configuration, Path state)
            throws TlsException, SipBindException, StoreException {
        var store = Store.open(state.resolve(DATABASE));
        try {
            var kept = store.bindings();
            var system = new PhoneSystem(configuration, state, store);
            var agent = new UserAgent(
                    system.settings(configuration.pjsip()),
                    new PhonePolicy(system.directory),
                    system.gatehouse.door(),
                    system.gatehouse::epochMs,
                    system.random);
            system.loop.post(new UserAgentCommand.RestoreBindings(kept)); // before any message can come in
            system.loop.start(agent, system.transports);
            system.certificates.start(configuration.allo().acme());
            system.gatehouse.administration("SYSTEM", "started");
            system.externalNames.watch(system::useEndpoints);
            return system;
        } catch (TlsException | SipBindException | StoreException | RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    private UserAgentSettings settings(PjsipConf conf) {
        var global = conf.global();
        return new UserAgentSettings(
                global.timers(),
                global.userAgent(),
                global.realm(),
                global.maxForwards(),
                listeners(),
                LocatorSettings.DEFAULT,
                UserAgentSettings.Limits.DEFAULT);
    }

    /** Where it listens. */
    List<SipListener> listeners() {
        return Transports.listeners(directory.conf(), transports.listening());
    }

    /** What the command line may ask. */
    ControlDesk desk(Supplier<List<ConfProblem>> reload, Consumer<CliDesk.Stop> stop) {
        return new ControlDesk(
                new ControlDesk.Boards(
                        calls,
                        contacts,
                        () -> directory,
                        this::listeners,
                        transports.sources(),
                        dialplan,
                        store,
                        control,
                        fraud.guard(),
                        certificates,
                        gatehouse,
                        metrics),
                clock,
                reload,
                stop);
    }

    /** Where figures are shown over HTTP; 0 where they are not. */
    int metricsPort() {
        return figures.port();
    }

    /** Who is let in. */
    Door door() {
        return gatehouse.door();
    }

    /** The certificates in use, with the days they have left. */
    CertificateBoard certificates() {
        return certificates.board();
    }

    /**
     * Uses another configuration from now on; calls that are up go on. Sockets stay as they are, but new connections see new certificates.
     *
     * @return which certificates and addresses can't be used; the old ones stay
     */
    synchronized List<ConfProblem> reload(Configuration next) {
        configuration = next;
        sealing.prepare();
        useEndpoints();
        fraud.use(FraudWatch.rules(next, directory));
        dialplan.replace(next.dialplan());
        music.use(next.music().classes());
        Opus.CODEC.use(next.opus());
        gatehouse.configure(next);
        var problems = new ArrayList<>(figures.use(next.security().metrics()));
        problems.addAll(
                certificates.reload(next.pjsip(), next.directory(), next.allo().acme()));
        return problems;
    }

    private static void useOpus(Configuration first) {
        Opus.CODEC.use(first.opus());
        LOG.info("Opus is encoded and decoded by {}", Opus.CODEC.library().description());
    }

    /** The endpoints and transports of pjsip.conf, with the addresses that its host names have now. */
    private synchronized void useEndpoints() {
        var pjsip = configuration.pjsip();
        directory = IdentifiedHosts.directory(externalNames.resolved(pjsip));
        var settings = settings(pjsip);
        var policy = new PhonePolicy(directory);
        loop.run((agent, now, out) -> agent.reconfigure(settings, policy, now, out));
    }

    /** Takes no new calls, lets those that are up end, and after {@code patienceMs} ends them. */
    void stop(long patienceMs) throws InterruptedException {
        calls.close();
        loop.post(new UserAgentCommand.Drain());
        figures.close();
        if (!calls.awaitQuiet(patienceMs)) {
            LOG.info("{} calls are ended because allo stops", calls.callCount());
            calls.hangUpAll(HangupCause.NORMAL_CLEARING, "allo stops");
            if (!calls.awaitQuiet(LAST_MOMENTS_MS)) {
                LOG.warn("{} calls did not end", calls.callCount());
            }
        }
        lamps.close();
        loop.post(new UserAgentCommand.Shutdown(null));
        externalNames.close();
        loop.stop();
        certificates.close();
        transports.stop();
        recordings.close();
        mailRoom.close();
        music.close();
        retention.close();
        media.close();
        fraud.close();
        csv.close();
        gatehouse.administration("SYSTEM", "stopped");
        gatehouse.close();
        store.close();
    }

    /** Ends the calls that have not ended of themselves after {@code patienceMs}. */
    void hangUpAll(long patienceMs) throws InterruptedException {
        if (!calls.awaitQuiet(patienceMs)) {
            calls.hangUpAll(HangupCause.NORMAL_CLEARING, "allo stops");
        }
    }

    /** On the SIP loop. */
    private void told(UserAgentEvent event) {
        switch (event) {
            case UserAgentEvent.IncomingCall call -> incoming.incoming(call);
            case UserAgentEvent.SessionEvent session -> sessions.tell(session);
            case UserAgentEvent.Subscribed subscribed -> lamps.subscribed(subscribed);
            case UserAgentEvent.Unsubscribed gone -> lamps.unsubscribed(gone.subscription());
            case UserAgentEvent.BindingChanged changed -> bindingChanged(changed.event());
            case UserAgentEvent.ContactStatusChanged status -> contacts.status(status.contact(), status.status());
            case UserAgentEvent.Knocked knocked -> gatehouse.told(knocked);
            case UserAgentEvent.Banned banned -> gatehouse.told(banned);
            case UserAgentEvent.RequestRefused refused ->
                LOG.info(
                        "{} of {} from {} refused with {}: {}",
                        refused.method(),
                        refused.user(),
                        refused.flow().remote(),
                        refused.status(),
                        refused.why());
            case UserAgentEvent.StepFailed failed ->
                LOG.error("a fault in allo ended {}", failed.what(), failed.failure());
            default -> LOG.error("nobody wants {}", event);
        }
    }

    private void bindingChanged(RegistrarEvent event) {
        switch (event) {
            case RegistrarEvent.BindingAdded added -> {
                contacts.put(added.binding());
                store.put(added.binding());
                lamps.registered(added.binding().aor());
                LOG.info(
                        "{} registered at {}",
                        added.binding().aor(),
                        added.binding().target());
            }
            case RegistrarEvent.BindingRestored restored -> contacts.put(restored.binding());
            case RegistrarEvent.BindingRefreshed refreshed -> {
                contacts.put(refreshed.binding());
                store.refresh(refreshed.binding());
            }
            case RegistrarEvent.BindingRemoved removed -> {
                contacts.remove(removed.binding());
                store.remove(removed.binding());
                LOG.info(
                        "{} no longer registered at {}: {}",
                        removed.binding().aor(),
                        removed.binding().target(),
                        removed.reason());
            }
        }
    }

    private static final String DATABASE = "allo.db";
    private static final long LAST_MOMENTS_MS = 10_000;
}
