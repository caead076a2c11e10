/**
 * Where the SIP stack touches the network: the loop that owns a {@link io.allo.sip.agent.UserAgent}, and the transports that carry its
 * messages. RFC 3261 section 18, RFC 3581 (answers leave from where the request came to), RFC 5626 sections 3.5.1 and 4.4.1 (keep-alive by
 * CRLF), RFC 5923 (connections are used again).
 *
 * <p>Threads: {@link io.allo.io.sip.SipLoop} is one platform thread. A UDP socket has one platform thread that reads and parses; a
 * connection has a virtual thread that reads and one that writes, so that neither a slow peer nor a slow parse holds the loop up. Uses
 * io.loop and io.tls.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.sip;
