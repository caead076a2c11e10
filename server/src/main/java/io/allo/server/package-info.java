/**
 * The program: its command line, and the one place where the long-lived parts are made and joined.
 *
 * <p>Thread: the main thread makes everything, then waits for the signal to stop.
 */
@org.jspecify.annotations.NullMarked
package io.allo.server;
