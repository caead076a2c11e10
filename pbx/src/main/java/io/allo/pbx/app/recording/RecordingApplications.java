package io.allo.pbx.app.recording;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;

/** The applications of this room, given to a runner. */
public final class RecordingApplications {

    private RecordingApplications() {}

    /** Makes them known to the runner. */
    public static void register(RecordingWorld world) {
        var runner = world.runner();
        var monitorings = new Monitorings();
        var mix = new MixMonitor(world, monitorings);
        add(runner, "MixMonitor", mix::start);
        add(runner, "StopMixMonitor", mix::stop);
        add(runner, "PauseMixMonitor", (call, data) -> mix.pause(call, true));
        add(runner, "UnpauseMixMonitor", (call, data) -> mix.pause(call, false));
        var monitor = new Monitor(world, monitorings);
        add(runner, "Monitor", monitor::start);
        add(runner, "StopMonitor", (call, data) -> monitor.stop(call));
        add(runner, "PauseMonitor", (call, data) -> monitor.pause(call, true));
        add(runner, "UnpauseMonitor", (call, data) -> monitor.pause(call, false));
        add(runner, "Record", new RecordToFile(world)::record);
    }

    private static void add(DialplanRunner runner, String name, BiConsumer<Call, String> body) {
        runner.register(Application.of(name, body));
    }
}
