/**
 * What phones are told without being called: message lamps (RFC 3842). Boards; what takes long runs on a thread of their own.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.presence;
