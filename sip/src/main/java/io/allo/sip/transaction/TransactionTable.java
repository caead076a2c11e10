package io.allo.sip.transaction;

import io.allo.core.random.RandomSource;
import io.allo.core.timer.TimerQueue;
import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.ViaHeader;
import io.allo.sip.message.SipMessage;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All transactions with their deadlines: takes every message that comes in and every request and response that the transaction user (TU)
 * sends, and says what goes out and what the TU is to know. RFC 3261 sections 17 and 18. Owned by the SIP loop.
 *
 * <p>It answers by itself: retransmissions, 100 where the TU is slow, 481 to a CANCEL for nothing (9.2), 482 to a request that came by two
 * ways (8.2.2.2), 503 with Retry-After when full; and it sends the ACK of refusals (17.1.1.3).
 */
public final class TransactionTable {
    private final TransactionSettings settings;
    private final SentBy sentBy;
    private final Branches branches;
    private final long tagSalt;
    private final ServerTransactions servers = new ServerTransactions();
    private final Map<TransactionKey.Client, ClientTransaction> clientsByKey = new HashMap<>();
    private final Map<ClientTransactionId, ClientTransaction> clients = new HashMap<>();
    private final TimerQueue<Transaction> timers = new TimerQueue<>();
    private long lastNumber;
    private long refused;
    private long discarded;

    /** An empty table. */
    public TransactionTable(TransactionSettings settings, SentBy sentBy, RandomSource random) {
        this.settings = settings;
        this.sentBy = sentBy;
        this.branches = new Branches(random);
        this.tagSalt = random.nextLong();
    }

    /** A message came in over {@code flow}. */
    public void receive(Flow flow, SipMessage message, long nowNanos, Outbox<TransactionEvent> out) {
        switch (message) {
            case SipRequest request -> receiveRequest(flow, request, nowNanos, out);
            case SipResponse response -> receiveResponse(flow, response, nowNanos, out);
        }
    }

    /**
     * Sends a request, which has no Via of ours yet, in a transaction of its own. A CANCEL is sent by {@link #cancel}, an ACK by {@link
     * #sendAck}. Where the table is full the transaction fails at once.
     */
    public ClientTransactionId sendRequest(SipRequest request, Flow flow, long nowNanos, Outbox<TransactionEvent> out) {
        SipMethod method = request.method();
        if (method.equals(SipMethod.ACK) || method.equals(SipMethod.CANCEL)) {
            throw new IllegalArgumentException(method + " has no transaction of its own");
        }
        var id = new ClientTransactionId(++lastNumber);
        if (clients.size() >= settings.maxClient()) {
            refused++;
            out.add(new TransactionEvent.TransportFailed(id));
            out.add(new TransactionEvent.Terminated(id));
            return id;
        }
        SipRequest sent = withVia(request, flow);
        start(
                method.equals(SipMethod.INVITE)
                        ? new InviteClientTransaction(id, sent, flow, settings.timers())
                        : new NonInviteClientTransaction(id, sent, flow, settings.timers(), true),
                nowNanos,
                out);
        return id;
    }

    /** Sends the ACK of a 2xx, which is no transaction: with a Via of its own, once. RFC 3261 section 13.2.2.4. */
    public void sendAck(SipRequest ack, Flow flow, Outbox<TransactionEvent> out) {
        out.add(new TransactionEvent.SendMessage(flow, withVia(ack, flow)));
    }

    /**
     * Cancels an INVITE of ours: CANCEL goes out now, or as soon as a provisional response has come (9.1), and nothing if a final one
     * comes first. What becomes of the INVITE is told as ever: 487, another final response, or that none came within 64*T1.
     */
    public void cancel(ClientTransactionId invite, long nowNanos, Outbox<TransactionEvent> out) {
        cancel(invite, null, nowNanos, out);
    }

    /** The same, with the value of a Reason header (RFC 3326) in the CANCEL. */
    public void cancel(
            ClientTransactionId invite, @Nullable String reason, long nowNanos, Outbox<TransactionEvent> out) {
        if (clients.get(invite) instanceof InviteClientTransaction transaction) {
            transaction.cancel(reason);
            sendCancelIfDue(transaction, nowNanos, out);
        }
    }

    /**
     * The TU's answer to a request. False where the transaction has ended meanwhile (its time is over, or its connection) and nobody is
     * left to answer. Responses after a final one are not sent, but for the 2xx to an INVITE that the TU repeats until its ACK.
     */
    public boolean respond(ServerTransactionId id, SipResponse response, long nowNanos, Outbox<TransactionEvent> out) {
        ServerTransaction transaction = servers.find(id);
        if (transaction == null) {
            return false;
        }
        if (response.status() == 401 || response.status() == 407) {
            // Clients that try again with the same CSeq have not come by two ways.
            servers.forgetMerge(transaction);
        }
        transaction.onRespond(response, nowNanos, out);
        settle(transaction);
        return true;
    }

