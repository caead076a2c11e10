package io.allo.pbx.call;

import io.allo.media.port.MediaEvent;

/** Something happened at a channel's media port. Immutable. */
public record MediaHappened(MediaEvent event) implements ChannelEvent.Technical {

    /** What the script sees of it; null for what only the channel need know. */
    public static @org.jspecify.annotations.Nullable ChannelEvent translated(MediaEvent event) {
        return switch (event) {
            case MediaEvent.DigitEnded digit ->
                new ChannelEvent.Digit(digit.digit(), digit.durationMs(), digit.passed());
            case MediaEvent.PlaybackEnded ended ->
                new ChannelEvent.PlaybackEnded(ended.playbackId(), ended.completed(), ended.positionMs());
            case MediaEvent.DigitsSent sent -> new ChannelEvent.DigitsSent();
            case MediaEvent.TimedOut silent ->
                new ChannelEvent.HangupRequested(
                        HangupCause.RECOVERY_ON_TIMER_EXPIRE,
                        "no sound came for " + silent.silentMs() / 1000 + " s (rtp_timeout)");
            case MediaEvent.Talked talked -> new ChannelEvent.Talked(talked.durationMs());
            case MediaEvent.TalkChanged talk -> new ChannelEvent.Talking(talk.talking());
            case MediaEvent.DigitBegan began -> null;
            case MediaEvent.Started started -> null;
            case MediaEvent.Secured secured -> null;
            case MediaEvent.NotSecured failed -> null;
            case MediaEvent.EndToEnd passes -> null;
            case MediaEvent.Closed closed -> null;
        };
    }
}
