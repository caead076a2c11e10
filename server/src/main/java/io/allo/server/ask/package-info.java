/**
 * The commands that ask the allo that runs over its control socket, and the options that all commands share: where its state is, which
 * language to speak.
 *
 * <p>No RFC. Thread: main. Uses gate.cli's client.
 */
@org.jspecify.annotations.NullMarked
package io.allo.server.ask;
