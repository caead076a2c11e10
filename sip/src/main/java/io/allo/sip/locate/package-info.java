/**
 * Where to send a request: RFC 3263 turns a URI into an ordered list of transport, address and port, with RFC 2782's weights, RFC 7118's
 * WebSocket services and both address families (RFC 7984); RFC 3261 section 18.1.1 moves large requests from UDP to TCP. Asks its driver for DNS records
 * and receives them; caches nothing.
 *
 * <p>Thread: the SIP loop. Pure. Uses sip.address, sip.flow (transport names, Outbox), core.random.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.locate;
