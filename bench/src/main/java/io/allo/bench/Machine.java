package io.allo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** On what it was measured: processor, system, JDK, commit, and how busy the machine was. Main thread. */
final class Machine {

    private Machine() {}

    /** One line each. */
    static List<String> describe(Path home) {
        var lines = new ArrayList<String>();
        lines.add("processor: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        lines.add("memory: " + memoryMb() + " MB");
        lines.add("system: " + System.getProperty("os.name") + " " + System.getProperty("os.version"));
        lines.add("JDK: " + System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
        lines.add("commit: " + commit(home) + (isDirty(home) ? ", with changes that are not committed" : ""));
        var other = System.getenv("ALLO");
        if (other != null) {
            lines.add("measured: another build, " + other);
        }
        return lines;
    }

    /** Processes that ran or wanted to, over one, five and fifteen minutes: those of others too. */
    static String loadAverage() {
        var words = read("/proc/loadavg").split(" ", -1);
        return words[0] + " " + words[1] + " " + words[2];
    }

    /** The commit's short name. */
    static String commit(Path home) {
        return git(home, "rev-parse", "--short", "HEAD");
    }

    /** Whether what is measured differs from the commit; results and notes do not count. */
    private static boolean isDirty(Path home) {
        return !git(home, "status", "--porcelain", "--untracked-files=no").isEmpty();
    }

    private static String git(Path home, String... arguments) {
        var command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "no-commit";
        } catch (IOException missing) {
            return "no-git";
        } catch (InterruptedException hurried) {
            throw new BenchException("interrupted", hurried);
        }
    }

    private static String processor() {
        return read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static long memoryMb() {
        return read("/proc/meminfo")
                .lines()
                .filter(line -> line.startsWith("MemTotal"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
