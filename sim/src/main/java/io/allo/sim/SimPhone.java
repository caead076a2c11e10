package io.allo.sim;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipUri;
import io.allo.sip.agent.CallTarget;
import io.allo.sip.agent.EndpointProfile;
import io.allo.sip.agent.OutgoingProfile;
import io.allo.sip.agent.SessionId;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.agent.UserAgentPolicy;
import io.allo.sip.agent.UserAgentSettings;
import io.allo.sip.auth.Account;
import io.allo.sip.auth.DigestSecret;
import io.allo.sip.flow.Flow;
import io.allo.sip.header.Headers;
import io.allo.sip.message.SipRequest;
import io.allo.sip.registrar.AddressOfRecord;
import io.allo.sip.session.SessionSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A phone and whoever sits at it: the real stack as its user agent, registration by hand, and behaviour drawn from the
 * seed. Whoever has the turn.
 */
public final class SimPhone {

    private static final long MS = 1_000_000L;
    private static final int FIRST_RTP_PORT = 20_000;

    /** Numbers of rooms begin so. */
    static final String ROOM = "70";

    private static final List<String> KEYS = List.of("1", "1", "5", "6", "8", "3", "19", "#");
    private static final List<String> ADMIN_KEYS = List.of("3", "3", "12", "4", "1", "8");

    private final SimWorld world;
    private final SimQueue queue;
    private final RandomSource random;
    private final String name;
    private final HostPort address;
    private final PhoneHabits habits;
    private final Map<SessionId, PhoneCall> calls = new LinkedHashMap<>();
    private final int registerSeconds;
    private SipNode node;
    private RegisterClient registration;
    private SimQueue.@Nullable Step refresh;
    private boolean on = true;
    private boolean registered;
    private boolean retired;
    private long nextSession;
    private int nextRtpPort = FIRST_RTP_PORT;
    private int answeredCalls;

    SimPhone(SimWorld world, String name, HostPort address, PhoneHabits habits, RandomSource random) {
        this.world = world;
        this.queue = world.queue();
        this.name = name;
        this.address = address;
        this.habits = habits;
        this.random = random;
        this.registerSeconds = 60 + random.nextInt(240);
        this.node = newNode();
        this.registration = newRegistration();
    }

    /** Its number, which is also its user name. */
    public String name() {
        return name;
    }

    /** Where it is on the network. */
    public HostPort address() {
        return address;
    }

    /** Whether the server has its registration, as far as the phone knows. */
    public boolean isRegistered() {
        return registered;
    }

    /** Whether it has power. */
    public boolean isOn() {
        return on;
    }

    /** Its calls, over ones left out. */
    public List<PhoneCall> calls() {
        return new ArrayList<>(calls.values());
    }

    /** How many of its calls were answered. */
    public int answeredCalls() {
        return answeredCalls;
    }

    /** Registers, and again before the time is over, until {@link #retire}. */
    public void register() {
        if (on) {
            registration.register(retired ? 0 : registerSeconds);
        }
    }

    /** No more registrations and calls; calls that are up are hung up. */
    public void retire() {
        retired = true;
        cancelRefresh();
        for (var call : calls()) {
            hangUp(call);
        }
        if (on && random.nextInt(2) == 0) {
            register();
        }
    }

