package io.allo.pbx.app.dial.feature;

import io.allo.pbx.app.Places;
import io.allo.pbx.call.Bridge;
import io.allo.pbx.call.BridgeFeature.Outcome;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;

/** A key that runs an application on a side of the talk; the other hears music meanwhile if a class is named. Owned by the call. */
record ApplicationKey(FeatureWorld world, AppFeature feature) implements FeatureCodes.Action {

    @Override
    public Outcome run(Bridge bridge, Channel from) {
        var call = bridge.call();
        var side = feature.onPeer() ? bridge.across(from) : from;
        if (!world.runner().hasApplication(feature.application())) {
            world.problem(
                    call,
                    "the feature " + feature.name() + " runs " + feature.application() + ", which there is not",
                    "la fonction " + feature.name() + " lance " + feature.application() + ", qui n'existe pas");
            return Outcome.CONSUMED;
        }
        bridge.separate();
        var music = world.prompts().music();
        var idle = bridge.across(side);
        var hears = !feature.musicClass().isEmpty() && music.start(idle, feature.musicClass());
        var place = side.location();
        try {
            world.on(bridge, side, () -> execute(call));
        } finally {
            side.location(place);
            if (hears) {
                music.stop(idle);
            }
        }
        bridge.join();
        return Outcome.CONSUMED;
    }

    /** With the side's variables put in; a subroutine runs to its end. */
    private void execute(Call call) {
        var data = world.runner().substitute(call, feature.arguments());
        if (feature.application().equalsIgnoreCase("Gosub")) {
            var routine = Places.routine(world.runner(), call, data.replace(',', '^'));
            world.runner().subroutine(call, routine.start(), routine.arguments());
        } else {
            world.runner().execute(call, feature.application(), data);
        }
    }
}
