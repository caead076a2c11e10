package io.allo.sim;

import io.allo.core.random.RandomSource;
import io.allo.sip.address.HostPort;
import io.allo.sip.agent.SipListener;
import io.allo.sip.agent.UserAgent;
import io.allo.sip.agent.UserAgentCommand;
import io.allo.sip.agent.UserAgentEvent;
import io.allo.sip.agent.UserAgentPolicy;
import io.allo.sip.agent.UserAgentSettings;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipParser;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The real SIP stack at an address of the simulated network: the driver that {@code io.sip.SipLoop} is on real sockets.
 * Whoever has the turn.
 */
final class SipNode implements SimNetwork.Node {

    private final SimQueue queue;
    private final SimNetwork network;
    private final HostPort address;
    private final UserAgent agent;
    private final Consumer<UserAgentEvent> listener;
    private final Outbox<UserAgentEvent> out = new Outbox<>();
    private final Lane inbox;
    private Predicate<SipMessage> firstLook = message -> false;
    private SimQueue.@Nullable Step deadline;
    private long deadlineNanos = Long.MAX_VALUE;
    private boolean dead;

    SipNode(
            SimQueue queue,
            SimNetwork network,
            Lane inbox,
            HostPort address,
            UserAgentSettings settings,
            UserAgentPolicy policy,
            RandomSource random,
            Consumer<UserAgentEvent> listener) {
        this.queue = queue;
        this.network = network;
        this.inbox = inbox;
        this.address = address;
        this.listener = listener;
        this.agent = new UserAgent(settings, policy, SimClock::epochMillis, random);
        network.attach(address, this);
    }

    static List<SipListener> listeners(HostPort address) {
        return List.of(SipListener.of("udp", Flow.UDP, address));
    }

    /** Sees every message before the stack; true keeps it from it. */
    void firstLook(Predicate<SipMessage> look) {
        firstLook = look;
    }

    HostPort address() {
        return address;
    }

    UserAgent.Holdings holdings() {
        return agent.holdings();
    }

    long deadlineNanos() {
        return agent.deadlineNanos();
    }

    /** Tells the stack to do something, soon. */
    void post(UserAgentCommand command) {
        inbox.post(() -> step(() -> agent.command(command, queue.now(), out)));
    }

    /** The power is off: nothing more comes from this stack. */
    void kill() {
        dead = true;
        network.detach(address);
        reschedule(Long.MAX_VALUE);
    }

    @Override
    public void arrived(HostPort from, byte[] datagram) {
        if (dead) {
            return;
        }
        var flow = new Flow(Flow.UDP, address, from, 0);
        SipMessage message;
        try {
            message = SipParser.parse(datagram);
        } catch (BadMessageException problem) {
            throw new SimFailure("what one side wrote the other can't read", problem);
        }
        if (!firstLook.test(message)) {
            step(() -> agent.receive(flow, message, queue.now(), out));
        }
    }

    private void step(Runnable action) {
        if (dead) {
            return;
        }
        action.run();
        out.drain(this::act);
        reschedule(agent.deadlineNanos());
    }

    private void reschedule(long nanos) {
        if (nanos == deadlineNanos) {
            return;
        }
        var before = deadline;
        if (before != null) {
            before.cancel();
        }
        deadlineNanos = nanos;
        deadline = nanos == Long.MAX_VALUE ? null : queue.at(nanos, this::onDeadline);
    }

    private void onDeadline() {
        deadlineNanos = Long.MAX_VALUE;
        deadline = null;
        step(() -> agent.onDeadline(queue.now(), out));
    }

    private void act(UserAgentEvent event) {
        switch (event) {
            case UserAgentEvent.Transmit transmit ->
                network.send(address, transmit.flow().remote(), transmit.message());
            case UserAgentEvent.OpenFlow wanted -> {
                var flow = new Flow(Flow.UDP, address, wanted.remote(), 0);
                inbox.post(() -> step(() -> agent.flowOpened(wanted.token(), flow, queue.now(), out)));
            }
            case UserAgentEvent.CloseFlow close -> {}
            case UserAgentEvent.Resolve resolve ->
                inbox.post(() -> step(() -> agent.resolved(resolve.question(), DnsAnswer.NONE, queue.now(), out)));
            case UserAgentEvent.StepFailed failed ->
                throw new SimFailure(
                        "a step of the stack at " + address + " failed: " + failed.what(), failed.failure());
            default -> listener.accept(event);
        }
    }
}
