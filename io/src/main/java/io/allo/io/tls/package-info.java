/**
 * Certificates and keys for TLS (SIP over TLS of RFC 3261 26, WebSocket over TLS): made on first use, loaded from PEM files, swapped
 * while running. TLS 1.2 and 1.3 only (RFC 5246, 8446; RFC 8996 ends the older ones). A SIP server's certificate is checked for its
 * domain by RFC 5922.
 *
 * <p>Threads: values are immutable; {@code TlsContext} may be used from any thread, its snapshot is one volatile reference. Uses the
 * JDK's TLS and, for PEM files and for making certificates, BouncyCastle's bcpkix without its provider.
 */
@NullMarked
package io.allo.io.tls;

import org.jspecify.annotations.NullMarked;
