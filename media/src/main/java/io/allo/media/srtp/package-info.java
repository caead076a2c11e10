/**
 * Encrypted sound: SRTP and SRTCP (RFC 3711) with AES counter mode and HMAC-SHA1 of 128 and 256 bits (RFC 6188) and with
 * AES-GCM (RFC 7714). Keys come in from whoever agreed upon them (RFC 4568, RFC 5764). Nothing here allocates per packet: AES
 * and SHA-1 are the JDK's on arrays of ours; GHASH is our own, because the JDK's GCM makes about a kilobyte of garbage for
 * each packet (docs/parts/srtp.md has the figures).
 *
 * <p>Thread: each context is owned by one thread, the media loop of its port. Uses nothing but the JDK's ciphers.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.srtp;