    /** Sends the responses of that transaction to where the request came from ({@code force_rport}), or by its Via alone. */
    public void answerToSource(ServerTransactionId id, Flow received, boolean toSource) {
        ServerTransaction transaction = servers.find(id);
        if (transaction != null) {
            transaction.answerOver(ReceivedVia.answerFlow(transaction.request(), received, toSource));
        }
    }

    /** What a {@link TransactionEvent.SendMessage} asked for could not be sent, and no other way was left. */
    public void sendFailed(SipMessage message, Outbox<TransactionEvent> out) {
        switch (message) {
            case SipRequest request -> {
                String method = request.method().equals(SipMethod.ACK)
                        ? SipMethod.INVITE.name()
                        : request.method().name();
                fail(clientsByKey.get(TransactionKey.client(request.topVia(), method)), out);
            }
            case SipResponse response -> {
                ServerTransaction transaction = servers.findAnswered(response);
                if (transaction != null) {
                    transaction.onTransportError(out);
                    settle(transaction);
                }
            }
        }
    }

    /** A connection is gone: requests that were sent over it and await their response fail. Responses to peers find another way. */
    public void flowClosed(Flow flow, Outbox<TransactionEvent> out) {
        var lost = new ArrayList<ClientTransaction>();
        for (ClientTransaction transaction : clients.values()) {
            if (transaction.flow().equals(flow) && transaction.needsItsFlow()) {
                lost.add(transaction);
            }
        }
        lost.sort((a, b) -> Long.compare(a.id().number(), b.id().number()));
        lost.forEach(transaction -> fail(transaction, out));
    }

    /** Does what has become due. */
    public void onDeadline(long nowNanos, Outbox<TransactionEvent> out) {
        for (Transaction due = timers.pollExpired(nowNanos); due != null; due = timers.pollExpired(nowNanos)) {
            due.onDeadline(nowNanos, out);
            settle(due);
        }
    }

    /** When {@link #onDeadline} is to be called next, Long.MAX_VALUE for never. */
    public long deadlineNanos() {
        return timers.nextDeadlineNanos();
    }

    /** How many client transactions there are. */
    public int clientCount() {
        return clients.size();
    }

    /** How many server transactions there are. */
    public int serverCount() {
        return servers.size();
    }

    /** How many requests, theirs and ours, were turned away because the table was full. */
    public long refusedCount() {
        return refused;
    }

    /** How many responses were dropped because they are not for us: more than one Via, or a sent-by that we have not written. */
    public long discardedCount() {
        return discarded;
    }

    private void receiveRequest(Flow flow, SipRequest request, long nowNanos, Outbox<TransactionEvent> out) {
        TransactionKey key = TransactionKey.of(request);
        ServerTransaction known = servers.find(key, request);
        if (request.method().equals(SipMethod.ACK)) {
            receiveAck(flow, request, known, nowNanos, out);
        } else if (known != null) {
            known.onRetransmission(out);
            settle(known);
        } else {
            receiveNew(flow, ReceivedVia.complete(request, flow), key, nowNanos, out);
        }
    }

    private void receiveAck(
            Flow flow, SipRequest ack, @Nullable ServerTransaction known, long nowNanos, Outbox<TransactionEvent> out) {
        if (known instanceof InviteServerTransaction invite) {
            invite.onAck(ack, flow, nowNanos, out);
            settle(invite);
        } else {
            out.add(new TransactionEvent.AckReceived(null, ack, flow));
        }
    }

    private void receiveNew(
            Flow flow, SipRequest request, TransactionKey key, long nowNanos, Outbox<TransactionEvent> out) {
        Flow answerFlow = ReceivedVia.answerFlow(request, flow, settings.toSource());
        if (servers.size() >= settings.maxServer()) {
            refused++;
            SipResponse busy = refusal(request, 503)
                    .withHeader(HeaderName.RETRY_AFTER, Integer.toString(settings.retryAfterSeconds()));
            out.add(new TransactionEvent.SendMessage(answerFlow, busy));
            return;
        }
        if (request.method().equals(SipMethod.CANCEL) && isOfAnother(request, flow)) {
            // no transaction: it would be taken for the one of the CANCEL that may come from the right one
            out.add(new TransactionEvent.SendMessage(answerFlow, refusal(request, 481)));
            out.add(new TransactionEvent.CancelRefused(request, flow));
            return;
        }
        boolean merged = servers.isMerged(request);
        ServerTransaction transaction = opened(request, key, answerFlow, nowNanos);
        if (request.method().equals(SipMethod.CANCEL)) {
            ServerTransaction invite = servers.find(TransactionKey.ofCancelled(request));
            if (invite == null) {
                transaction.onRespond(refusal(request, 481), nowNanos, out);
            } else {
                out.add(new TransactionEvent.CancelReceived(transaction.id(), request, flow, invite.id()));
            }
        } else if (merged) {
            transaction.onRespond(refusal(request, 482), nowNanos, out);
        } else {
            out.add(new TransactionEvent.RequestReceived(transaction.id(), request, flow));
        }
        settle(transaction);
    }

