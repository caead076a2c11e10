/**
 * What asks callers for keys: Background, WaitExten, Read, WaitDigit. Each application is one object for all calls and runs
 * on the call's thread.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.ivr;
