/**
 * The door: who may knock, how often, and who is shut out for a while. Failures per address and user, delays, bans, rate limits. No RFC:
 * RFC 3261 section 26 names the threats, and RFC 5390 the cost of answering them all.
 *
 * <p>Threads: {@link io.allo.sip.door.Door} is a board behind one leaf lock, since the readers of the sockets have to ask it before anything is
 * parsed: dropping a datagram of a flood costs a look into a table. Everything else in this room belongs to the door. Pure: time comes in as
 * {@code nowNanos}; no chance, no I/O. Uses sip.address.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.door;
