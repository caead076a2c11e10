/**
 * Session descriptions and how two sides agree on one: SDP (RFC 8866, and RFC 4566 as phones still write it), the
 * offer/answer model (RFC 3264, IPv6 holds by RFC 6157), the audio profile and its static payload types (RFC 3551),
 * telephone-event (RFC 4733), {@code a=rtcp} (RFC 3605), {@code a=rtcp-mux} (RFC 5761), {@code a=setup} (RFC 4145).
 * The attributes of SRTP and DTLS-SRTP (RFC 4568, 5763, 5764) are kept in place and not acted upon here.
 *
 * <p>Everything in this package is an immutable value or a pure function: no thread owns it, any thread may use it. It
 * uses nothing but the JDK's strings and collections.
 */
@NullMarked
package io.allo.media.sdp;

import org.jspecify.annotations.NullMarked;
