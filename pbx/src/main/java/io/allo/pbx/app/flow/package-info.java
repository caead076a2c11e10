/**
 * Where the dialplan goes: Goto, Gosub, conditions, loops, variables, words for the log. Each application is one object for
 * all calls and runs on the call's thread.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.flow;
