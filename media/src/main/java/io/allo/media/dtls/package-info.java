/**
 * Keys for SRTP by a DTLS handshake between the media ports, RFC 5763 and 5764: what descriptions say of it (fingerprints of
 * RFC 8122, roles of RFC 4145, RFC 8842), what is agreed, and how the exported bytes become SRTP keys. The handshake itself needs
 * a thread and is in io.dtls.
 *
 * <p>Thread: pure values, any thread. Uses media.sdes for stream keys, media.srtp for suites.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.dtls;
