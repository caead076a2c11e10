/**
 * Speech codecs behind {@link io.allo.media.codec.Codec}, one class each, and the {@link io.allo.media.codec.Resampler}.
 *
 * <p>ITU-T G.711, G.722; ETSI GSM 06.10 and 06.11; Opus, RFC 6716 and 7587; RFC 3551 (payload formats, clock rates). Encoders, decoders and resamplers are
 * owned by the one thread that made them (a media loop, or a call that reads a file); codecs and tables are immutable and shared.
 * Nothing here allocates after construction but Opus in Java. Uses nothing of this project.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.codec;
