/**
 * SIP messages: requests and responses, reading them from datagrams and streams, writing them, and the checks a server does on one message
 * alone. RFC 3261 sections 7, 8.2, 18 and 25, RFC 4475, RFC 5118, RFC 5621. Values without an owner but for {@code SipFramer}, which belongs
 * to the reader of its connection. Uses sip.address and sip.header.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.message;