    /** Calls a number. Null if the phone is off or speaks already. */
    public @Nullable PhoneCall call(String number) {
        if (!on || retired || isBusy()) {
            return null;
        }
        var tag = name + " call " + (nextSession + 1);
        var call = new PhoneCall(this, new SessionId(++nextSession), false, number, tag, newRtp(), queue.now());
        calls.put(call.session, call);
        world.trace().note(name + " calls " + number);
        var from = NameAddress.of(
                tag, SipUri.of(name, HostPort.of(world.serverAddress().host())));
        var flow = new Flow(Flow.UDP, address, world.serverAddress(), 0);
        node.post(new UserAgentCommand.PlaceCall(
                call.session,
                new CallTarget(SipUri.of(number, world.serverAddress()), null, List.of(), flow, null),
                new OutgoingProfile(
                        from,
                        realm -> new Account(name, new DigestSecret.Password(world.password(name))),
                        SessionSettings.DEFAULT,
                        name,
                        false),
                chance(habits.lateOffer()) ? null : call.offer(),
                Headers.EMPTY));
        if (chance(habits.cancel())) {
            after(random.nextInt(9_000), () -> hangUpIf(call, PhoneCall.State.DIALING));
        }
        after(60_000, () -> hangUpIf(call, PhoneCall.State.DIALING));
        return call;
    }

    /** Hangs up, whatever the state. */
    public void hangUp(PhoneCall call) {
        if (call.state == PhoneCall.State.ENDING || call.state == PhoneCall.State.OVER) {
            return;
        }
        state(call, PhoneCall.State.ENDING);
        node.post(new UserAgentCommand.HangUp(call.session, null));
    }

    /** Pulls the plug; after {@code offMs} the phone starts again and knows nothing of before. */
    public void vanish(long offMs) {
        if (!on) {
            return;
        }
        world.trace().note(name + " is switched off");
        world.wires().vanished(address);
        on = false;
        registered = false;
        node.kill();
        registration.stop();
        cancelRefresh();
        calls.values().forEach(call -> call.state = PhoneCall.State.OVER);
        calls.clear();
        after(offMs, this::startAgain);
    }

    private void startAgain() {
        on = true;
        world.wires().back(address);
        world.trace().note(name + " is switched on");
        node = newNode();
        registration = newRegistration();
        if (!retired) {
            register();
        }
    }

    SipNode node() {
        return node;
    }

    boolean isBusy() {
        return calls.values().stream().anyMatch(call -> call.state != PhoneCall.State.ENDING);
    }

    // ---- the stack

    private SipNode newNode() {
        var made = new SipNode(
                queue,
                world.network(),
                world.lane(),
                address,
                UserAgentSettings.of(SipNode.listeners(address)),
                new Policy(name),
                RandomSource.seeded(random.nextLong()),
                this::told);
        made.firstLook(message -> registration.take(message));
        return made;
    }

    private RegisterClient newRegistration() {
        return new RegisterClient(
                queue,
                world.network(),
                random,
                address,
                world.serverAddress(),
                name,
                world.password(name),
                this::registrationDone);
    }

    private void registrationDone(int seconds) {
        registered = seconds > 0;
        if (retired) {
            return;
        }
        cancelRefresh();
        refresh = after(seconds > 0 ? seconds * 900L : 5_000 + random.nextInt(5_000), this::register);
    }

    private void cancelRefresh() {
        var step = refresh;
        if (step != null) {
            step.cancel();
            refresh = null;
        }
    }

    private void told(UserAgentEvent event) {
        if (event instanceof UserAgentEvent.IncomingCall incoming) {
            incoming(incoming);
        } else if (event instanceof UserAgentEvent.SessionEvent about) {
            var call = calls.get(about.session());
            if (call != null) {
                call.changedNanos = queue.now();
                inSession(call, about);
            }
        }
    }

    private void incoming(UserAgentEvent.IncomingCall event) {
        var reject = retired || isBusy() || chance(habits.busy()) ? 486 : chance(habits.decline()) ? 603 : 0;
        if (reject != 0) {
            after(
                    random.nextInt(300),
                    () -> node.post(new UserAgentCommand.Reject(event.session(), reject, null, Headers.EMPTY)));
            return;
        }
        var from = event.invite().from();
        var party = from.uri() instanceof SipUri uri ? String.valueOf(uri.user()) : "";
        var tag = String.valueOf(from.displayName());
        var call = new PhoneCall(this, event.session(), true, party, tag, newRtp(), queue.now());
        calls.put(call.session, call);
        if (!chance(habits.silent())) {
            after(random.nextInt(300), () -> {
                if (call.state == PhoneCall.State.RINGING) {
                    node.post(new UserAgentCommand.Ring(call.session, 180, null, null, Headers.EMPTY));
                }
            });
        }
        if (!chance(habits.ignore())) {
            after(300 + random.nextInt(9_000), () -> {
                meanwhile(call, habits.cancel(), other -> hangUpIf(other, PhoneCall.State.DIALING));
                after(random.nextInt(200), () -> answer(call, event.offer()));
            });
        }
    }

