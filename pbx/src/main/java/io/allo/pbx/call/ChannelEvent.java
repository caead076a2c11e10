package io.allo.pbx.call;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a channel tells the call that owns it. Immutable; added to the channel's queue from any thread. A technology's own
 * events implement {@link Technical}: the channel turns them into the others, on the call's thread.
 */
public interface ChannelEvent {

    /** The far phone rings. */
    record Ringing() implements ChannelEvent {}

    /** The far side is on the way; {@code media}: it sends sound already; {@code rings}: and it rings. */
    record Progress(boolean media, boolean rings) implements ChannelEvent {}

    /** The far side answered. */
    record Answered() implements ChannelEvent {}

    /** Sound can be sent and heard from now on, where it was answered before that was settled. */
    record MediaReady() implements ChannelEvent {}

    /** The far side asks to be called elsewhere (SIP 3xx): extensions in order of preference; HungUp follows. */
    record Redirected(java.util.List<String> extensions) implements ChannelEvent {}

    /**
     * The channel is over.
     *
     * @param protocolStatus the SIP status, 0 if there was none
     * @param why in words
     */
    record HungUp(HangupCause cause, int protocolStatus, String why) implements ChannelEvent {}

    /** A key was pressed and released. {@code passed}: the media plane has passed it to the channel this one is joined to. */
    record Digit(char digit, int durationMs, boolean passed) implements ChannelEvent {}

    /** The side put us on hold ({@code true}) or took us back. */
    record Hold(boolean held) implements ChannelEvent {}

    /** A playback ended. */
    record PlaybackEnded(long playbackId, boolean completed, long positionMs) implements ChannelEvent {}

    /** Somebody has talked for so long and is silent now, where that was asked for. */
    record Talked(long durationMs) implements ChannelEvent {}

    /** It began to talk in a room ({@code true}), or ceased to. */
    record Talking(boolean on) implements ChannelEvent {}

    /** All digits asked for are out. */
    record DigitsSent() implements ChannelEvent {}

    /** Somebody else (CLI, AMI, shutdown, absolute timeout) asks the call to hang this channel up. */
    record HangupRequested(HangupCause cause, String why) implements ChannelEvent {}

    /** Somebody else asks the call to go on elsewhere in the dialplan. */
    record RedirectRequested(DialplanLocation location) implements ChannelEvent {}

    /**
     * Somebody else has something done for this channel by its call, wherever that is waiting: done in {@link Call#await} with it as
     * {@link Call#channel}, and never returned by it. The work must not wait.
     */
    record Aside(Consumer<Call> work) implements ChannelEvent {}

    /** Who is at the other end changed (COLP). */
    record ConnectedLineChanged(PartyId party) implements ChannelEvent {}

    /** An event only the channel's own technology understands; {@link Channel#absorb} turns it into another or none. */
    interface Technical extends ChannelEvent {}

    /** An event together with the channel it came from, as {@link Call#await} returns it. */
    record Received(Channel channel, ChannelEvent event) {}

    /** Whether an awaited event is of this kind, null-safe. */
    static boolean is(@Nullable Received received, Class<? extends ChannelEvent> kind) {
        return received != null && kind.isInstance(received.event());
    }
}
