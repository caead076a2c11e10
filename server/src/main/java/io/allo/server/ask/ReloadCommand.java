package io.allo.server.ask;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code allo reload}: reads the configuration again; calls go on. Main thread. */
@Command(name = "reload", description = "Read the configuration again; a broken one changes nothing.")
public final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private AskOptions allo;

    @Override
    public Integer call() {
        return allo.ask("reload");
    }
}
