package io.allo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What all measurements share: where things lie, how thorough to be, and where to put figures. Immutable; main thread.
 *
 * @param home the source tree
 * @param quick whether to be short, for a look rather than a result
 * @param figures takes each figure
 */
record Bench(Path home, boolean quick, Consumer<Figure> figures) {

    /** The measurement whose calls are encrypted. */
    static final String SECURE = "secure";

    /** An allo with its configuration and a load generator for it. */
    static final class Lab implements AutoCloseable {
        private final LoadLoop loop = new LoadLoop();
        private final AlloServer allo;
        private final RegistrationLoad registrations;
        private final CallLoad calls;
        private final int tlsPort;

        private Lab(Bench bench, String name, String... flags) {
            var calleeHandler = new CalleeHandler();
            var callee = loop.open(calleeHandler::received);
            var config = bench.config(name, callee.port());
            allo = AlloServer.launch(Cores.measured(bench.command().toString()), config, bench.folder(name), flags)
                    .ready();
            tlsPort = config.tlsPort();
            registrations = new RegistrationLoad(loop, config.port());
            calls = new CallLoad(loop, callee, config);
            calleeHandler.calls = calls;
        }

        LoadLoop loop() {
            return loop;
        }

        AlloServer allo() {
            return allo;
        }

        RegistrationLoad registrations() {
            return registrations;
        }

        int tlsPort() {
            return tlsPort;
        }

        CallLoad calls() {
            return calls;
        }

        @Override
        public void close() {
            loop.close();
            allo.close();
        }

        /** The callee's socket is open before the calls that it belongs to: its port is in the configuration. */
        private static final class CalleeHandler {
            private @org.jspecify.annotations.Nullable CallLoad calls;

            void received(SipText message) {
                if (calls != null) {
                    calls.atCallee(message);
                }
            }
        }
    }

    /** Starts an allo for the measurement of that name. */
    Lab lab(String name, String... flags) {
        return new Lab(this, name, flags);
    }

    /** The allo that is measured: this tree's, unless ALLO names another. */
    Path command() {
        var named = System.getenv("ALLO");
        return named == null ? home.resolve("allo") : Path.of(named).toAbsolutePath();
    }

    /** Writes a configuration for the measurement of that name, with SRTP where it is called so. */
    BenchConfig config(String name, int calleePort) {
        return BenchConfig.write(folder(name).resolve("etc"), freePort(), freePort(), calleePort, name.equals(SECURE));
    }

    /** A folder for what the measurement of that name leaves. */
    Path folder(String name) {
        try {
            return Files.createDirectories(home.resolve("bench/target/run").resolve(name));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    void figure(String what, double value, String unit, double target, String beside) {
        tell(new Figure(what, value, unit, target, beside));
    }

    void figure(String what, double value, String unit, String beside) {
        tell(new Figure(what, value, unit, null, beside));
    }

    private void tell(Figure figure) {
        say("%s: %s %s  %s", figure.what(), figure.text(), figure.unit(), figure.verdict());
        figures.accept(figure);
    }

    /** Says on standard output how it goes. */
    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    static int freePort() {
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral(BenchConfig.HOST))) {
            return socket.getLocalPort();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
