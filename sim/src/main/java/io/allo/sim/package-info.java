/**
 * Simulated worlds: phones on a network that loses, doubles, delays and reorders packets, over the real SIP stack, the real
 * configuration reader, dialplan and calls, in virtual time from one seed. docs/simulation.md says how to use it.
 *
 * <p>Thread: at most one thread runs at a time, the world's or that of one call; a seed runs the same way again. May use
 * every module above it.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sim;
