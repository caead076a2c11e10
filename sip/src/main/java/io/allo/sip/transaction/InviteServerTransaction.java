package io.allo.sip.transaction;

import io.allo.sip.flow.Flow;
import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipRequest;
import io.allo.sip.message.SipResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * INVITE server transaction: RFC 3261 section 17.2.1, figure 7, as changed by RFC 6026 section 7.1. Owned by the SIP loop.
 *
 * <p>Timers: G retransmits a refusal over UDP, H gives up waiting for its ACK, I absorbs retransmitted ACKs, L keeps the INVITE's
 * retransmissions from the TU while that retransmits its 2xx; 100 is sent where the TU has not answered within 200 ms.
 */
final class InviteServerTransaction extends ServerTransaction {
    enum State {
        PROCEEDING,
        COMPLETED,
        CONFIRMED,
        ACCEPTED,
        TERMINATED
    }

    /** How long the TU may take before 100 goes out by itself. */
    static final long TRYING_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final SipTimers timers;
    private State state = State.PROCEEDING;
    private @Nullable SipResponse last;
    private long timerGIntervalNanos;

    /** When 100 goes out, or timer G: whichever the state has. */
    private long sendNanos;

    /** Timer H, I or L: whichever the state has. */
    private long endNanos = Long.MAX_VALUE;

    InviteServerTransaction(
            ServerTransactionId id,
            TransactionKey key,
            SipRequest request,
            Flow answerFlow,
            SipTimers timers,
            long nowNanos) {
        super(id, key, request, answerFlow);
        this.timers = timers;
        this.sendNanos = nowNanos + TRYING_AFTER_NANOS;
    }

    @Override
    void onRetransmission(Outbox<TransactionEvent> out) {
        switch (state) {
            case PROCEEDING, COMPLETED -> {
                if (last != null) {
                    send(last, out);
                }
            }
            case CONFIRMED, ACCEPTED -> {
                // absorbed
            }
            case TERMINATED -> throw new IllegalStateException("request in " + state);
        }
    }

    @Override
    void onRespond(SipResponse response, long nowNanos, Outbox<TransactionEvent> out) {
        switch (state) {
            case PROCEEDING -> {
                last = response;
                send(response, out);
                if (response.isProvisional()) {
                    sendNanos = Long.MAX_VALUE;
                } else if (response.isSuccess()) {
                    enter(State.ACCEPTED, nowNanos + timers.longestRetransmissionNanos());
                } else {
                    enter(State.COMPLETED, nowNanos + timers.timerBNanos());
                    timerGIntervalNanos = timers.t1Nanos();
                    sendNanos = answerFlow().isReliable() ? Long.MAX_VALUE : nowNanos + timerGIntervalNanos;
                }
            }
            case ACCEPTED -> {
                if (response.isSuccess()) {
                    send(response, out);
                }
            }
            case COMPLETED, CONFIRMED, TERMINATED -> {
                // the final response has been given
            }
        }
    }

    /** An ACK within this transaction. */
    void onAck(SipRequest ack, Flow from, long nowNanos, Outbox<TransactionEvent> out) {
        switch (state) {
            case COMPLETED -> {
                enter(State.CONFIRMED, nowNanos + timers.t4Nanos());
                if (answerFlow().isReliable()) {
                    terminate(out);
                }
            }
            case ACCEPTED -> out.add(new TransactionEvent.AckReceived(id(), ack, from));
            case PROCEEDING, CONFIRMED -> {
                // for nothing that was sent, or a retransmission
            }
            case TERMINATED -> throw new IllegalStateException("ACK in " + state);
        }
    }

    /** The TU is told and the transaction stays: another copy may get through (RFC 6026 section 7.1). */
    @Override
    void onTransportError(Outbox<TransactionEvent> out) {
        switch (state) {
            case PROCEEDING, COMPLETED, ACCEPTED -> out.add(new TransactionEvent.TransportFailed(id()));
            case CONFIRMED, TERMINATED -> {
                // nothing of ours is on its way
            }
        }
    }

    @Override
    public long deadlineNanos() {
        return Math.min(sendNanos, endNanos);
    }

    @Override
    public void onDeadline(long nowNanos, Outbox<TransactionEvent> out) {
        if (nowNanos >= endNanos) {
            if (state == State.COMPLETED) {
                out.add(new TransactionEvent.TimedOut(id()));
            }
            terminate(out);
        } else if (nowNanos >= sendNanos) {
            if (state == State.PROCEEDING) {
                onRespond(SipResponse.to(request(), TRYING, null), nowNanos, out);
            } else if (last != null) {
                send(last, out);
                timerGIntervalNanos = Math.min(2 * timerGIntervalNanos, timers.t2Nanos());
                sendNanos = nowNanos + timerGIntervalNanos;
            }
        }
    }

    @Override
    public boolean isTerminated() {
        return state == State.TERMINATED;
    }

    State state() {
        return state;
    }

    /** The To tag of the final response, by which an RFC 2543 ACK is known; null before there is one. */
    @Nullable
    String finalToTag() {
        return last == null || last.isProvisional() ? null : last.toTag();
    }

    private void enter(State next, long end) {
        state = next;
        sendNanos = Long.MAX_VALUE;
        endNanos = end;
    }

    private void terminate(Outbox<TransactionEvent> out) {
        enter(State.TERMINATED, Long.MAX_VALUE);
        out.add(new TransactionEvent.Terminated(id()));
    }

    private static final int TRYING = 100;
}
