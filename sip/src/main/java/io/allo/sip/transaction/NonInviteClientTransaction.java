package io.allo.sip.transaction;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;

/**
 * Non-INVITE client transaction: RFC 3261 section 17.1.2, figure 6. Owned by the SIP loop.
 *
 * <p>Timers: E retransmits over UDP, F gives up, K absorbs retransmitted responses. One that does not report sends and absorbs, and tells
 * nobody: the CANCEL that the table sends for an INVITE.
 */
final class NonInviteClientTransaction extends ClientTransaction {
    enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    private final SipTimers timers;
    private final boolean reports;
    private State state = State.TRYING;
    private long timerEIntervalNanos;
    private long timerENanos = Long.MAX_VALUE;

    /** Timer F or K: whichever the state has. */
    private long endNanos = Long.MAX_VALUE;

    NonInviteClientTransaction(
            ClientTransactionId id, SipRequest request, Flow flow, SipTimers timers, boolean reports) {
        super(id, request, flow);
        this.timers = timers;
        this.reports = reports;
    }

    @Override
    void start(long nowNanos, Outbox<TransactionEvent> out) {
        send(request(), out);
        timerEIntervalNanos = timers.t1Nanos();
        timerENanos = flow().isReliable() ? Long.MAX_VALUE : nowNanos + timerEIntervalNanos;
        endNanos = nowNanos + timers.timerBNanos();
    }

    @Override
    void onResponse(SipResponse response, Flow from, long nowNanos, Outbox<TransactionEvent> out) {
        switch (state) {
            case TRYING, PROCEEDING -> {
                tell(new TransactionEvent.ResponseReceived(id(), response, from), out);
                if (response.isProvisional()) {
                    state = State.PROCEEDING;
                } else if (flow().isReliable()) {
                    terminate(out);
                } else {
                    state = State.COMPLETED;
                    timerENanos = Long.MAX_VALUE;
                    endNanos = nowNanos + timers.t4Nanos();
                }
            }
            case COMPLETED -> {
                // a retransmission
            }
            case TERMINATED -> throw new IllegalStateException("response in " + state);
        }
    }

    @Override
    void onTransportError(Outbox<TransactionEvent> out) {
        switch (state) {
            case TRYING, PROCEEDING -> {
                tell(new TransactionEvent.TransportFailed(id()), out);
                terminate(out);
            }
            case COMPLETED, TERMINATED -> {
                // nothing of ours is on its way
            }
        }
    }

    @Override
    boolean needsItsFlow() {
        return state == State.TRYING || state == State.PROCEEDING;
    }

    @Override
    public long deadlineNanos() {
        return Math.min(timerENanos, endNanos);
    }

    @Override
    public void onDeadline(long nowNanos, Outbox<TransactionEvent> out) {
        if (nowNanos >= endNanos) {
            if (state != State.COMPLETED) {
                tell(new TransactionEvent.TimedOut(id()), out);
            }
            terminate(out);
        } else if (nowNanos >= timerENanos) {
            send(request(), out);
            timerEIntervalNanos =
                    state == State.PROCEEDING ? timers.t2Nanos() : Math.min(2 * timerEIntervalNanos, timers.t2Nanos());
            timerENanos = nowNanos + timerEIntervalNanos;
        }
    }

    @Override
    public boolean isTerminated() {
        return state == State.TERMINATED;
    }

    State state() {
        return state;
    }

    private void terminate(Outbox<TransactionEvent> out) {
        state = State.TERMINATED;
        timerENanos = Long.MAX_VALUE;
        endNanos = Long.MAX_VALUE;
        tell(new TransactionEvent.Terminated(id()), out);
    }

    private void tell(TransactionEvent event, Outbox<TransactionEvent> out) {
        if (reports) {
            out.add(event);
        }
    }
}
