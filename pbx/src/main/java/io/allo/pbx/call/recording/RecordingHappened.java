package io.allo.pbx.call.recording;

import io.allo.io.recording.SoundRecording;
import io.allo.pbx.call.ChannelEvent;

/**
 * A recording has something to tell its channel: a silence, a limit, a failure. Immutable.
 *
 * @param recording its {@link Recording#id}
 * @param lengthMs what is written
 * @param silenceMs how much of it, at the end, is silence
 */
public record RecordingHappened(String recording, SoundRecording.Signal what, long lengthMs, long silenceMs)
        implements ChannelEvent {}
