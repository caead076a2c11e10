/**
 * The switch: configuration, endpoints, calls, the dialplan, and what a caller meets. Asterisk's words mean here what
 * they mean there.
 *
 * <p>Thread: a call is owned by its own virtual thread; what calls share is a board inside one leaf lock.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx;
