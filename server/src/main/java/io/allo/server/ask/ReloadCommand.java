package io.allo.server.ask;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code allo reload}: reads the configuration again; calls go on. Main thread. */
@Command(name = "reload", description = "Read the configuration again; a broken one changes nothing.")
public final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private StateOption state;

    @Mixin
    private LanguageOption language;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Asking.ask(spec, state, language.spoken(), "reload");
    }
}
