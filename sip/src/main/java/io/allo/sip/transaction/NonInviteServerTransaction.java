package io.allo.sip.transaction;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * Non-INVITE server transaction: RFC 3261 section 17.2.2, figure 8, with RFC 4320: 100 is the only provisional response and goes out
 * when the client's Timer E has reached T2 (over UDP not before); one that has no final response when the client's Timer F has fired
 * ends without any. Owned by the SIP loop.
 *
 * <p>Timer J absorbs retransmitted requests.
 */
final class NonInviteServerTransaction extends ServerTransaction {
    enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    private final SipTimers timers;
    private final long tryingNanos;
    private State state = State.TRYING;
    private @Nullable SipResponse last;

    /** When the client has given up, or timer J: whichever the state has. */
    private long endNanos;

    NonInviteServerTransaction(
            ServerTransactionId id,
            TransactionKey key,
            SipRequest request,
            Flow answerFlow,
            SipTimers timers,
            long nowNanos) {
        super(id, key, request, answerFlow);
        this.timers = timers;
        this.tryingNanos = nowNanos + timers.timerEReachesT2Nanos();
        this.endNanos = nowNanos + timers.timerBNanos();
    }

    @Override
    void onRetransmission(Outbox<TransactionEvent> out) {
        switch (state) {
            case PROCEEDING, COMPLETED -> {
                if (last != null) {
                    send(last, out);
                }
            }
            case TRYING -> {
                // absorbed
            }
            case TERMINATED -> throw new IllegalStateException("request in " + state);
        }
    }

    @Override
    void onRespond(SipResponse response, long nowNanos, Outbox<TransactionEvent> out) {
        switch (state) {
            case TRYING, PROCEEDING -> {
                if (response.isProvisional()) {
                    proceed(response, nowNanos, out);
                } else {
                    last = response;
                    send(response, out);
                    state = State.COMPLETED;
                    endNanos = nowNanos + timers.longestRetransmissionNanos();
                    if (answerFlow().isReliable()) {
                        terminate(out);
                    }
                }
            }
            case COMPLETED, TERMINATED -> {
                // the final response has been given
            }
        }
    }

    @Override
    void onTransportError(Outbox<TransactionEvent> out) {
        switch (state) {
            case PROCEEDING, COMPLETED -> {
                out.add(new TransactionEvent.TransportFailed(id()));
                terminate(out);
            }
            case TRYING, TERMINATED -> {
                // nothing of ours is on its way
            }
        }
    }

    @Override
    public long deadlineNanos() {
        return state == State.TRYING ? Math.min(tryingNanos, endNanos) : endNanos;
    }

    @Override
    public void onDeadline(long nowNanos, Outbox<TransactionEvent> out) {
        if (nowNanos >= endNanos) {
            terminate(out);
        } else if (state == State.TRYING && nowNanos >= tryingNanos) {
            proceed(SipResponse.to(request(), TRYING_STATUS, null), nowNanos, out);
        }
    }

    @Override
    public boolean isTerminated() {
        return state == State.TERMINATED;
    }

    State state() {
        return state;
    }

    /** RFC 4320 section 4.1: 100 alone, and over an unreliable transport not before the client slows down. */
    private void proceed(SipResponse response, long nowNanos, Outbox<TransactionEvent> out) {
        boolean allowed = answerFlow().isReliable() || nowNanos >= tryingNanos;
        if (response.status() == TRYING_STATUS && allowed) {
            last = response;
            state = State.PROCEEDING;
            send(response, out);
        }
    }

    private void terminate(Outbox<TransactionEvent> out) {
        state = State.TERMINATED;
        endNanos = Long.MAX_VALUE;
        out.add(new TransactionEvent.Terminated(id()));
    }

    private static final int TRYING_STATUS = 100;
}
