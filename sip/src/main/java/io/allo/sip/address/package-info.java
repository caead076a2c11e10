/**
 * Who is meant: SIP and tel URIs, name-addr values, hosts with ports, and the {@code ;name=value} parameters that hang on
 * all of them. RFC 3261 sections 19.1 and 25.1, RFC 3966, RFC 5118. Values without an owner; any thread. Uses nothing.
 */
@org.jspecify.annotations.NullMarked
package io.allo.sip.address;
