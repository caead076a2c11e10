/**
 * The certificates of the running system: which transport shows which, renewed and swapped while calls go on, and asked for at an ACME
 * authority (RFC 8555) where allo.conf says so. It looks on a thread of its own, once a minute; uses io.tls, io.acme and pbx.endpoint.
 */
@NullMarked
package io.allo.server.certificates;

import org.jspecify.annotations.NullMarked;
