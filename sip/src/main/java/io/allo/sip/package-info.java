/**
 * The SIP stack (RFC 3261 and the RFCs that amend it) as state machines: bytes, events and the time go in, messages and
 * events come out. No socket, thread, clock, chance or log; it uses io.allo.core only.
 *
 * <p>Thread: everything mutable below is owned by the SIP loop that drives it.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip;
