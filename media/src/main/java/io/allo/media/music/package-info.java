/**
 * Music that many hear at once: {@link io.allo.media.music.MusicFeed} carries one decoded stream from the thread that reads files
 * to the media loop. Pure.
 */
@org.jspecify.annotations.NullMarked
package io.allo.media.music;
