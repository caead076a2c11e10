package io.allo.server;

import io.allo.core.random.RandomSource;
import io.allo.gate.cli.CliClient;
import io.allo.gate.cli.CliDesk;
import io.allo.gate.cli.CliServer;
import io.allo.io.sip.SipBindException;
import io.allo.io.store.StoreException;
import io.allo.io.tls.TlsException;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.Text;
import io.allo.server.ask.LanguageOption;
import io.allo.server.ask.StateOption;
import io.allo.sip.agent.SipListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code allo run}: the phone system, until SIGTERM or {@code allo stop}. Main thread. */
@Command(name = "run", description = "Run the phone system.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "The Asterisk configuration directory; without it, a small ready company runs.")
    private @Nullable Path config;

    @Option(
            names = "-C",
            paramLabel = "FILE",
            description = "An asterisk.conf; without --config, its astetcdir is the directory.")
    private @Nullable Path asteriskConf;

    @Mixin
    private StateOption state;

    @Mixin
    private LanguageOption language;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var spoken = language.spoken();
        makeState();
        var directory = directory();
        var configuration = Configuration.read(directory, asteriskConf, state.directory());
        configuration.problems().forEach(problem -> err.println(problem.inWords(spoken)));
        if (configuration.hasErrors()) {
            err.println(new Text(
                            "allo does not start: mend the errors above",
                            "allo ne démarre pas : corrigez les erreurs ci-dessus")
                    .in(spoken));
            return 1;
        }
        if (CliClient.isAnswered(state.socket())) {
            err.println(notStarted("another allo runs with the state directory " + state.directory())
                    .in(spoken));
            return 1;
        }
        PhoneSystem system;
        try {
            system = PhoneSystem.start(configuration, state.directory());
        } catch (TlsException | SipBindException | StoreException problem) {
            err.println(notStarted(String.valueOf(problem.getMessage())).in(spoken));
            return 1;
        }
        var stopping = new Stopping(system);
        try (var control = CliServer.open(
                state.socket(), system.desk(() -> reload(system, directory), how -> stopping.begin(patienceMs(how))))) {
            system.listeners().forEach(listener -> describe(out, listener));
            if (config == null && asteriskConf == null) {
                welcome(out, directory, spoken);
            }
            var advice = system.speechAdvice();
            if (!advice.isEmpty()) {
                out.println(new Text(advice.get(0), advice.get(1)).in(spoken));
            }
            out.println(new Text("allo is ready", "allo est prêt").in(spoken));
            out.flush();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping.stop(STOP_PATIENCE_MS), "stop"));
            stopping.await();
        } catch (IOException problem) {
            err.println(notStarted(String.valueOf(problem.getMessage())).in(spoken));
            stopping.stop(0);
            return 1;
        }
        return 0;
    }

    /** The state holds keys and passwords: it is for its owner alone. */
    private void makeState() throws IOException {
        if (!Files.isDirectory(state.directory())) {
            Files.createDirectories(
                    state.directory(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private Path directory() throws IOException {
        if (config != null) {
            return config;
        }
        return asteriskConf != null
                ? Configuration.directoryOf(asteriskConf)
                : Office.prepare(state.directory(), RandomSource.secure(), language.spoken());
    }

    private List<ConfProblem> reload(PhoneSystem system, Path directory) {
        var next = Configuration.read(directory, asteriskConf, state.directory());
        if (next.hasErrors()) {
            LOG.warn("the configuration in {} has errors: the old one stays", directory);
            return next.problems();
        }
        var problems = new ArrayList<>(next.problems());
        problems.addAll(system.reload(next));
        LOG.info("the configuration in {} was read again", directory);
        return problems;
    }

    private static long patienceMs(CliDesk.Stop how) {
        return switch (how) {
            case NOW -> 0;
            case SOON -> STOP_PATIENCE_MS;
            case WHEN_QUIET -> QUIET_PATIENCE_MS;
        };
    }

    private static Text notStarted(String why) {
        return new Text("allo does not start: " + why, "allo ne démarre pas : " + why);
    }

    private static void describe(PrintWriter out, SipListener listener) {
        out.println("SIP over " + listener.transport() + " on " + listener.bound() + " (" + listener.name() + ")");
    }

    private static void welcome(PrintWriter out, Path directory, String spoken) {
        var host = LocalNames.reachable();
        out.println(new Text(
                        "This is the small ready company in " + directory + ". Register a phone:",
                        "Voici la petite entreprise d'exemple, dans " + directory + ". Enregistrez un poste :")
                .in(spoken));
        out.println(new Text(
                        "  server " + host + ", user 101 to 105, passwords in " + Office.passwords(directory),
                        "  serveur " + host + ", utilisateur 101 à 105, mots de passe dans "
                                + Office.passwords(directory))
                .in(spoken));
        out.println(new Text(
                        "  then dial 200 (menu), 600 (echo), 800 (meeting room), or a colleague",
                        "  puis composez 200 (menu), 600 (écho), 800 (salle de réunion), ou un collègue")
                .in(spoken));
    }

    private static final long STOP_PATIENCE_MS = 5_000;

    /** {@code stop when convenient}: calls last as long as they last, but a week is enough. */
    private static final long QUIET_PATIENCE_MS = 7L * 24 * 3600 * 1000;
}
