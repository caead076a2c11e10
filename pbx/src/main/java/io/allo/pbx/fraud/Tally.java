package io.allo.pbx.fraud;

/**
 * What one user has called on one day. Immutable.
 *
 * @param day as ISO 8601 has it: 2026-11-21
 * @param payer the endpoint that it counts for
 * @param calls begun
 * @param seconds talked
 */
public record Tally(String day, String payer, long calls, long seconds) {}
