package io.allo.sip.agent;

import io.allo.core.timer.TimerQueue;
import io.allo.sip.message.SipResponse;
import io.allo.sip.transaction.ServerTransactionId;

/** Answers to wrong passwords that wait for their time. At most {@link #LIMIT}; what comes then does not wait. Owned by the SIP loop. */
final class DelayedAnswers {
    /** Answers that wait at a time. */
    static final int LIMIT = 2_000;

    private record Waiting(ServerTransactionId transaction, SipResponse response) {}

    private final AgentState state;
    private final TimerQueue<Waiting> waiting = new TimerQueue<>();

    DelayedAnswers(AgentState state) {
        this.state = state;
    }

    /** Answers after that time, or at once. */
    void respond(ServerTransactionId transaction, SipResponse response, long delayNanos, long nowNanos) {
        if (delayNanos <= 0 || waiting.size() >= LIMIT) {
            state.respond(transaction, response, null, nowNanos);
        } else {
            waiting.schedule(new Waiting(transaction, response), nowNanos + delayNanos);
        }
    }

    long deadlineNanos() {
        return waiting.nextDeadlineNanos();
    }

    void onDeadline(long nowNanos) {
        for (Waiting due = waiting.pollExpired(nowNanos); due != null; due = waiting.pollExpired(nowNanos)) {
            state.respond(due.transaction(), due.response(), null, nowNanos);
        }
    }

    int size() {
        return waiting.size();
    }
}
