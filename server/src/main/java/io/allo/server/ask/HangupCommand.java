package io.allo.server.ask;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code allo hangup}: ends a channel. Main thread. */
@Command(name = "hangup", description = "Hang a channel up.")
public final class HangupCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CHANNEL", arity = "1", description = "A channel's name or unique id; all for all.")
    private List<String> words = List.of();

    @Mixin
    private AskOptions allo;

    @Override
    public Integer call() {
        return allo.ask("hangup " + String.join(" ", words));
    }
}
