/**
 * Where users can be reached: the registrar of RFC 3261 section 10.3 with Path (RFC 3327), its bindings with their expiry, and the
 * OPTIONS that find out whether a contact answers. Settings of an address of record are a question asked upward; what has changed goes
 * out as events, for the store among others.
 *
 * <p>Thread: the SIP loop. Pure. Uses sip.address, sip.header, sip.message, sip.flow, core.timer, core.random.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.registrar;
