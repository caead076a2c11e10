/**
 * Digest authentication: RFC 3261 section 22, RFC 7616 (and RFC 2617, whose MD5 is still what phones speak), RFC 8760 for the newer
 * hashes. The verifier of requests and the answerer of challenges, nonces that need no table until somebody has proved a password.
 *
 * <p>Thread: the SIP loop. Pure: time comes in as {@code nowNanos}, chance as a {@code RandomSource}. Uses sip.address, sip.header,
 * sip.message, core.random, and the hashes of java.security and javax.crypto.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.auth;
