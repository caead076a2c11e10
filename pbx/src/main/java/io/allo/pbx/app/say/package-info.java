/**
 * SayNumber, SayDigits, SayAlpha, SayPhonetic, SayUnixTime and their kin: what is said with recorded words. Each
 * application is one object for all calls and runs on the call's thread.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.say;
