/**
 * Calling out, for every application: what a dial string names, ringing several at once, first answer wins, and what is said
 * of those that did not. Runs on the call's thread.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.call.ring;
