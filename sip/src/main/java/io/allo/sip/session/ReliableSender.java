package io.allo.sip.session;

import io.allo.core.random.RandomSource;
import io.allo.sip.flow.Outbox;
import io.allo.sip.header.HeaderName;
import io.allo.sip.header.RAckHeader;
import io.allo.sip.message.SipResponse;
import io.allo.sip.transaction.ServerTransactionId;
import io.allo.sip.transaction.SipTimers;
import org.jspecify.annotations.Nullable;

/**
 * Reliable provisional responses at the one who is called: numbered, one at a time, each sent again after T1, doubling, until its PRACK
 * comes, and given up after 64*T1. RFC 3262 section 3. Owned by the SIP loop.
 */
final class ReliableSender {
    private final ServerTransactionId transaction;
    private final SipTimers timers;
    private long rseq;
    private @Nullable SipResponse waiting;
    private long intervalNanos;
    private long nextNanos = Long.MAX_VALUE;
    private long giveUpNanos = Long.MAX_VALUE;

    ReliableSender(ServerTransactionId transaction, SipTimers timers, RandomSource random) {
        this.transaction = transaction;
        this.timers = timers;
        // Between 1 and 2^31-1; the lower half leaves room to count.
        this.rseq = random.nextInt(1 << 30) + 1L;
    }

    /** Whether a response waits for its PRACK. */
    boolean isWaiting() {
        return waiting != null;
    }

    /** Whether the response that waits carries a description: until its PRACK there can be no 2xx. */
    boolean isWaitingWithSdp() {
        return waiting != null && waiting.hasBody();
    }

    /** Sends {@code response} reliably. */
    void send(SipResponse response, long nowNanos, Outbox<SessionOutput> out) {
        if (waiting != null) {
            throw new IllegalStateException("one reliable response at a time");
        }
        SipResponse numbered = response.withHeaders(response.headers().toBuilder()
                .set(HeaderName.REQUIRE, Abilities.RELIABLE)
                .set(HeaderName.RSEQ, Long.toString(++rseq))
                .build());
        waiting = numbered;
        intervalNanos = timers.t1Nanos();
        nextNanos = nowNanos + intervalNanos;
        giveUpNanos = nowNanos + timers.longestRetransmissionNanos();
        out.add(new SessionOutput.Respond(transaction, numbered));
    }

    /** Whether the PRACK names the response that waits, which waits no more then. RFC 3262 section 3. */
    boolean acknowledges(RAckHeader rack) {
        SipResponse sent = waiting;
        if (sent == null
                || rack.rseq() != rseq
                || rack.cseq() != sent.cseq().number()
                || !rack.method().equals(sent.cseq().method())) {
            return false;
        }
        stop();
        return true;
    }

    /** A final response is sent: no retransmission after it. */
    void stop() {
        waiting = null;
        nextNanos = Long.MAX_VALUE;
        giveUpNanos = Long.MAX_VALUE;
    }

    boolean isGivenUp(long nowNanos) {
        return nowNanos >= giveUpNanos;
    }

    long deadlineNanos() {
        return Math.min(nextNanos, giveUpNanos);
    }

    void onDeadline(long nowNanos, Outbox<SessionOutput> out) {
        SipResponse again = waiting;
        if (again == null || nowNanos < nextNanos) {
            return;
        }
        out.add(new SessionOutput.Respond(transaction, again));
        intervalNanos *= 2;
        nextNanos = nowNanos + intervalNanos;
    }
}
