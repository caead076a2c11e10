/**
 * Speaking to a caller and listening to the keys, for every application: prompts and tones, digits read, numbers and times
 * said in English and French. On each call's own thread. Uses {@link io.allo.io.sound} to find what is recorded.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.call.prompt;
