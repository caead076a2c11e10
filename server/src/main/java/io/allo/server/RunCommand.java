package io.allo.server;

import io.allo.io.sip.SipBindException;
import io.allo.io.store.StoreException;
import io.allo.io.tls.TlsException;
import io.allo.sip.agent.SipListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code allo run}: the phone system, until SIGTERM or {@code allo stop}. Main thread. */
@Command(name = "run", description = "Run the phone system.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Option(names = "--config", paramLabel = "DIR", description = "The Asterisk configuration directory.")
    private Path config = Path.of("/etc/asterisk");

    @Option(names = "--state", paramLabel = "DIR", description = "Where allo keeps what it must not forget.")
    private Path state = Path.of("state");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var spoken = Language.of(null, System.getenv());
        Files.createDirectories(state);
        var configuration = Configuration.read(config, state);
        configuration.problems().forEach(problem -> err.println(problem.inWords(spoken)));
        if (configuration.hasErrors()) {
            err.println("allo does not start: mend the errors above");
            return 1;
        }
        PhoneSystem system;
        try {
            system = PhoneSystem.start(configuration, state);
        } catch (TlsException | SipBindException | StoreException problem) {
            err.println("allo does not start: " + problem.getMessage());
            return 1;
        }
        system.listeners().forEach(listener -> describe(out, listener));
        out.println("allo is ready");
        out.flush();
        var over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, over), "stop"));
        over.await();
        return 0;
    }

    private static void describe(PrintWriter out, SipListener listener) {
        out.println("SIP over " + listener.transport() + " on " + listener.bound() + " (" + listener.name() + ")");
    }

    private static void stop(PhoneSystem system, CountDownLatch over) {
        try {
            system.stop(STOP_PATIENCE_MS);
        } catch (InterruptedException hurried) {
            LOG.warn("stopped before all calls had ended");
        } finally {
            over.countDown();
        }
    }

    private static final long STOP_PATIENCE_MS = 5_000;
}
