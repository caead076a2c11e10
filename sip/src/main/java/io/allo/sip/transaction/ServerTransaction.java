package io.allo.sip.transaction;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;

/** A request of a peer on its way to our final response. RFC 3261 section 17.2. Owned by the SIP loop. */
abstract sealed class ServerTransaction implements Transaction
        permits InviteServerTransaction, NonInviteServerTransaction {
    private final ServerTransactionId id;
    private final TransactionKey key;
    private final SipRequest request;
    private Flow answerFlow;

    /** {@code answerFlow} is where responses go. */
    ServerTransaction(ServerTransactionId id, TransactionKey key, SipRequest request, Flow answerFlow) {
        this.id = id;
        this.key = key;
        this.request = request;
        this.answerFlow = answerFlow;
    }

    /** The request came again. */
    abstract void onRetransmission(Outbox<TransactionEvent> out);

    /** The TU answers. */
    abstract void onRespond(SipResponse response, long nowNanos, Outbox<TransactionEvent> out);

    /** A response could not be sent. */
    abstract void onTransportError(Outbox<TransactionEvent> out);

    @Override
    public ServerTransactionId id() {
        return id;
    }

    @Override
    public TransactionKey key() {
        return key;
    }

    SipRequest request() {
        return request;
    }

    Flow answerFlow() {
        return answerFlow;
    }

    void answerOver(Flow flow) {
        answerFlow = flow;
    }

    void send(SipResponse response, Outbox<TransactionEvent> out) {
        out.add(new TransactionEvent.SendMessage(answerFlow, response));
    }
}
