package io.allo.sip.agent;

import io.allo.sip.address.SipUri;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.locate.DnsAnswer;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.locate.Failover;
import io.allo.sip.locate.LocateEvent;
import io.allo.sip.locate.ServerAddress;
import io.allo.sip.locate.ServerLocator;
import io.allo.sip.message.SipResponse;
import io.allo.sip.message.SipWriter;
import io.allo.sip.transaction.ClientTransactionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends our requests: over the flow that leads to the next hop, or to the servers that RFC 3263 finds, one after the other until one answers
 * (RFC 3263 section 4.3), a large one over TCP first (RFC 3261 section 18.1.1). Owned by the SIP loop.
 */
final class Requester {
    /** How many requests may look for their way at once. */
    static final int MAX_SEARCHING = 10_000;

    /** What Via, Max-Forwards, User-Agent and Contact add to a request, at most, in bytes. */
    private static final int DECORATION_BYTES = 250;

    private final AgentState state;
    private final Map<ClientTransactionId, OutgoingRequest> sent = new HashMap<>();
    private final Map<Long, OutgoingRequest> opening = new HashMap<>();
    private final Map<DnsQuestion, List<OutgoingRequest>> asking = new LinkedHashMap<>();
    private final Outbox<LocateEvent> located = new Outbox<>();
    private long lastToken;

    Requester(AgentState state) {
        this.state = state;
    }

    /** Sends the request, or an ACK, which has no transaction. What becomes of it is told later, never within this call. */
    void send(OutgoingRequest outgoing, long nowNanos, Outbox<UserAgentEvent> out) {
        Flow flow = outgoing.flow;
        if (flow != null && leads(flow, outgoing)) {
            transmit(outgoing, flow, nowNanos);
        } else if (outgoing.nextHop instanceof SipUri uri && asking.size() + opening.size() < MAX_SEARCHING) {
            var locator = new ServerLocator(uri, state.settings().locator(), state.random);
            outgoing.locator = locator;
            locator.start(located);
            onLocated(outgoing, nowNanos, out);
        } else {
            fail(outgoing, 503, "no way to " + outgoing.nextHop.scheme() + " URIs", nowNanos, out);
        }
    }

    /** Cancels an INVITE, whether it has left or not. */
    void cancel(OutgoingRequest outgoing, @Nullable String reason, long nowNanos, Outbox<UserAgentEvent> out) {
        outgoing.cancelled = true;
        outgoing.cancelReason = reason;
        ClientTransactionId transaction = outgoing.transaction;
        if (transaction != null) {
            state.table.cancel(transaction, reason, nowNanos, state.transactions);
        } else {
            forget(outgoing);
            fail(outgoing, 487, "cancelled before it was sent", nowNanos, out);
        }
    }

    void flowOpened(long token, Flow flow, long nowNanos) {
        state.flows.opened(flow);
        OutgoingRequest outgoing = opening.remove(token);
        if (outgoing != null) {
            transmit(outgoing, flow, nowNanos);
        }
    }

    void flowFailed(long token, String why, long nowNanos, Outbox<UserAgentEvent> out) {
        OutgoingRequest outgoing = opening.remove(token);
        if (outgoing != null) {
            tryNext(outgoing, 503, why, nowNanos, out);
        }
    }

    void resolved(DnsQuestion question, DnsAnswer answer, long nowNanos, Outbox<UserAgentEvent> out) {
        List<OutgoingRequest> waiting = asking.remove(question);
        if (waiting == null) {
            return;
        }
        for (OutgoingRequest outgoing : waiting) {
            ServerLocator locator = outgoing.locator;
            if (locator != null) {
                locator.answer(question, answer, located);
                onLocated(outgoing, nowNanos, out);
            }
        }
    }

    /** A response to a request of ours. */
    void onResponse(
            ClientTransactionId transaction,
            SipResponse response,
            Flow flow,
            long nowNanos,
            Outbox<UserAgentEvent> out) {
        OutgoingRequest outgoing = sent.get(transaction);
        if (outgoing == null) {
            return;
        }
        boolean next = Failover.failsOver(response.status()) && !outgoing.answered && !outgoing.cancelled;
        if (next && !outgoing.servers.isEmpty()) {
            sent.remove(transaction);
            tryNext(outgoing, response.status(), response.reason(), nowNanos, out);
            return;
        }
        outgoing.answered |= response.status() > 100;
        outgoing.owner.onResponse(response, flow, nowNanos, out);
    }

