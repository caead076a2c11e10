package io.allo.pbx.app.dial;

import io.allo.media.port.MediaPlane;
import io.allo.pbx.app.dial.feature.FeatureWorld;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.ring.Destinations;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/** The applications of this room, given to a runner. */
public final class DialApplications {

    private DialApplications() {}

    /** Makes them known to the runner, with the keys that mean something without features.conf. */
    public static void register(
            DialplanRunner runner, Destinations destinations, MediaPlane media, Calls calls, Prompts prompts) {
        register(destinations, media, calls, FeatureWorld.usual(runner, prompts));
    }

    /** The same with the keys of features.conf. */
    public static void register(Destinations destinations, MediaPlane media, Calls calls, FeatureWorld features) {
        var runner = features.runner();
        var world = new DialWorld(runner, destinations, media, calls, features.prompts(), features);
        var dial = new Dial(world);
        add(runner, "Dial", dial::execute);
        add(runner, "RetryDial", new RetryDial(world, dial)::execute);
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(Application.of(name, body));
    }
}
