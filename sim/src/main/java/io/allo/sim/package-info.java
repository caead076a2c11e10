/**
 * Simulated worlds: phones on a network that loses, doubles, delays and reorders packets, over the real stack and the
 * real calls, in virtual time from one seed.
 *
 * <p>Thread: one thread runs at a time; a failing seed runs the same way again.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sim;
