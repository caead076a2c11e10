/**
 * Recording a channel, for every application: {@link io.allo.pbx.call.recording.Recorder} begins, a
 * {@link io.allo.pbx.call.recording.Recording} is paused, muted and stopped. On the call's thread. Uses {@code io.recording}.
 */
@org.jspecify.annotations.NullMarked
package io.allo.pbx.call.recording;
