/**
 * The dialplan's functions: {@code ${NAME(arguments)}} and {@code Set(NAME(arguments)=value)}, under Asterisk's names and
 * with the meaning that Asterisk documents. SIP headers by RFC 3261, digests by RFC 1321 and RFC 3174, base 64 by RFC 4648.
 * {@link io.allo.pbx.app.function.Functions} makes them known to a runner. Each is read on its call's thread; what several
 * calls share here (groups, SHARED) are boards.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.function;
