package io.allo.sip.agent;

import io.allo.core.random.RandomSource;
import io.allo.sip.auth.DigestVerifier;
import io.allo.sip.auth.NonceBook;
import io.allo.sip.dialog.Tags;
import io.allo.sip.door.Door;
import io.allo.sip.door.DoorSettings;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.message.BadMessageException;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import io.allo.sip.registrar.AddressOfRecord;
import io.allo.sip.registrar.WallTime;
import io.allo.sip.transaction.ClientTransactionId;
import io.allo.sip.transaction.ServerTransactionId;
import io.allo.sip.transaction.TransactionEvent;
import io.allo.sip.transaction.TransactionId;
import java.util.List;

/**
 * The one door to SIP: everything that comes in goes through one of these methods, everything that is to happen comes out of the outbox,
 * which the driver empties after each. It routes and holds no rules. Owned by the SIP loop.
 */
public final class UserAgent {
    private final AgentState state;
    private final Requester requester;
    private final Sessions sessions;
    private final Registrations registrations;
    private final Subscriptions subscriptions;
    private final Notices notices;
    private final IncomingRequests incoming;
    private final DoorStep reception;

    /** With a door of its own, of the usual limits. */
    public UserAgent(UserAgentSettings settings, UserAgentPolicy policy, WallTime wallTime, RandomSource random) {
        this(settings, policy, new Door(DoorSettings.DEFAULT, wallTime::epochMs), wallTime, random);
    }

    /**
     * Behind that door, which the readers of the sockets ask too. {@code wallTime} tells the calendar's time of a moment, for bindings that
     * outlive the process.
     */
    public UserAgent(
            UserAgentSettings settings, UserAgentPolicy policy, Door door, WallTime wallTime, RandomSource random) {
        state = new AgentState(settings, policy, door, random);
        requester = new Requester(state);
        sessions = new Sessions(state, requester);
        registrations = new Registrations(state, requester, wallTime);
        subscriptions = new Subscriptions(state, requester);
        notices = new Notices(state, requester);
        incoming = new IncomingRequests(
                state, sessions, registrations, subscriptions, new DigestVerifier(new NonceBook(random), random));
        reception = new DoorStep(state);
    }

    /** A new configuration: what is under way goes on by the old one where it matters. Timers and limits hold from the start on. */
    public void reconfigure(
            UserAgentSettings settings, UserAgentPolicy policy, long nowNanos, Outbox<UserAgentEvent> out) {
        List<AddressOfRecord> before = state.policy().aors();
        state.reconfigure(settings, policy);
        step("reconfigure", nowNanos, out, () -> registrations.reconfigured(before, nowNanos, out));
    }

    /** A message came over {@code flow}. */
    public void receive(Flow flow, SipMessage message, long nowNanos, Outbox<UserAgentEvent> out) {
        if (reception.isTurnedAway(flow, message, nowNanos, out)) {
            return;
        }
        state.flows.opened(flow);
        step(
                message.startLine(),
                nowNanos,
                out,
                () -> state.table.receive(flow, message, nowNanos, state.transactions));
    }

    /** Something that is no message came over {@code flow}; it is answered where it can be. */
    public void receiveMalformed(Flow flow, BadMessageException problem, long nowNanos, Outbox<UserAgentEvent> out) {
        reception.malformed(flow, problem, nowNanos, out);
    }

    /** A message came over {@code flow} from one who is known and sends too much: a request is refused with 503, and forgotten. */
    public void receiveExcess(Flow flow, SipMessage message, long nowNanos, Outbox<UserAgentEvent> out) {
        reception.excess(flow, message, out);
    }

    /** Does as told. */
    public void command(UserAgentCommand command, long nowNanos, Outbox<UserAgentEvent> out) {
        step(command.getClass().getSimpleName(), nowNanos, out, () -> obey(command, nowNanos, out));
    }

    /** The flow asked for by {@link UserAgentEvent.OpenFlow} is there. */
    public void flowOpened(long token, Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
        step("flow opened", nowNanos, out, () -> requester.flowOpened(token, flow, nowNanos));
    }

    /** The flow asked for can't be had. */
    public void flowFailed(long token, String why, long nowNanos, Outbox<UserAgentEvent> out) {
        step("flow failed", nowNanos, out, () -> requester.flowFailed(token, why, nowNanos, out));
    }

    /** A connection is gone, or a datagram over it could not be sent (ICMP). */
    public void flowClosed(Flow flow, long nowNanos, Outbox<UserAgentEvent> out) {
        step("flow closed", nowNanos, out, () -> {
            state.flows.closed(flow);
            state.table.flowClosed(flow, state.transactions);
            registrations.flowClosed(flow, nowNanos, out);
        });
    }

    /** The DNS answered a {@link UserAgentEvent.Resolve}. */
    public void resolved(DnsQuestion question, DnsAnswer answer, long nowNanos, Outbox<UserAgentEvent> out) {
        step("DNS answer", nowNanos, out, () -> requester.resolved(question, answer, nowNanos, out));
    }

    /** The time that {@link #deadlineNanos} named has come. */
    public void onDeadline(long nowNanos, Outbox<UserAgentEvent> out) {
        step("transaction timers", nowNanos, out, () -> state.table.onDeadline(nowNanos, state.transactions));
        step("session timers", nowNanos, out, () -> sessions.onDeadline(nowNanos, out));
        step("registration timers", nowNanos, out, () -> registrations.onDeadline(nowNanos, out));
        step("subscription timers", nowNanos, out, () -> subscriptions.onDeadline(nowNanos, out));
        step("delayed answers", nowNanos, out, () -> incoming.onDeadline(nowNanos));
    }

