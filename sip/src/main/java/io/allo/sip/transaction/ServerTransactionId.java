package io.allo.sip.transaction;

/** Names a server transaction of one {@link TransactionTable}; never used again after it ended. */
public record ServerTransactionId(long number) implements TransactionId {}