    /** The transaction ended without a final response. */
    void onFailed(ClientTransactionId transaction, int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {
        OutgoingRequest outgoing = sent.remove(transaction);
        if (outgoing == null) {
            return;
        }
        if (outgoing.answered || outgoing.cancelled) {
            fail(outgoing, status, why, nowNanos, out);
        } else {
            tryNext(outgoing, status, why, nowNanos, out);
        }
    }

    void onTerminated(ClientTransactionId transaction) {
        sent.remove(transaction);
    }

    /** How many requests are on their way or looking for it. */
    int count() {
        return sent.size() + opening.size() + asking.size();
    }

    /** A connection that the request was told to take is taken while it is open; any other flow has to lead to the next hop. */
    private boolean leads(Flow flow, OutgoingRequest outgoing) {
        if (!flow.isReliable() && !Contacts.isServed(state.settings().listeners(), flow)) {
            return false;
        }
        return outgoing.trusted && flow.isReliable()
                ? state.flows.isUsable(flow)
                : state.flows.leadsTo(flow, outgoing.nextHop);
    }

    private void onLocated(OutgoingRequest outgoing, long nowNanos, Outbox<UserAgentEvent> out) {
        var events = new ArrayList<LocateEvent>(2);
        located.drain(events::add);
        for (LocateEvent event : events) {
            switch (event) {
                case LocateEvent.AskDns ask -> {
                    List<OutgoingRequest> waiting = asking.get(ask.question());
                    if (waiting == null) {
                        waiting = new ArrayList<>(1);
                        asking.put(ask.question(), waiting);
                        out.add(new UserAgentEvent.Resolve(ask.question()));
                    }
                    waiting.add(outgoing);
                }
                case LocateEvent.Located found -> {
                    int lengthBytes = SipWriter.toBytes(outgoing.request).length + DECORATION_BYTES;
                    found.servers().forEach(server -> outgoing.servers.addAll(server.forRequestOf(lengthBytes)));
                    tryNext(outgoing, 503, "no server", nowNanos, out);
                }
                case LocateEvent.NotLocated none -> fallBack(outgoing, 503, none.reason(), nowNanos, out);
            }
        }
    }

    /** Goes to the next server; {@code status} and {@code why} say what the last one came to, for the case that there is none. */
    private void tryNext(OutgoingRequest outgoing, int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {
        outgoing.transaction = null;
        ServerAddress server = outgoing.servers.poll();
        if (server == null) {
            fallBack(outgoing, status, why, nowNanos, out);
            return;
        }
        Flow open = state.flows.find(server.transport(), server.address());
        if (open != null) {
            transmit(outgoing, open, nowNanos);
            return;
        }
        long token = ++lastToken;
        opening.put(token, outgoing);
        boolean tls = server.transport().equals(Flow.TLS) || server.transport().equals(Flow.WSS);
        out.add(new UserAgentEvent.OpenFlow(
                token, server.transport(), server.address(), tls ? server.domain() : null, outgoing.listenerName));
    }

    /** Nothing that the URI names can be reached: the connection the other side was last heard on is tried as a last resort. */
    private void fallBack(OutgoingRequest outgoing, int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {
        Flow last = outgoing.flow;
        boolean again = !outgoing.fellBack && status == 503;
        if (again && last != null && last.isReliable() && state.flows.isUsable(last)) {
            outgoing.fellBack = true;
            transmit(outgoing, last, nowNanos);
        } else {
            fail(outgoing, status, why, nowNanos, out);
        }
    }

    private void transmit(OutgoingRequest outgoing, Flow flow, long nowNanos) {
        if (outgoing.isAck()) {
            state.table.sendAck(
                    state.decorated(outgoing.request, flow, outgoing.contactUser), flow, state.transactions);
            return;
        }
        ClientTransactionId transaction = state.table.sendRequest(
                state.decorated(outgoing.request, flow, outgoing.contactUser), flow, nowNanos, state.transactions);
        outgoing.transaction = transaction;
        sent.put(transaction, outgoing);
    }

    private void fail(OutgoingRequest outgoing, int status, String why, long nowNanos, Outbox<UserAgentEvent> out) {
        state.later.add(() -> outgoing.owner.onFailed(status, why, nowNanos, out));
    }

    private void forget(OutgoingRequest outgoing) {
        outgoing.locator = null;
        opening.values().remove(outgoing);
        asking.values().forEach(waiting -> waiting.remove(outgoing));
    }
}
