/**
 * Sound files on the disk, found by name as Asterisk finds them and kept in memory. Any thread. Uses
 * {@link io.allo.media.audio} to read them and gives {@link io.allo.media.port.Sound}s.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.sound;
