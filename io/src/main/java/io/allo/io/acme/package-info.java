/**
 * Certificates of public names from an ACME authority (RFC 8555, Let's Encrypt and others), by the challenge http-01 (section 8.3):
 * an account, an order, and a small HTTP listener while the authority looks. What is issued goes to {@code io.tls}.
 *
 * <p>Threads: values are immutable; {@code AcmeClient} waits, so it is called on a helper thread. Uses acme4j and the JDK's HTTP server.
 */
@NullMarked
package io.allo.io.acme;

import org.jspecify.annotations.NullMarked;
