/**
 * Transactions: a request and the responses to it, kept whole over a network that loses, doubles and reorders. The four machines of RFC
 * 3261 section 17 as RFC 6026 changed the INVITE ones and RFC 4320 the others, the table that owns them all with their deadlines, and
 * the rules by which a message finds its machine (17.1.3, 17.2.3) and a response its way back (18.2, RFC 3581).
 *
 * <p>Thread: the SIP loop. Pure: time comes in as {@code nowNanos}, chance as a {@code RandomSource}. Uses sip.address, sip.header,
 * sip.message, sip.flow, core.timer, core.random.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.transaction;