    private void answer(PhoneCall call, byte @Nullable [] offer) {
        if (call.state == PhoneCall.State.RINGING) {
            var sdp = offer == null ? call.offer() : call.answer(offer);
            node.post(new UserAgentCommand.Answer(call.session, sdp, Headers.EMPTY));
            talk(call);
        }
    }

    private void inSession(PhoneCall call, UserAgentEvent.SessionEvent event) {
        switch (event) {
            case UserAgentEvent.CallProgress progress -> {
                if (progress.sdp() != null) {
                    call.heard(progress.sdp());
                }
            }
            case UserAgentEvent.CallAnswered answered -> answered(call, answered);
            case UserAgentEvent.CallConfirmed confirmed -> {
                if (confirmed.sdp() != null) {
                    call.heard(confirmed.sdp());
                }
            }
            case UserAgentEvent.CallRefused refused -> state(call, PhoneCall.State.ENDING);
            case UserAgentEvent.CallHungUp hungUp -> state(call, PhoneCall.State.ENDING);
            case UserAgentEvent.OfferReceived offer -> offered(call, offer);
            case UserAgentEvent.OfferAnswered answer -> {
                call.offerPending = false;
                if (answer.sdp() != null) {
                    call.heard(answer.sdp());
                }
            }
            case UserAgentEvent.OfferRefused refused -> call.offerPending = false;
            case UserAgentEvent.SessionEnded ended -> {
                state(call, PhoneCall.State.OVER);
                calls.remove(call.session);
            }
            default -> {}
        }
    }

    private void answered(PhoneCall call, UserAgentEvent.CallAnswered answered) {
        var sdp = answered.sdp();
        if (sdp != null) {
            if (answered.answerExpected()) {
                node.post(new UserAgentCommand.AnswerOffer(call.session, call.answer(sdp)));
            } else {
                call.heard(sdp);
            }
        }
        if (call.state == PhoneCall.State.DIALING) {
            talk(call);
        }
    }

    private void offered(PhoneCall call, UserAgentEvent.OfferReceived offer) {
        if (!offer.answerExpected()) {
            return;
        }
        if (chance(habits.refuseOffer())) {
            node.post(new UserAgentCommand.RefuseOffer(call.session, 488, null));
        } else {
            var sdp = offer.sdp() == null ? call.offer() : call.answer(offer.sdp());
            node.post(new UserAgentCommand.AnswerOffer(call.session, sdp));
        }
    }

    // ---- the person

    private void talk(PhoneCall call) {
        state(call, PhoneCall.State.TALKING);
        call.everAnswered = true;
        answeredCalls++;
        var talkMs = 200 + random.nextInt(habits.longestTalkMs());
        // One of the two hangs up; the other does much later, in case the first never does.
        after(random.nextInt(2) == 0 ? talkMs : talkMs + 40_000L, () -> hangUpIf(call, PhoneCall.State.TALKING));
        if (chance(habits.hold())) {
            after(random.nextInt(talkMs), () -> hold(call, true));
            after(random.nextInt(talkMs), () -> hold(call, false));
        }
        if (chance(habits.digits())) {
            var keys = random.nextInt(3) == 0
                    ? "#" + (100 + random.nextInt(6))
                    : "0123456789*#".charAt(random.nextInt(12)) + "";
            var beginMs = random.nextInt(talkMs);
            for (var i = 0; i < keys.length(); i++) {
                var key = keys.charAt(i);
                after(beginMs + 300L * i, () -> press(call, key));
            }
        }
        if (!call.incoming && call.party.startsWith(ROOM)) {
            inRoom(call, talkMs);
        }
        if (chance(habits.vanish())) {
            after(random.nextInt(talkMs), () -> {
                if (call.state == PhoneCall.State.TALKING) {
                    vanish(1_000 + random.nextInt(120_000));
                }
            });
        }
    }

