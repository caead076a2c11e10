package io.allo.server;

import io.allo.server.ask.Asking;
import io.allo.server.ask.BansCommand;
import io.allo.server.ask.FraudCommand;
import io.allo.server.ask.HangupCommand;
import io.allo.server.ask.LanguageOption;
import io.allo.server.ask.ReloadCommand;
import io.allo.server.ask.ShowCommand;
import io.allo.server.ask.StateOption;
import io.allo.server.ask.StopCommand;
import io.allo.server.secret.SealCommand;
import io.allo.server.secret.SecretCommand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command line of allo. Runs on the main thread; the exit status is that of the command. {@code allo -rx "core show
 * channels"} asks as {@code asterisk -rx} does.
 */
@Command(
        name = "allo",
        description = "A complete phone system in one program.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            RehearseCommand.class,
            ShowCommand.class,
            ReloadCommand.class,
            HangupCommand.class,
            BansCommand.class,
            FraudCommand.class,
            StopCommand.class,
            CertCommand.class,
            SecretCommand.class,
            SealCommand.class,
            VersionCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {

    @Option(names = "-r", description = "Ask the allo that runs; with -x.")
    private boolean remote;

    @Option(names = "-x", paramLabel = "WORDS", description = "What to ask, in allo's words or in Asterisk's.")
    private @Nullable String words;

    @Mixin
    private StateOption state;

    @Mixin
    private LanguageOption language;

    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Runs the command named in {@code arguments}; without one, prints the help and exits with status 2. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public Integer call() {
        if (words == null) {
            spec.commandLine()
                    .getErr()
                    .println(remote ? "-r needs -x: allo -rx \"core show channels\"" : "Missing required subcommand");
            spec.commandLine().usage(spec.commandLine().getErr());
            return 2;
        }
        return Asking.ask(spec, state, language.spoken(), words);
    }
}
