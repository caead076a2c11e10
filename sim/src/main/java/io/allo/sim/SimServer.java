package io.allo.sim;

import io.allo.core.random.RandomSource;
import io.allo.io.sound.SoundLibrary;
import io.allo.pbx.app.dial.DialApplications;
import io.allo.pbx.app.flow.FlowApplications;
import io.allo.pbx.app.ivr.IvrApplications;
import io.allo.pbx.app.play.PlayApplications;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.Channel;
import io.allo.pbx.call.local.LocalTechnology;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.call.ring.PublicCalls;
import io.allo.pbx.call.sip.IncomingCalls;
import io.allo.pbx.call.sip.SipSessions;
import io.allo.pbx.call.sip.SipSwitch;
import io.allo.pbx.call.sip.SipTechnology;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.dialplan.DialplanParser;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.PhonePolicy;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.pbx.event.EventBus;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.UserAgent;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.agent.UserAgentSettings;
import io.allo.sip.locate.LocatorSettings;
import io.allo.sip.registrar.RegistrarEvent;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The phone system itself, joined as the server's wiring joins it: the real stack, calls, dialplan and applications, over
 * simulated network, media plane and threads. Whoever has the turn.
 */
public final class SimServer {

    private static final int CALL_LIMIT = 1_000;

    private final SimWorld world;
    private final SimMediaPlane media;
    private final SimCallThreads threads;
    private final EventBus bus = new EventBus();
    private final Contacts contacts = new Contacts();
    private final SipSessions sessions = new SipSessions();
    private final Calls calls;
    private final SipNode node;
    private final IncomingCalls incoming;
    private final DialplanRunner dialplan;
    private final RecordWatch records;
    private final SimRooms rooms;

    SimServer(SimWorld world, HostPort address, Map<String, String> files, RandomSource random) {
        this.world = world;
        var queue = world.queue();
        media = new SimMediaPlane(queue, world.lane(), world.trace());
        threads = new SimCallThreads(
                queue, RandomSource.seeded(random.nextLong()), world.settings().threadLatencyNanos());
        var pjsip = pjsip(files);
        var directory = new EndpointDirectory(pjsip);
        calls = new Calls(queue.clock(), threads, bus, CALL_LIMIT);
        dialplan = new DialplanRunner(
                DialplanParser.parse(new ConfParser(ConfSource.of(files)).parse("extensions.conf"))
                        .dialplan(),
                queue.clock(),
                ZoneOffset.UTC);
        node = new SipNode(
                queue,
                world.network(),
                world.lane(),
                address,
                settings(pjsip, address),
                new PhonePolicy(directory),
                RandomSource.seeded(random.nextLong()),
                this::told);
        var sip = new SipSwitch(
                node::post,
                calls,
                dialplan,
                media,
                contacts,
                () -> directory,
                remote -> address.host(),
                address.host()::equals,
                sessions,
                queue.clock(),
                RandomSource.seeded(random.nextLong()),
                "en");
        incoming = new IncomingCalls(sip);
        var destinations = new Destinations(List.of(
                new SipTechnology(sip, PublicCalls.OPEN), new LocalTechnology(calls, media, dialplan, queue.clock())));
        var prompts = new Prompts(media, new SoundLibrary(List.of()), "us");
        FlowApplications.register(dialplan, false);
        PlayApplications.register(dialplan, prompts);
        IvrApplications.register(dialplan, prompts);
        DialApplications.register(dialplan, destinations, media, calls, prompts);
        SimApplications.register(dialplan, media);
        var confbridge = files.containsKey("confbridge.conf")
                ? new ConfParser(ConfSource.of(files)).parse("confbridge.conf")
                : null;
        rooms = new SimRooms(dialplan, media, calls, destinations, queue.clock(), confbridge);
        records = new RecordWatch();
        bus.subscribe(records);
    }

    private static PjsipConf pjsip(Map<String, String> files) {
        var problems = new ArrayList<ConfProblem>();
        var conf = PjsipConf.read(new ConfParser(ConfSource.of(files)).parse("pjsip.conf"), problems::add);
        if (problems.stream().anyMatch(ConfProblem::isError)) {
            throw new IllegalArgumentException("pjsip.conf: " + problems);
        }
        return conf;
    }

    private static UserAgentSettings settings(PjsipConf conf, HostPort address) {
        var global = conf.global();
        return new UserAgentSettings(
                global.timers(),
                global.userAgent(),
                global.realm(),
                global.maxForwards(),
                SipNode.listeners(address),
                LocatorSettings.DEFAULT,
                UserAgentSettings.Limits.DEFAULT);
    }

    /** On the SIP loop. */
    private void told(UserAgentEvent event) {
        switch (event) {
            case UserAgentEvent.IncomingCall call -> incoming.incoming(call);
            case UserAgentEvent.SessionEvent session -> sessions.tell(session);
            case UserAgentEvent.BindingChanged changed -> bindingChanged(changed.event());
            case UserAgentEvent.ContactStatusChanged status -> contacts.status(status.contact(), status.status());
            case UserAgentEvent.RequestRefused refused ->
                world.trace().note(refused.method() + " of " + refused.user() + " refused: " + refused.why());
            case UserAgentEvent.Knocked knocked -> {
                // what the security log would say; the trace has the messages themselves
            }
            case UserAgentEvent.Banned banned -> world.trace().note("banned: " + banned.ban());
            default -> throw new SimFailure("nobody wants " + event);
        }
    }

    private void bindingChanged(RegistrarEvent event) {
        world.bindings().changed(event);
        switch (event) {
            case RegistrarEvent.BindingAdded added -> contacts.put(added.binding());
            case RegistrarEvent.BindingRestored restored -> contacts.put(restored.binding());
            case RegistrarEvent.BindingRefreshed refreshed -> contacts.put(refreshed.binding());
            case RegistrarEvent.BindingRemoved removed -> contacts.remove(removed.binding());
        }
    }

    /** Where every fact of every call is told. */
    public EventBus bus() {
        return bus;
    }

    /** The calls that are up. */
    public Calls calls() {
        return calls;
    }

    /** Where registered phones are. */
    public Contacts contacts() {
        return contacts;
    }

    /** The dialplan, to register further applications with. */
    public DialplanRunner dialplan() {
        return dialplan;
    }

    /** Its channels, oldest first. */
    public List<Channel> channels() {
        return calls.channels();
    }

    /** What its stack holds. */
    public UserAgent.Holdings holdings() {
        return node.holdings();
    }

    SimMediaPlane media() {
        return media;
    }

    SimRooms rooms() {
        return rooms;
    }

    RecordWatch records() {
        return records;
    }

    SipSessions sessions() {
        return sessions;
    }

    SimCallThreads threads() {
        return threads;
    }

    SipNode node() {
        return node;
    }
}
