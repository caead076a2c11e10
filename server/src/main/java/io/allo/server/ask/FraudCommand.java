package io.allo.server.ask;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code allo fraud}: who has called the public network today, and why a number may be called or not. Main thread. */
@Command(name = "fraud", description = "Show what users have called today; explain why a number may be called or not.")
public final class FraudCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..*",
            description = "show (today's counters of each user), explain USER NUMBER [TRUNK] (which rule decides).")
    private List<String> words = List.of("show");

    @Mixin
    private AskOptions allo;

    @Override
    public Integer call() {
        return allo.ask("fraud " + String.join(" ", words));
    }
}
