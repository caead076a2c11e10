/**
 * Tones sent into a call and the checks of what came out: WAV files and captured RTP (RFC 3550). Test kit only; values
 * and pure functions.
 */
package io.allo.conformance.sound;
