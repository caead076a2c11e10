/**
 * Recordings on disk: {@link io.allo.io.recording.SoundRecording} drains a {@link io.allo.media.recording.SoundTap} into a file
 * that is written aside and renamed when it is whole; {@link io.allo.io.recording.RecordingDesk} has them written by its threads
 * and finishes what a crash left. Uses {@code media.recording} and {@code media.audio}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.io.recording;
