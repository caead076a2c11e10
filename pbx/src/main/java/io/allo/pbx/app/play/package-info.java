/**
 * What is played to a caller and what is signalled: Answer, Playback, ControlPlayback, Echo, tones, Busy, Hangup and their
 * kin. Each application is one object for all calls and runs on the call's thread.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.app.play;
