package io.allo.sip.transaction;

/**
 * The times and limits of a {@link TransactionTable}. {@code maxServer} and {@code maxClient} bound the transactions of each kind that are
 * kept at once; {@code retryAfterSeconds} goes with the 503 of a full table; {@code toSource} sends responses over UDP to where the request
 * came from even where its Via lacks {@code rport}, which is what reaches a phone behind NAT ({@code force_rport} of pjsip.conf).
 */
public record TransactionSettings(
        SipTimers timers, int maxServer, int maxClient, int retryAfterSeconds, boolean toSource) {
    /** The times of RFC 3261, 100,000 of each kind, Retry-After 5 s, responses to the source. */
    public static final TransactionSettings DEFAULT =
            new TransactionSettings(SipTimers.DEFAULT, 100_000, 100_000, 5, true);

    public TransactionSettings {
        if (maxServer <= 0 || maxClient <= 0 || retryAfterSeconds < 0) {
            throw new IllegalArgumentException("max " + maxServer + " and " + maxClient + " transactions, retry after "
                    + retryAfterSeconds + " s");
        }
    }

    /** The same with other times. */
    public TransactionSettings withTimers(SipTimers newTimers) {
        return new TransactionSettings(newTimers, maxServer, maxClient, retryAfterSeconds, toSource);
    }

    /** The same with other limits. */
    public TransactionSettings withLimits(int newMaxServer, int newMaxClient) {
        return new TransactionSettings(timers, newMaxServer, newMaxClient, retryAfterSeconds, toSource);
    }

    /** The same with the way back of RFC 3261 (false) or to the source (true). */
    public TransactionSettings withToSource(boolean newToSource) {
        return new TransactionSettings(timers, maxServer, maxClient, retryAfterSeconds, newToSource);
    }
}
