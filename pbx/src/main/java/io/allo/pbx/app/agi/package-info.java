/**
 * AGI, EAGI and DeadAGI: scripts that lead a call, by the commands and results of Asterisk 22's Asterisk Gateway Interface; the
 * processes and connections are {@link io.allo.io.agi}'s. Each conversation is owned by its call's thread.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.agi;
