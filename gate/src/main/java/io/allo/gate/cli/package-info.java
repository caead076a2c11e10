/**
 * The command line of a running allo: a line protocol on a Unix domain socket that only the owner of the state directory can
 * open. {@link io.allo.gate.cli.CliServer} answers, {@link io.allo.gate.cli.CliClient} asks, {@link
 * io.allo.gate.cli.CliDesk} is what the server lets it ask. Commands are allo's own ({@code show channels}), in the language
 * of who asks, and Asterisk's ({@code core show channels}), always in English since programs read them.
 *
 * <p>No RFC. A request is one line: the language, a tab, the command. The answer is lines that begin with a blank, then one
 * that begins with {@code =} and the exit status. Thread: a virtual one for each connection.
 */
@org.jspecify.annotations.NullMarked
package io.allo.gate.cli;
