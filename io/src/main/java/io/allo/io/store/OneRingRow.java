package io.allo.io.store;

/**
 * A call from abroad that rang once and gave up. Immutable.
 *
 * @param region ISO 3166 code
 * @param atMs milliseconds since 1970
 */
public record OneRingRow(String number, String region, long atMs) {}
