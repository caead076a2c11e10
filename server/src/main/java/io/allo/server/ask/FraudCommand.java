package io.allo.server.ask;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code allo fraud}: who has called the public network today, and why a number may be called or not. Main thread. */
@Command(name = "fraud", description = "Show what users have called today; explain why a number may be called or not.")
public final class FraudCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..*",
            description = "show (today's counters of each user), explain USER NUMBER [TRUNK] (which rule decides).")
    private List<String> words = List.of("show");

    @Mixin
    private StateOption state;

    @Mixin
    private LanguageOption language;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Asking.ask(spec, state, language.spoken(), "fraud " + String.join(" ", words));
    }
}
