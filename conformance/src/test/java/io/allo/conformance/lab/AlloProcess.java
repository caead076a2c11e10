package io.allo.conformance.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A running allo: the classes of this build on the JDK that runs the tests, or the command that the system property
 * {@code allo.command} gives ("/opt/allo/allo run"). It can be stopped, killed and started again on the same state.
 */
public final class AlloProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("^allo is ready");
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final NetworkLab lab;
    private final LabHost host;
    private final List<String> arguments;
    private final Path state;
    private int starts;
    private LoggedProcess process;

    private AlloProcess(NetworkLab lab, LabHost host, List<String> arguments) {
        this.lab = lab;
        this.host = host;
        this.arguments = arguments;
        this.state = host.directory().resolve("state");
    }

    /** Starts allo on this configuration directory and returns when it says that it is ready. */
    public static AlloProcess start(NetworkLab lab, LabHost host, Path config) {
        Path state = host.directory().resolve("state");
        return start(lab, host, List.of("--config", config.toString(), "--state", state.toString()));
    }

    /** Starts allo as the README says, without any argument: the small company, its state in the directory "state" where it runs. */
    public static AlloProcess startSmallCompany(NetworkLab lab, LabHost host) {
        return start(lab, host, List.of());
    }

    private static AlloProcess start(NetworkLab lab, LabHost host, List<String> arguments) {
        var allo = new AlloProcess(lab, host, arguments);
        allo.startProcess();
        return allo;
    }

    /** SIGTERM, waits for the orderly end, and starts it again on the same configuration and state. */
    public void restart() {
        int status = stop();
        if (status != 0 && status != 143) {
            throw new AssertionError("allo ended with " + status + " on SIGTERM\n" + process.tail());
        }
        startProcess();
    }

    /** SIGTERM; gives the exit status. */
    public int stop() {
        process.terminate();
        return process.awaitExit(STOP);
    }

    /** SIGKILL, as if the power went, and starts it again on the same configuration and state. */
    public void crashAndRestart() {
        process.kill();
        startProcess();
    }

    /** Waits until the log of the current start has a line with this. */
    public void awaitLog(String pattern, Duration patience) {
        process.awaitLine(Pattern.compile(pattern), 0, patience);
    }

    /** Runs another of allo's commands ("cert renew") on the same state; what it printed. */
    public String ask(String... words) {
        var command = new ArrayList<>(program());
        command.removeLast();
        command.addAll(List.of(words));
        command.addAll(List.of("--state", state.toString(), "--language", "en"));
        return Tools.run(command.toArray(String[]::new));
    }

    /** Where it keeps what it must not forget. */
    public Path state() {
        return state;
    }

    /** The program as it runs now, for its log. */
    public LoggedProcess process() {
        return process;
    }

    /** What it holds of the machine's memory. */
    public long residentMib() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Nothing that its programmers did not expect is in its log. */
    public void assertNoSurprise() {
        var surprises = process.lines().stream()
                .filter(line -> line.contains(" ERROR ")
                        || line.contains("Exception")
                        || line.contains("\tat ")
                        || line.startsWith("at "))
                .toList();
        if (!surprises.isEmpty()) {
            throw new AssertionError("allo was surprised: "
                    + String.join("\n", surprises.subList(0, Math.min(20, surprises.size()))));
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private void startProcess() {
        try {
            Files.createDirectories(state);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        starts++;
        var command = new ArrayList<>(program());
        command.addAll(arguments);
        process = lab.running(
                LoggedProcess.start("allo-" + starts, host.directory(), Map.of(), host.commandBehind(command)));
        process.awaitLine(READY, 0, START);
        LabHost.ahead(process.pid());
    }

    private static List<String> program() {
        String given = System.getProperty("allo.command", "");
        if (!given.isBlank()) {
            return List.of(given.split(" "));
        }
        var command = JavaProgram.command("io.allo.server.Main");
        command.add("run");
        return command;
    }
}
