package io.allo.server.ask;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allo bans}: who is shut out, and letting in again. Main thread. */
@Command(name = "bans", description = "List who is banned and why; lift a ban, or add one.")
public final class BansCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..2",
            description = "Nothing to list; lift ADDRESS, lift USER, lift all; add ADDRESS.")
    private List<String> words = List.of();

    @Option(names = "--for", paramLabel = "TIME", description = "How long an added ban lasts: 90s, 10m, 1h, 7d.")
    private @Nullable String lasts;

    @Mixin
    private AskOptions allo;

    @Override
    public Integer call() {
        var command = "bans " + String.join(" ", words) + (lasts == null ? "" : " --for " + lasts);
        return allo.ask(command);
    }
}
