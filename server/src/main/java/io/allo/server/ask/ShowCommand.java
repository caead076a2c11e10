package io.allo.server.ask;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code allo show}: what the running allo knows. Main thread. */
@Command(name = "show", description = "Show what the running allo knows.")
public final class ShowCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "WHAT",
            arity = "1..*",
            description =
                    "endpoints, contacts, transports, address IP, channels, calls, conferences [NAME], dialplan [CONTEXT], cdr [COUNT], applications, "
                            + "functions, channel NAME, fraud, metrics, uptime, version.")
    private List<String> words = List.of();

    @Mixin
    private AskOptions allo;

    @Override
    public Integer call() {
        return allo.ask("show " + String.join(" ", words));
    }
}
