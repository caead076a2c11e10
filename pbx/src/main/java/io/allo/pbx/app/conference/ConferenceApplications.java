package io.allo.pbx.app.conference;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/** The applications and functions of this room, given to a runner. */
public final class ConferenceApplications {

    private ConferenceApplications() {}

    /** Makes them known to the runner. */
    public static void register(ConferenceWorld world) {
        var runner = world.runner();
        var profiles = new DynamicProfiles(world.profiles());
        var gate = new Gate(world);
        var bridge = new ConfBridge(world, profiles, gate);
        add(runner, "ConfBridge", bridge::enter);
        add(runner, "ConfKick", bridge::kick);
        add(runner, "Page", new Page(world)::run);
        var meetMe = new MeetMe(world, gate);
        var admin = new MeetMeAdmin(world);
        add(runner, "MeetMe", meetMe::enter);
        add(runner, "MeetMeCount", meetMe::count);
        add(runner, "MeetMeAdmin", admin::run);
        add(runner, "MeetMeChannelAdmin", admin::runOnChannel);
        runner.register(profiles);
        new ConferenceFunctions(world).register();
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(Application.of(name, body));
    }
}
