package io.allo.server.ask;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code allo stop}: ends the running allo. Main thread. */
@Command(name = "stop", description = "Stop the running allo as SIGTERM does; with now, at once.")
public final class StopCommand implements Callable<Integer> {

    @Parameters(paramLabel = "now", arity = "0..1", description = "Calls end at once.")
    private List<String> words = List.of();

    @Mixin
    private StateOption state;

    @Mixin
    private LanguageOption language;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Asking.ask(spec, state, language.spoken(), ("stop " + String.join(" ", words)).strip());
    }
}
