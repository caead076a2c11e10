package io.allo.pbx.call.prompt;

import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature;
import io.allo.pbx.call.Channel;

/** Who is put on hold in a bridge hears music until he is taken back. Owned by the call. */
public final class HoldMusic implements BridgeFeature {

    private final Music music;
    private boolean firstHears;
    private boolean secondHears;

    /** Plays this. */
    public HoldMusic(Music music) {
        this.music = music;
    }

    @Override
    public void onHold(Bridge bridge, Channel from, boolean held) {
        var listener = bridge.across(from);
        if (listener.technology().equals("Local")) {
            return; // the bridge at its far end is told, and plays
        }
        var hears = held && music.start(listener, Music.classFor(listener, from));
        if (!held) {
            music.stop(listener);
        }
        if (listener == bridge.first()) {
            firstHears = hears;
        } else {
            secondHears = hears;
        }
    }

    @Override
    public void onEnd(Bridge bridge) {
        if (firstHears) {
            music.stop(bridge.first());
        }
        if (secondHears) {
            music.stop(bridge.second());
        }
    }
}
