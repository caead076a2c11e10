/**
 * Music for who waits: MusicOnHold, StartMusicOnHold, StopMusicOnHold, SetMusicOnHold, WaitMusicOnHold. On the call's thread. Uses
 * {@link io.allo.pbx.call.prompt}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.music;
