/**
 * Keys for SRTP in session descriptions: SDES, the {@code a=crypto} lines of RFC 4568 with the suites of RFC 4568, RFC 6188 and
 * RFC 7714. Which lines are offered, which one is taken, which keys follow. The keys stand readable in the description, so
 * whoever uses this sees to it that signalling is encrypted.
 *
 * <p>Thread: pure values, any thread. Uses media.srtp for keys and suites.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.sdes;
