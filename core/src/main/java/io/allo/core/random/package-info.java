/**
 * Chance as a value: whoever needs a random number (tags, branches, nonces, SSRCs, jitter of timers) is given a
 * {@link io.allo.core.random.RandomSource}, so that a simulated world runs the same way again from its seed. RFC 4086
 * says what the secure one has to be.
 *
 * <p>Thread: each source says in its own comment who may use it.
 */
@org.jspecify.annotations.NullMarked
package io.allo.core.random;
