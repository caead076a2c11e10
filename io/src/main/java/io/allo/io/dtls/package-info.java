/**
 * The DTLS handshakes that make the keys of SRTP, with BouncyCastle, since the JDK can't negotiate {@code use_srtp}: RFC 5764, DTLS
 * 1.2 of RFC 6347, extended master secret of RFC 7627. A virtual thread for each association, which the media loop feeds with
 * packets; keys go back to the loop. Certificates that signalling vouches for by their fingerprints (RFC 8122). Uses media.dtls.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.dtls;
