package io.allo.server.ask;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The options of a command that asks the allo that runs, and the asking. Main thread. */
public final class AskOptions {

    @Mixin
    private StateOption state;

    @Mixin
    private LanguageOption language;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Asks, prints what it says, and gives the exit status. */
    public int ask(String command) {
        return Asking.ask(spec, state, language.spoken(), command.strip());
    }
}