    /** Who calls a room types its PIN, mostly right, and presses keys of its menu. */
    private void inRoom(PhoneCall call, int talkMs) {
        var keys = new StringBuilder(call.party.equals("701") ? chance(800) ? "42" : "41#42" : "");
        var menu = call.party.equals("704") || call.party.equals("705") ? ADMIN_KEYS : KEYS;
        for (var more = random.nextInt(6); more > 0; more--) {
            keys.append(menu.get(random.nextInt(menu.size())));
        }
        var atMs = 300 + random.nextInt(2_000);
        for (var i = 0; i < keys.length(); i++) {
            var key = keys.charAt(i);
            after(atMs, () -> press(call, key));
            atMs += 100 + random.nextInt(random.nextInt(4) == 0 ? talkMs : 1_500);
        }
    }

    /** Puts the other side on hold, or takes it back. */
    public void hold(PhoneCall call, boolean on) {
        if (call.state == PhoneCall.State.TALKING && call.weHold != on && !call.offerPending) {
            meanwhile(call, habits.hold(), other -> other.phone.hold(other, on));
            call.weHold = on;
            call.offerPending = true;
            call.changedNanos = queue.now();
            node.post(new UserAgentCommand.Offer(call.session, call.offer()));
        }
    }

    /** The other side does something at about the same moment, so that requests meet on the way. */
    private void meanwhile(PhoneCall call, int outOfThousand, Consumer<PhoneCall> action) {
        if (chance(outOfThousand)) {
            var ms = random.nextInt(200);
            world.otherEnds(call).forEach(other -> after(ms, () -> action.accept(other)));
        }
    }

    private void press(PhoneCall call, char key) {
        var towards = call.remote;
        if (call.state == PhoneCall.State.TALKING && towards != null) {
            world.server().media().digit(towards.port(), key, 100);
        }
    }

    private void hangUpIf(PhoneCall call, PhoneCall.State state) {
        if (call.state == state && call.phone.calls.get(call.session) == call) {
            call.phone.hangUp(call);
            meanwhile(call, 200, other -> hangUpIf(other, state));
        }
    }

    private void state(PhoneCall call, PhoneCall.State state) {
        call.state = state;
        call.changedNanos = queue.now();
        world.trace().note(name + " " + (call.incoming ? "called by " : "calling ") + call.party + ": " + state);
    }

    private HostPort newRtp() {
        nextRtpPort += 2;
        return new HostPort(address.host(), nextRtpPort);
    }

    private boolean chance(int outOfThousand) {
        return outOfThousand > 0 && random.nextInt(1000) < outOfThousand;
    }

    private SimQueue.Step after(long ms, Runnable action) {
        return queue.after(ms * MS, action);
    }

    @Override
    public String toString() {
        return name;
    }

    /** A phone lets everybody call it. */
    private record Policy(String name) implements UserAgentPolicy {
        @Override
        public boolean admits(Flow flow) {
            return true;
        }

        @Override
        public EndpointProfile identify(SipRequest request, Flow flow) {
            return EndpointProfile.open(name);
        }

        @Override
        public @Nullable AddressOfRecord aor(String aor) {
            return null;
        }

        @Override
        public List<AddressOfRecord> aors() {
            return List.of();
        }

        @Override
        public @Nullable OutgoingProfile qualifier(String aor) {
            return null;
        }
    }
}