    /** Whether the INVITE that is to be cancelled came from another host; its branch is no secret where signalling is plain. */
    private boolean isOfAnother(SipRequest cancel, Flow flow) {
        ServerTransaction invite = servers.find(TransactionKey.ofCancelled(cancel));
        return invite != null
                && !invite.answerFlow().remote().host().equals(flow.remote().host());
    }

    private ServerTransaction opened(SipRequest request, TransactionKey key, Flow answerFlow, long nowNanos) {
        var id = new ServerTransactionId(++lastNumber);
        SipTimers times = settings.timers();
        ServerTransaction transaction = request.method().equals(SipMethod.INVITE)
                ? new InviteServerTransaction(id, key, request, answerFlow, times, nowNanos)
                : new NonInviteServerTransaction(id, key, request, answerFlow, times, nowNanos);
        servers.add(transaction);
        return transaction;
    }

    /** 18.1.2: a response that does not name us in its only Via is not for us; one whose transaction is over is the TU's affair. */
    private void receiveResponse(Flow flow, SipResponse response, long nowNanos, Outbox<TransactionEvent> out) {
        ClientTransaction transaction = clientsByKey.get(TransactionKey.of(response));
        if (response.headers().vias().size() != 1) {
            discarded++;
        } else if (transaction == null) {
            out.add(new TransactionEvent.StrayResponse(response, flow));
        } else if (!isSame(transaction.via(), response.topVia())) {
            discarded++;
        } else {
            transaction.onResponse(response, flow, nowNanos, out);
            settle(transaction);
            if (transaction instanceof InviteClientTransaction invite) {
                sendCancelIfDue(invite, nowNanos, out);
            }
        }
    }

    private void sendCancelIfDue(InviteClientTransaction invite, long nowNanos, Outbox<TransactionEvent> out) {
        if (invite.isCancelDue()) {
            SipRequest cancel = invite.takeCancel(nowNanos);
            settle(invite);
            var id = new ClientTransactionId(++lastNumber);
            start(new NonInviteClientTransaction(id, cancel, invite.flow(), settings.timers(), false), nowNanos, out);
        }
    }

    private void start(ClientTransaction transaction, long nowNanos, Outbox<TransactionEvent> out) {
        clientsByKey.put(transaction.key(), transaction);
        clients.put(transaction.id(), transaction);
        transaction.start(nowNanos, out);
        settle(transaction);
    }

    private void fail(@Nullable ClientTransaction transaction, Outbox<TransactionEvent> out) {
        if (transaction != null) {
            transaction.onTransportError(out);
            settle(transaction);
        }
    }

    /** After a step of a transaction: notes its new deadline, or forgets it. */
    private void settle(Transaction transaction) {
        if (!transaction.isTerminated()) {
            timers.schedule(transaction, transaction.deadlineNanos());
            return;
        }
        timers.cancel(transaction);
        switch (transaction) {
            case ServerTransaction server -> servers.remove(server);
            case ClientTransaction client -> {
                clients.remove(client.id());
                clientsByKey.remove(client.key(), client);
            }
        }
    }

    private SipRequest withVia(SipRequest request, Flow flow) {
        ViaHeader via = ViaHeader.of(flow.transport(), sentBy.sentBy(flow), branches.next());
        if (!flow.isReliable()) {
            via = via.withParameter("rport", null);
        }
        return request.withHeaders(request.headers().prepending(HeaderName.VIA, via.toString()));
    }

    /** A refusal of ours, with the same To tag whenever the same request comes (8.2.7). */
    private SipResponse refusal(SipRequest request, int status) {
        long hash = tagSalt + TransactionKey.of(request).hashCode() * 0x9E3779B97F4A7C15L;
        return SipResponse.to(request, status, Long.toHexString(hash ^ hash >>> 29));
    }

    private static boolean isSame(ViaHeader sent, ViaHeader received) {
        HostPort a = sent.sentBy();
        HostPort b = received.sentBy();
        int otherwise = sent.transport().equals(Flow.TLS) ? 5061 : 5060;
        return a.host().equals(b.host()) && a.portOr(otherwise) == b.portOr(otherwise);
    }
}
