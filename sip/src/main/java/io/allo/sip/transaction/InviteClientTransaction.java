package io.allo.sip.transaction;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.message.SipMethod;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * INVITE client transaction: RFC 3261 section 17.1.1, figure 5, as changed by RFC 6026 section 7.2. Owned by the SIP loop.
 *
 * <p>Timers: A retransmits over UDP, B gives up waiting for any response, D absorbs retransmitted refusals, M lets every 2xx through.
 * Once CANCEL has been sent the final response is awaited for 64*T1 (9.1).
 */
final class InviteClientTransaction extends ClientTransaction {
    enum State {
        CALLING,
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        TERMINATED
    }

    private final SipTimers timers;
    private State state = State.CALLING;
    private boolean cancelWanted;
    private boolean cancelSent;
    private @Nullable String cancelReason;
    private long timerAIntervalNanos;
    private long timerANanos = Long.MAX_VALUE;

    /** Timer B, the wait after CANCEL, D or M: whichever the state has. */
    private long endNanos = Long.MAX_VALUE;

    InviteClientTransaction(ClientTransactionId id, SipRequest request, Flow flow, SipTimers timers) {
        super(id, request, flow);
        this.timers = timers;
    }

    @Override
    void start(long nowNanos, Outbox<TransactionEvent> out) {
        send(request(), out);
        timerAIntervalNanos = timers.t1Nanos();
        timerANanos = flow().isReliable() ? Long.MAX_VALUE : nowNanos + timerAIntervalNanos;
        endNanos = nowNanos + timers.timerBNanos();
    }

    @Override
    void onResponse(SipResponse response, Flow from, long nowNanos, Outbox<TransactionEvent> out) {
        var received = new TransactionEvent.ResponseReceived(id(), response, from);
        switch (state) {
            case CALLING, PROCEEDING -> {
                if (response.isProvisional()) {
                    proceed();
                    out.add(received);
                } else if (response.isSuccess()) {
                    enter(State.ACCEPTED, nowNanos + timers.longestRetransmissionNanos());
                    out.add(received);
                } else {
                    send(follower(SipMethod.ACK, response.headers()), out);
                    out.add(received);
                    enter(State.COMPLETED, nowNanos + timers.timerDNanos());
                    if (flow().isReliable()) {
                        terminate(out);
                    }
                }
            }
            case COMPLETED -> {
                if (response.status() >= 300) {
                    send(follower(SipMethod.ACK, response.headers()), out);
                }
            }
            case ACCEPTED -> {
                if (response.isSuccess()) {
                    out.add(received);
                }
            }
            case TERMINATED -> throw new IllegalStateException("response in " + state);
        }
    }

    /** The TU no longer wants an answer, for a reason (RFC 3326) or none. Nothing is left to cancel once there is a final one. */
    void cancel(@Nullable String reason) {
        cancelWanted = state == State.CALLING || state == State.PROCEEDING;
        cancelReason = reason;
    }

    /** Whether CANCEL is to be sent now: it is wanted, was not sent, and a provisional response has come (9.1). */
    boolean isCancelDue() {
        return cancelWanted && !cancelSent && state == State.PROCEEDING;
    }

    /** The CANCEL of this INVITE, for a transaction of its own. From now on the final response has 64*T1 to come. */
    SipRequest takeCancel(long nowNanos) {
        cancelSent = true;
        endNanos = nowNanos + timers.longestRetransmissionNanos();
        SipRequest cancel = follower(SipMethod.CANCEL, request().headers());
        return cancelReason == null ? cancel : cancel.withHeader(HeaderName.REASON, cancelReason);
    }

    @Override
    void onTransportError(Outbox<TransactionEvent> out) {
        switch (state) {
            case CALLING, COMPLETED -> {
                out.add(new TransactionEvent.TransportFailed(id()));
                terminate(out);
            }
            case PROCEEDING, ACCEPTED, TERMINATED -> {
                // nothing of ours is on its way
            }
        }
    }

    @Override
    boolean needsItsFlow() {
        return state == State.CALLING;
    }

    @Override
    public long deadlineNanos() {
        return Math.min(timerANanos, endNanos);
    }

    @Override
    public void onDeadline(long nowNanos, Outbox<TransactionEvent> out) {
        if (nowNanos >= endNanos) {
            if (state == State.CALLING || state == State.PROCEEDING) {
                out.add(new TransactionEvent.TimedOut(id()));
            }
            terminate(out);
        } else if (nowNanos >= timerANanos) {
            send(request(), out);
            timerAIntervalNanos *= 2;
            timerANanos = nowNanos + timerAIntervalNanos;
        }
    }

    @Override
    public boolean isTerminated() {
        return state == State.TERMINATED;
    }

    State state() {
        return state;
    }

    /** Timers A and B end with the first provisional response: from then on a phone may ring as long as it likes. */
    private void proceed() {
        if (state == State.CALLING) {
            enter(State.PROCEEDING, Long.MAX_VALUE);
        }
    }

    private void enter(State next, long end) {
        state = next;
        timerANanos = Long.MAX_VALUE;
        endNanos = end;
    }

    private void terminate(Outbox<TransactionEvent> out) {
        enter(State.TERMINATED, Long.MAX_VALUE);
        out.add(new TransactionEvent.Terminated(id()));
    }
}
