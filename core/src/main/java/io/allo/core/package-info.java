/**
 * The ground every room stands on: time and chance as values. Nothing here reads a clock, starts a thread or opens a
 * socket; whoever uses it says what time it is.
 */
@org.jspecify.annotations.NullMarked
package io.allo.core;
