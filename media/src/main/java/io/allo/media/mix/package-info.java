/**
 * Several people hear one another: {@link io.allo.media.mix.Mixer} adds up what the talkers of a room say, and takes from each
 * listener's sum what he said himself. Pure: samples in, samples out, at the pace of a tick of 20 ms; nothing is allocated in a
 * tick. Owned by one media loop.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.mix;
