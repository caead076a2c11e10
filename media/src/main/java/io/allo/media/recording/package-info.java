/**
 * What is recorded of a port: packets copied into a ring by the media loop ({@link io.allo.media.recording.SoundTap}), and put
 * back into time, decoded and mixed by a writer ({@link io.allo.media.recording.RecordedSound}). Pure; each class names the
 * thread that owns it. RFC 3550 5.1 (timestamps), 6.4.1 (order). Uses {@code media.codec}, {@code media.audio} and the names of
 * codecs of {@code media.sdp}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.recording;
