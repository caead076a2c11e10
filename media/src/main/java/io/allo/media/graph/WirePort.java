package io.allo.media.graph;

import io.allo.media.port.MediaEvent;
import io.allo.media.port.PortId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One half of a Local channel: what is sent to it comes in at its peer. It has no network and no codec; the graph looks
 * through it to the real ports at both ends, so that a call through Local channels costs no more than one without. Owned by
 * the media loop.
 */
final class WirePort extends MediaPort {

    /** Local channels one call may pass through; a longer chain is silent. */
    static final int CHAIN_LIMIT = 32;

    private static final int CLOCK_RATE = 8_000;

    @Nullable
    WirePort peer;

    /** The real port where its taps listen now. */
    @Nullable
    RtpPort tappedAt;

    private final short[] unheard = new short[CLOCK_RATE / 50];

    WirePort(PortId id, MediaGraph graph, Consumer<MediaEvent> listener) {
        super(id, graph, listener);
    }

    @Override
    int frameMs() {
        return 20;
    }

    /** The real port that hears what is played to this one, null if none is joined to the far end. */
    @Nullable
    RtpPort reached() {
        MediaPort at = this;
        for (var i = 0; i < CHAIN_LIMIT; i++) {
            switch (at) {
                case null -> {
                    return null;
                }
                case RtpPort real -> {
                    return real;
                }
                case MixPort room -> {
                    return null;
                }
                case WirePort wire -> at = wire.peer == null ? null : wire.peer.partner;
            }
        }
        return null;
    }

    /** Lets its taps listen at this real port, or nowhere. */
    void lendTaps(@Nullable RtpPort real) {
        if (tappedAt == real || taps == null) {
            return;
        }
        if (tappedAt != null) {
            tappedAt.taps = PortTaps.withoutAll(tappedAt.taps, taps);
        }
        if (real != null) {
            real.taps = PortTaps.withAll(real.taps, taps);
        }
        tappedAt = real;
    }

    /** Time passes for a playback that no real port hears. */
    @Override
    boolean tick(long nowNanos) {
        var playing = player;
        if (playing == null || reached() != null) {
            return false;
        }
        if (playing.produce(unheard, unheard.length, CLOCK_RATE) < unheard.length) {
            endPlay(true);
            return false;
        }
        return true;
    }

    @Override
    void sendDigits(String digits, int durationMs, int gapMs, long nowNanos) {
        var far = peer;
        if (far != null) {
            for (var i = 0; i < digits.length(); i++) {
                far.tell(new MediaEvent.DigitBegan(far.id, digits.charAt(i)));
                far.tell(new MediaEvent.DigitEnded(far.id, digits.charAt(i), durationMs, false));
            }
        }
        tell(new MediaEvent.DigitsSent(id));
    }
}
