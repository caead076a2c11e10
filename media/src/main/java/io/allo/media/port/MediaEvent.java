package io.allo.media.port;

import io.allo.media.dtls.HandshakeOutcome;

/** What a media port has to tell. Immutable; told from the media loop. */
public sealed interface MediaEvent {

    /** The port it comes from. */
    PortId port();

    /** A digit began (RFC 4733 or in the sound). */
    record DigitBegan(PortId port, char digit) implements MediaEvent {}

    /**
     * A digit ended: one of 0-9 * # A-D, and how long it was held. Told once for each key pressed.
     *
     * @param passed the port's partner was sent it already, as RFC 4733 or in the sound
     */
    record DigitEnded(PortId port, char digit, int durationMs, boolean passed) implements MediaEvent {}

    /** All digits of {@link MediaCommand.SendDigits} are out. */
    record DigitsSent(PortId port) implements MediaEvent {}

    /** A playback ended: by itself ({@code completed}) or stopped, at {@code positionMs} of its source. */
    record PlaybackEnded(PortId port, long playbackId, boolean completed, long positionMs) implements MediaEvent {}

    /** Somebody has talked for so long, and is silent now ({@link MediaCommand.DetectTalk}). */
    record Talked(PortId port, long durationMs) implements MediaEvent {}

    /** A member of a room began to talk, or ceased to ({@link io.allo.media.mix.MixLeg#tellsTalk}). */
    record TalkChanged(PortId port, boolean talking) implements MediaEvent {}

    /** The first valid packet came, from this address. */
    record Started(PortId port, String remoteAddress, int remotePort) implements MediaEvent {}

    /** The handshake gave keys: from now on sound is sent and taken, under this suite. */
    record Secured(PortId port, String suite) implements MediaEvent {}

    /** The handshake gave no keys: there will be no sound. */
    record NotSecured(PortId port, HandshakeOutcome.Reason reason) implements MediaEvent {}

    /** This side and its partner encrypt between themselves (ZRTP): from now on nothing can be heard here. */
    record EndToEnd(PortId port) implements MediaEvent {}

    /** Nothing came for as long as {@link StreamSettings} allows. Told once until packets come again. */
    record TimedOut(PortId port, long silentMs) implements MediaEvent {}

    /** The port is given back; its totals. */
    record Closed(PortId port, StreamReport report) implements MediaEvent {}
}
