package io.allo.server.ask;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code allo stop}: ends the running allo. Main thread. */
@Command(name = "stop", description = "Stop the running allo as SIGTERM does; with now, at once.")
public final class StopCommand implements Callable<Integer> {

    @Parameters(paramLabel = "now", arity = "0..1", description = "Calls end at once.")
    private List<String> words = List.of();

    @Mixin
    private AskOptions allo;

    @Override
    public Integer call() {
        return allo.ask("stop " + String.join(" ", words));
    }
}
