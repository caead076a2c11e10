package io.allo.sip.transaction;

import io.allo.sip.flow.Outbox;

/** What the table needs of every transaction to keep its time. Owned by the SIP loop. */
sealed interface Transaction permits ClientTransaction, ServerTransaction {
    TransactionId id();

    TransactionKey key();

    /** When {@link #onDeadline} is to be called next, Long.MAX_VALUE for never. */
    long deadlineNanos();

    void onDeadline(long nowNanos, Outbox<TransactionEvent> out);

    boolean isTerminated();
}
