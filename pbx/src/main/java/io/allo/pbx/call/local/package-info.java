/**
 * Local channels: a pair of channels back to back, one dialed by a call, the other running the dialplan in a call of its own.
 * Each half is owned by its call; they talk by posting to each other.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.call.local;
