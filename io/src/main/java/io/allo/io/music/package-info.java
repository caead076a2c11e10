/**
 * Music read from files: {@link io.allo.io.music.MusicLibrary} keeps one {@link io.allo.media.music.MusicStream} per class filled
 * while anybody hears it, from one thread of its own. Uses {@code media.music}, {@code media.audio}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.music;
