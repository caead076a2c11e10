package io.allo.server.ask;

import io.allo.gate.cli.CliClient;
import io.allo.pbx.conf.Text;
import java.io.IOException;
import java.nio.file.Files;
import picocli.CommandLine.Model.CommandSpec;

/** Asks the allo that runs and prints what it says. No state. */
public final class Asking {

    /** The exit status where no allo runs. */
    public static final int NOT_RUNNING = 3;

    private Asking() {}

    /** The exit status: 0 if it worked, 1 if not, {@link #NOT_RUNNING} if no allo runs. */
    public static int ask(CommandSpec spec, StateOption state, String language, String command) {
        var out = spec.commandLine().getOut();
        try {
            return CliClient.ask(state.socket(), language, command, out::println);
        } catch (IOException e) {
            spec.commandLine().getErr().println(why(state, e).in(language));
            return NOT_RUNNING;
        } finally {
            out.flush();
        }
    }

    private static Text why(StateOption state, IOException e) {
        var where = state.directory();
        return Files.exists(state.socket()) && !Files.isReadable(state.socket())
                ? new Text(
                        "you may not ask the allo of " + where + ": run this as the user it runs as",
                        "vous ne pouvez pas interroger l'allo de " + where + " : utilisez le même utilisateur que lui")
                : new Text(
                        "no allo runs with the state directory " + where + " (" + e.getMessage()
                                + "): start it with allo run, or name another with --state",
                        "aucun allo ne tourne avec le répertoire d'état " + where + " (" + e.getMessage()
                                + ") : lancez allo run, ou indiquez-en un autre avec --state");
    }
}
