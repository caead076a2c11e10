package io.allo.io.store;

/**
 * What a user has called the public network on one day. Immutable.
 *
 * @param day local, as ISO 8601 has it
 */
public record SpentRow(String day, String payer, long calls, long seconds) {}
