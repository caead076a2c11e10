/**
 * Sound that is made, recognized, or kept in files: tones and tone zones, tone and DTMF detectors, voice activity, sound file readers
 * and writers.
 *
 * <p>ITU-T Q.23 and Q.24 (DTMF), E.180 and its supplement 2 (tones of the countries), G.711 (levels in dBm0), RFC 2361 (WAVE codec
 * registry), RFC 3533 and 7845 (Opus in Ogg). Pure: files are handed in as channels or bytes. Detectors and generators are owned by the thread that feeds them and
 * allocate nothing in the steady state. Uses {@code media.codec}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.audio;
