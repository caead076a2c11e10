package io.allo.pbx.app.dial.feature;

import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature.Outcome;
import io.allo.pbx.call.Channel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The key that begins a recording of the talk and ends it: automixmon (MixMonitor) and automon (Monitor). Of the variables TOUCH_MIXMONITOR (the
 * name), _FORMAT, _BEEP (seconds between beeps), _MESSAGE_START and _MESSAGE_STOP (heard by both) that of who pressed counts before the other's, for
 * automon TOUCH_MONITOR and its kin; TOUCH_MIXMONITOR_OUTPUT is set. Owned by the call.
 */
final class OneTouchRecording implements FeatureCodes.Action {

    private static final String ID = "TOUCH_MIXMONITOR_ID";

    private final FeatureWorld world;
    private final boolean mixed;
    private boolean running;

    OneTouchRecording(FeatureWorld world, boolean mixed) {
        this.world = world;
        this.mixed = mixed;
    }

    @Override
    public Outcome run(Bridge bridge, Channel from) {
        var peer = bridge.across(from);
        if (running) {
            stop(bridge, peer);
        } else {
            start(bridge, from, peer);
        }
        bridge.join();
        return Outcome.CONSUMED;
    }

    private void start(Bridge bridge, Channel from, Channel peer) {
        var call = bridge.call();
        var before = world.recordings().apply(peer).size();
        var format = variable(from, peer, "_FORMAT", "wav");
        var base = variable(from, peer, "", "").replaceAll("[^0-9A-Za-z+_.-]", "_");
        var name = (base.isEmpty() ? "" : "auto-") + (base.isEmpty() ? usualName(bridge, from, peer) : base);
        var beep = variable(from, peer, "_BEEP", "");
        var data = mixed
                ? name + "." + format + ",bi(" + ID + ")" + (beep.isEmpty() ? "" : "B(" + beep + ")")
                : format + "," + name + ",m";
        world.on(bridge, peer, () -> world.runner().execute(call, mixed ? "MixMonitor" : "Monitor", data));
        running = world.recordings().apply(peer).size() > before;
        if (running) {
            from.variables().set(prefix() + "_OUTPUT", name + "." + format);
            peer.variables().set(prefix() + "_OUTPUT", name + "." + format);
        }
        tell(bridge, from, peer, running ? "_MESSAGE_START" : null);
    }

    private static String usualName(Bridge bridge, Channel from, Channel peer) {
        var seconds = TimeUnit.MILLISECONDS.toSeconds(bridge.call().clock().epochMillis());
        return ("auto-" + seconds + "-" + from.callerId().number() + "-"
                        + peer.callerId().number())
                .replaceAll("[^0-9A-Za-z+_.-]", "_");
    }

    private void stop(Bridge bridge, Channel peer) {
        running = false;
        var id = peer.variables().value(ID);
        world.on(
                bridge,
                peer,
                () -> world.runner()
                        .execute(
                                bridge.call(),
                                mixed ? "StopMixMonitor" : "StopMonitor",
                                mixed && id != null ? id : ""));
        tell(bridge, bridge.across(peer), peer, "_MESSAGE_STOP");
    }

    /** The courtesy tone and the message for both; the sound of failure for who pressed. */
    private void tell(Bridge bridge, Channel from, Channel peer, @Nullable String message) {
        var settings = world.settings().get();
        var said = message == null ? "" : variable(from, peer, message, "");
        var courtesy = message == null ? "" : settings.courtesyTone();
        var alone = message == null ? settings.recordingFailSound() : "";
        if (said.isEmpty() && courtesy.isEmpty() && alone.isEmpty()) {
            return;
        }
        bridge.separate();
        world.play(bridge, from, alone);
        world.play(bridge, from, courtesy);
        world.play(bridge, peer, courtesy);
        world.play(bridge, from, said);
        world.play(bridge, peer, said);
    }

    private String prefix() {
        return mixed ? "TOUCH_MIXMONITOR" : "TOUCH_MONITOR";
    }

    private String variable(Channel from, Channel peer, String what, String fallback) {
        for (var side : new Channel[] {from, peer}) {
            var value = side.variables().value(prefix() + what);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return fallback;
    }
}
