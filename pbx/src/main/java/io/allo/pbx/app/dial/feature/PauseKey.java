package io.allo.pbx.app.dial.feature;

import io.allo.media.audio.Tone;
import io.allo.media.audio.ToneSequence;
import io.allo.media.port.PlaySource;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature.Outcome;
import io.allo.pbx.call.Channel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that leaves what is said out of all recordings of both sides (the number of a card), until it is pressed again or the talk is over:
 * silence stands in its place. Who pressed hears one beep, and two when it goes on. Owned by the call.
 */
final class PauseKey implements FeatureCodes.Action {

    private static final Logger LOG = LoggerFactory.getLogger(PauseKey.class);
    private static final ToneSequence.Part BEEP = new ToneSequence.Part(Tone.single(1_000, -10), 120, true);
    private static final ToneSequence.Part GAP = new ToneSequence.Part(Tone.SILENCE, 80, true);
    private static final ToneSequence PAUSED = new ToneSequence(List.of(BEEP));
    private static final ToneSequence GOES_ON = new ToneSequence(List.of(BEEP, GAP, BEEP));

    private final FeatureWorld world;
    private boolean paused;

    PauseKey(FeatureWorld world) {
        this.world = world;
    }

    boolean isRecorded(Channel side) {
        return !world.recordings().apply(side).isEmpty();
    }

    @Override
    public Outcome run(Bridge bridge, Channel from) {
        pause(bridge, !paused, from.name());
        world.on(
                bridge,
                from,
                () -> world.prompts().start(bridge.call(), new PlaySource.Tones(paused ? PAUSED : GOES_ON)));
        return Outcome.CONSUMED;
    }

    @Override
    public void onEnd(Bridge bridge) {
        if (paused) {
            pause(bridge, false, "the end of the talk");
        }
    }

    private void pause(Bridge bridge, boolean on, String by) {
        paused = on;
        for (var side : List.of(bridge.first(), bridge.second())) {
            for (var recording : world.recordings().apply(side)) {
                recording.mute(true, true, on);
                LOG.info("{} {} by {}", recording.path(), on ? "paused" : "goes on", by);
            }
        }
    }
}
