/**
 * Runs calls through the dialplan: priority by priority, to {@code i}, {@code t}, {@code e} and {@code h}, through
 * subroutines, and what variables are worth on a channel meanwhile. On each call's own thread; global variables are a
 * board. Reads {@link io.allo.pbx.dialplan}, answers {@link io.allo.pbx.call.DialplanEntry}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.dialplan.run;
