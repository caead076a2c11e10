package io.allo.sip.session;

import io.allo.sip.flow.Outbox;
import io.allo.sip.message.SipResponse;
import io.allo.sip.transaction.ServerTransactionId;
import io.allo.sip.transaction.SipTimers;

/**
 * A 2xx to an INVITE that waits for its ACK: sent again after T1, doubling up to T2, over every transport, and given up after 64*T1. RFC
 * 3261 section 13.3.1.4. Owned by the SIP loop.
 */
final class AckWait {
    private final ServerTransactionId transaction;
    private final SipResponse response;
    private final SipTimers timers;
    private final long giveUpNanos;
    private long intervalNanos;
    private long nextNanos;

    AckWait(ServerTransactionId transaction, SipResponse response, SipTimers timers, long nowNanos) {
        this.transaction = transaction;
        this.response = response;
        this.timers = timers;
        this.giveUpNanos = nowNanos + timers.longestRetransmissionNanos();
        this.intervalNanos = timers.t1Nanos();
        this.nextNanos = nowNanos + intervalNanos;
    }

    /** The number of the INVITE, which its ACK has too. */
    long sequence() {
        return response.cseq().number();
    }

    boolean isGivenUp(long nowNanos) {
        return nowNanos >= giveUpNanos;
    }

    long deadlineNanos() {
        return Math.min(nextNanos, giveUpNanos);
    }

    void onDeadline(long nowNanos, Outbox<SessionOutput> out) {
        if (nowNanos < nextNanos) {
            return;
        }
        out.add(new SessionOutput.Respond(transaction, response));
        intervalNanos = Math.min(2 * intervalNanos, timers.t2Nanos());
        nextNanos = nowNanos + intervalNanos;
    }
}