    /** When {@link #onDeadline} is to be called, in the time of {@code nowNanos}; {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        long earliest = Math.min(
                Math.min(state.table.deadlineNanos(), sessions.deadlineNanos()), subscriptions.deadlineNanos());
        return Math.min(earliest, Math.min(registrations.deadlineNanos(), incoming.deadlineNanos()));
    }

    /** What the agent holds at this moment: for metrics, and for tests that nothing is left. */
    public Holdings holdings() {
        return new Holdings(
                sessions.count(),
                sessions.dialogCount(),
                state.table.clientCount(),
                state.table.serverCount(),
                requester.count(),
                registrations.bindingCount());
    }

    /** How many of each there are. {@code requests} are those of ours that look for their way or wait for an answer. */
    public record Holdings(
            int sessions, int dialogs, int clientTransactions, int serverTransactions, int requests, int bindings) {}

    private void obey(UserAgentCommand command, long nowNanos, Outbox<UserAgentEvent> out) {
        switch (command) {
            case UserAgentCommand.SessionCommand c -> sessions.command(c, nowNanos, out);
            case UserAgentCommand.RestoreBindings c -> registrations.restore(c.bindings(), nowNanos, out);
            case UserAgentCommand.RemoveBinding c -> registrations.remove(c.binding(), nowNanos, out);
            case UserAgentCommand.Qualify c -> registrations.qualify(c.aor(), nowNanos, out);
            case UserAgentCommand.Notify c -> subscriptions.notify(c, nowNanos, out);
            case UserAgentCommand.NotifyContacts c -> notices.send(c, registrations.bindings(c.aor()), nowNanos, out);
            case UserAgentCommand.Drain c -> state.drain();
            case UserAgentCommand.Shutdown c -> {
                state.drain();
                sessions.hangUpAll(c.reason(), nowNanos, out);
                subscriptions.endAll(nowNanos, out);
            }
        }
    }

    /** One step and all that follows from it, until nothing is left to say. A failure ends the step it happened in, and no other. */
    private void step(String what, long nowNanos, Outbox<UserAgentEvent> out, Runnable action) {
        guarded(what, out, action);
        while (true) {
            Runnable next = state.later.poll();
            if (next != null) {
                guarded(what, out, next);
            } else if (!state.transactions.isEmpty()) {
                state.transactions.drain(event -> guarded(what, out, () -> follow(event, nowNanos, out)));
            } else {
                return;
            }
        }
    }

    private static void guarded(String what, Outbox<UserAgentEvent> out, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            out.add(new UserAgentEvent.StepFailed(what, failure));
        }
    }

    private void follow(TransactionEvent event, long nowNanos, Outbox<UserAgentEvent> out) {
        switch (event) {
            case TransactionEvent.SendMessage send -> {
                if (send.message() instanceof SipRequest) {
                    state.door.asked(send.flow().remote(), nowNanos);
                }
                out.add(new UserAgentEvent.Transmit(send.flow(), send.message()));
            }
            case TransactionEvent.RequestReceived received -> receiveRequest(received, nowNanos, out);
            case TransactionEvent.CancelReceived cancel -> {
                state.respond(cancel.transaction(), SipResponse.to(cancel.request(), 200, null), null, nowNanos);
                sessions.receiveCancel(cancel.invite(), cancel.request(), nowNanos, out);
            }
            case TransactionEvent.CancelRefused cancel -> IncomingRequests.cancelRefused(cancel, out);
            case TransactionEvent.AckReceived ack -> incoming.acknowledge(ack.request(), ack.flow(), nowNanos, out);
            case TransactionEvent.ResponseReceived response ->
                requester.onResponse(response.transaction(), response.response(), response.flow(), nowNanos, out);
            case TransactionEvent.StrayResponse stray -> {
                // RFC 6026 section 8.8: dropped
            }
            case TransactionEvent.TimedOut timedOut -> failed(timedOut.transaction(), 408, "no answer", nowNanos, out);
            case TransactionEvent.TransportFailed failed ->
                failed(failed.transaction(), 503, "could not be sent", nowNanos, out);
            case TransactionEvent.Terminated terminated -> terminated(terminated.transaction());
        }
    }

    private void receiveRequest(TransactionEvent.RequestReceived received, long nowNanos, Outbox<UserAgentEvent> out) {
        state.requestReceived(received.transaction(), received.flow());
        try {
            incoming.receive(received.transaction(), received.request(), received.flow(), nowNanos, out);
        } catch (RuntimeException failure) {
            SipResponse response = SipResponse.to(received.request(), 500, Tags.next(state.random));
            state.respond(received.transaction(), response, null, nowNanos);
            throw failure;
        }
    }

    /** A server's transaction that fails needs nothing: a lost ACK is noticed by the session. */
    private void failed(TransactionId id, int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {
        if (id instanceof ClientTransactionId client) {
            requester.onFailed(client, status, why, nowNanos, out);
        }
    }

    private void terminated(TransactionId id) {
        switch (id) {
            case ClientTransactionId client -> requester.onTerminated(client);
            case ServerTransactionId server -> {
                state.requestOver(server);
                sessions.transactionOver(server);
            }
        }
    }
}
