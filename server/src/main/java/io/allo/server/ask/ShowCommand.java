package io.allo.server.ask;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code allo show}: what the running allo knows. Main thread. */
@Command(name = "show", description = "Show what the running allo knows.")
public final class ShowCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "WHAT",
            arity = "1..*",
            description =
                    "endpoints, contacts, transports, address IP, channels, calls, dialplan [CONTEXT], cdr [COUNT], applications, "
                            + "functions, channel NAME, fraud, metrics, uptime, version.")
    private List<String> words = List.of();

    @Mixin
    private StateOption state;

    @Mixin
    private LanguageOption language;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Asking.ask(spec, state, language.spoken(), "show " + String.join(" ", words));
    }
}
