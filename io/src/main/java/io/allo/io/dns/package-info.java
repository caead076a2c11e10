/**
 * Questions to the DNS (RFC 1035, 2782, 3403, 3596) for server location: asked over dnsjava, answers remembered for their TTL, never a
 * wait without an end. What the answers mean is decided by {@code io.allo.sip.locate} (RFC 3263).
 *
 * <p>Threads: {@code DnsResolver} may be used from any thread; answers are given on a virtual thread of their own, which has to post them
 * to whoever owns the lookup.
 */
@NullMarked
package io.allo.io.dns;

import org.jspecify.annotations.NullMarked;
