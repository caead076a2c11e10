/**
 * The header fields of a SIP message: their names, the immutable list of them, and the typed values that the stack and the switch act on.
 * RFC 3261 sections 7.3 and 20, and the RFC named at each header. Values without an owner; any thread. Uses sip.address.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.header;
