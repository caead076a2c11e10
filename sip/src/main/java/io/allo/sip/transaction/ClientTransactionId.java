package io.allo.sip.transaction;

/** Names a client transaction of one {@link TransactionTable}; never used again after it ended. */
public record ClientTransactionId(long number) implements TransactionId {}
