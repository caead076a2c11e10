package io.allo.media.graph;

import io.allo.media.port.MediaEvent;
import io.allo.media.port.PortId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One side of a call's sound in the graph: its partner, what is played to it, and the tick that makes its next frame. Owned
 * by the media loop.
 */
public abstract sealed class MediaPort permits RtpPort, WirePort, MixPort {

    final PortId id;
    final MediaGraph graph;
    private final Consumer<MediaEvent> listener;

    /** The port it is joined to. */
    @Nullable
    MediaPort partner;

    /** Where it sits in a room. */
    @Nullable
    MixedLeg seat;

    /** What is played to it in place of its partner's sound. */
    @Nullable
    Player player;

    /** Who records it. */
    @Nullable
    PortTaps taps;

    /** It hears itself. */
    boolean echo;

    /** Digits received here go on to the partner. */
    boolean passDigits = true;

    /** When its next frame is due; meaningful while {@link #ticking}. */
    long tickDueNanos;

    boolean ticking;
    boolean closed;

    MediaPort(PortId id, MediaGraph graph, Consumer<MediaEvent> listener) {
        this.id = id;
        this.graph = graph;
        this.listener = listener;
    }

    final void tell(MediaEvent event) {
        listener.accept(event);
    }

    /** Milliseconds from frame to frame. */
    abstract int frameMs();

    /** Makes and sends the next frame. False: nothing to make, the tick rests. */
    abstract boolean tick(long nowNanos);

    /** Digits for whoever is at the far end of this port. */
    abstract void sendDigits(String digits, int durationMs, int gapMs, long nowNanos);

    /** Begins to tick at the next millisecond, unless it does. */
    final void startTicking(long nowNanos) {
        if (ticking || closed) {
            return;
        }
        ticking = true;
        tickDueNanos = nowNanos + TickWheel.SLOT_NANOS;
        graph.wheel().add(this);
    }

    final void tickCame(long nowNanos) {
        if (closed || !tick(nowNanos)) {
            ticking = false;
            return;
        }
        tickDueNanos += frameMs() * 1_000_000L;
        if (nowNanos - tickDueNanos > 500_000_000L || tickDueNanos <= nowNanos) {
            tickDueNanos = nowNanos + TickWheel.SLOT_NANOS;
        }
        graph.wheel().add(this);
    }

    /** Ends a playback and tells. */
    final void endPlay(boolean completed) {
        var ended = player;
        if (ended != null) {
            player = null;
            tell(new MediaEvent.PlaybackEnded(id, ended.playbackId(), completed, ended.positionMs()));
        }
    }
}
