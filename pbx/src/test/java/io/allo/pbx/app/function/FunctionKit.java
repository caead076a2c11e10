package io.allo.pbx.app.function;

import io.allo.core.random.RandomSource;
import io.allo.pbx.app.flow.FlowApplications;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.DialplanLocation;
import io.allo.pbx.call.HangupCause;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.Dialplan;
import io.allo.pbx.dialplan.DialplanSamples;
import io.allo.pbx.dialplan.run.BareChannel;
import io.allo.pbx.dialplan.run.DialplanRunner;
import io.allo.pbx.dialplan.run.TurnOfCalls;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.pbx.event.CallEvent;
import io.allo.pbx.event.EventBus;
import io.allo.pbx.settings.AsteriskSettings;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** One call in virtual time (2026-11-20 12:00 in Paris) that runs a dialplan with all functions; Say collects. */
final class FunctionKit {
    final TurnOfCalls time = new TurnOfCalls();
    final EventBus bus = new EventBus();
    final Calls calls = new Calls(time, time, bus, 10);
    final MemoryDatabase database = new MemoryDatabase();
    final Contacts contacts = new Contacts();
    final List<String> said = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    final Map<String, String> files =
            new HashMap<>(Map.of("pjsip.conf", "", "asterisk.conf", "[options]\nsystemname=pbx1\n"));
    final Map<String, BiConsumer<Call, String>> steps = new HashMap<>();
    final BareChannel channel =
            new BareChannel("Bare/1", calls.newLog("1.6"), time, new DialplanLocation("a", "100", 1));
    DialplanRunner runner = new DialplanRunner(Dialplan.EMPTY, time, ZoneId.of("Europe/Paris"));

    /** What {@code Say(text)} says. */
    static String say(String text) {
        var kit = new FunctionKit();
        kit.run("[a]\nexten => 100,1,Say(" + text + ")\n");
        return kit.said.isEmpty() ? "" : kit.said.getLast();
    }

    /** What the last Say says after these lines, each an application. */
    List<String> lines(String... applications) {
        var text = new StringBuilder("[a]\nexten => 100,1,NoOp()\n");
        for (var line : applications) {
            text.append(" same => n,").append(line).append('\n');
        }
        run(text.toString());
        return said;
    }

    void run(String extensions) {
        prepare(extensions);
        calls.register(channel);
        if (!calls.start(channel, runner.script(new DialplanLocation("a", "100", 1)))) {
            throw new AssertionError("not started");
        }
    }

    /** Makes the runner of this dialplan, with all functions. */
    void prepare(String extensions) {
        var parsed = DialplanSamples.parse(extensions);
        runner = new DialplanRunner(parsed.dialplan(), time, ZoneId.of("Europe/Paris"));
        FlowApplications.register(runner, false);
        steps.put("Say", (call, data) -> said.add(data));
        steps.put("Answer", (call, data) -> call.channel().answer());
        steps.put("Wait", (call, data) -> call.pause((long) (Double.parseDouble(data) * 1000)));
        steps.put("Hangup", (call, data) -> call.hangUp(HangupCause.NORMAL_CLEARING));
        steps.forEach((name, body) -> runner.register(new Step(name, body)));
        var source = ConfSource.of(files);
        var asterisk =
                AsteriskSettings.read(new ConfParser(source).parse("asterisk.conf"), Path.of("/state"), problem -> {});
        ConfFile pjsip = new ConfParser(source).parse("pjsip.conf");
        var directory = new EndpointDirectory(PjsipConf.read(pjsip, problem -> {}));
        Functions.register(
                runner,
                new FunctionWorld(
                        () -> directory,
                        contacts,
                        calls,
                        database,
                        source,
                        () -> asterisk,
                        Runnable::run,
                        RandomSource.seeded(1),
                        "1.2"));
        bus.subscribe(event -> {
            if (event instanceof CallEvent.Problem problem) {
                problems.add(problem.english());
            }
        });
    }

    private record Step(String name, BiConsumer<Call, String> body) implements Application {
        @Override
        public void execute(Call call, String data) {
            body.accept(call, data);
        }
    }
}
