package io.allo.sip.transaction;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.Headers;
import io.allo.sip.header.ViaHeader;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;

/** A request of ours on its way to a final response. RFC 3261 section 17.1. Owned by the SIP loop. */
abstract sealed class ClientTransaction implements Transaction
        permits InviteClientTransaction, NonInviteClientTransaction {
    private final ClientTransactionId id;
    private final SipRequest request;
    private final Flow flow;
    private final ViaHeader via;
    private final TransactionKey.Client key;

    /** {@code request} has our Via on top. */
    ClientTransaction(ClientTransactionId id, SipRequest request, Flow flow) {
        this.id = id;
        this.request = request;
        this.flow = flow;
        this.via = request.topVia();
        this.key = TransactionKey.client(via, request.method().name());
    }

    /** Sends the request. */
    abstract void start(long nowNanos, Outbox<TransactionEvent> out);

    abstract void onResponse(SipResponse response, Flow from, long nowNanos, Outbox<TransactionEvent> out);

    /** What was sent could not be, or the connection that an answer is awaited on is gone. */
    abstract void onTransportError(Outbox<TransactionEvent> out);

    /** Whether the end of its connection is the end of it. */
    abstract boolean needsItsFlow();

    @Override
    public ClientTransactionId id() {
        return id;
    }

    @Override
    public TransactionKey.Client key() {
        return key;
    }

    SipRequest request() {
        return request;
    }

    Flow flow() {
        return flow;
    }

    ViaHeader via() {
        return via;
    }

    void send(SipRequest message, Outbox<TransactionEvent> out) {
        out.add(new TransactionEvent.SendMessage(flow, message));
    }

    /**
     * A request that follows this one hop by hop, CANCEL (9.1) or the ACK of a refusal (17.1.1.3): its Request-URI, topmost Via, Route,
     * From, Call-ID and CSeq number, with the To of {@code to}.
     */
    SipRequest follower(SipMethod method, Headers to) {
        Headers sent = request.headers();
        var headers = Headers.builder().add(HeaderName.VIA, via.toString());
        for (int i = 0; i < sent.size(); i++) {
            if (sent.nameAt(i).equals(HeaderName.ROUTE)) {
                headers.add(HeaderName.ROUTE, sent.valueAt(i));
            }
        }
        headers.add(HeaderName.MAX_FORWARDS, MAX_FORWARDS)
                .add(HeaderName.FROM, sent.firstOr(HeaderName.FROM, ""))
                .add(HeaderName.TO, to.firstOr(HeaderName.TO, ""))
                .add(HeaderName.CALL_ID, request.callId())
                .add(HeaderName.CSEQ, request.cseq().number() + " " + method);
        return new SipRequest(method, request.uri(), headers.build());
    }

    private static final String MAX_FORWARDS = "70";
}
