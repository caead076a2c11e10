package io.allo.sip.transaction;

/** Names a transaction of one {@link TransactionTable}. */
public sealed interface TransactionId permits ClientTransactionId, ServerTransactionId {
    /** Counts up from 1 over both kinds; never given twice. */
    long number();
}
