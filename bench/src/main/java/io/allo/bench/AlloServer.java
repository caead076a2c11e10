package io.allo.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * An allo of its own process, started with {@code ./allo run} as a user would, its log in a file, and what can be read of it:
 * processor time, heap, what its media thread has allocated. Main thread.
 */
final class AlloServer implements AutoCloseable {

    private static final String MEDIA_THREAD = "media 1";

    private final Process process;
    private final Path log;
    private @Nullable JMXConnector connector;
    private @Nullable MBeanServerConnection beans;

    private AlloServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the process with the command that is to run allo, and waits for nothing. */
    static AlloServer launch(List<String> command, BenchConfig config, Path folder, String... flags) {
        var log = folder.resolve("allo.log");
        var words = new ArrayList<>(command);
        words.addAll(List.of(
                "run",
                "--config",
                config.directory().toString(),
                "--state",
                folder.resolve("state").toString()));
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        var wanted = String.join(" ", flags);
        builder.environment().merge("ALLO_JAVA_FLAGS", wanted, (given, more) -> given + " " + more);
        try {
            return new AlloServer(builder.start(), log);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Waits until it says that it is ready. */
    AlloServer ready() {
        try {
            for (var i = 0; i < READY_TRIES; i++) {
                if (Files.exists(log) && Files.readString(log).contains("allo is ready")) {
                    return this;
                }
                if (process.waitFor(READY_STEP_MS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            throw new BenchException("allo does not start:\n" + Files.readString(log));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException hurried) {
            throw new BenchException("interrupted", hurried);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Processor time used since the start. */
    long cpuNanos() {
        return ProcessClock.cpuNanos(process.pid());
    }

    /** Bytes of heap in use after a collection. */
    long heapBytes() {
        var memory = bean(ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Bytes that the thread of the media loop has allocated since it began. */
    long mediaAllocatedBytes() {
        var threads = bean(ManagementFactory.THREAD_MXBEAN_NAME, com.sun.management.ThreadMXBean.class);
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().equals(MEDIA_THREAD)) {
                return threads.getThreadAllocatedBytes(info.getThreadId());
            }
        }
        throw new BenchException("allo has no thread called " + MEDIA_THREAD);
    }

    /** Kilobytes that the process has in memory. */
    long residentKb() {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Processor time of each thread name, digits left out, in nanoseconds. */
    Map<String, Long> cpuByThread() {
        var found = new LinkedHashMap<String, Long>();
        try (var tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (var task : tasks.toList()) {
                var name = Files.readString(task.resolve("comm")).strip().replaceAll("[#0-9]+", "");
                var nanos = Files.readString(task.resolve("schedstat")).split(" ", -1)[0];
                found.merge(name, Long.parseLong(nanos), Long::sum);
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
        return found;
    }

    /** The shares of the threads in what was used since {@code before}, the largest first. */
    String threadsSince(Map<String, Long> before) {
        var used = cpuByThread();
        used.replaceAll((name, nanos) -> nanos - before.getOrDefault(name, 0L));
        var all = Math.max(1, used.values().stream().mapToLong(Long::longValue).sum());
        return used.entrySet().stream()
                .filter(e -> e.getValue() * 50 > all)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(e -> String.format(Locale.ROOT, "%s %.0f %%", e.getKey(), e.getValue() * 100.0 / all))
                .collect(Collectors.joining(", "));
    }

    /** The address comes from the process itself, on this machine: nobody else's object is read. */
    @SuppressWarnings("BanJNDI")
    private <T extends java.lang.management.PlatformManagedObject> T bean(String name, Class<T> type) {
        try {
            var connection = beans;
            if (connection == null) {
                var machine = VirtualMachine.attach(Long.toString(process.pid()));
                var url = machine.startLocalManagementAgent();
                machine.detach();
                connector = JMXConnectorFactory.connect(new JMXServiceURL(url));
                connection = connector.getMBeanServerConnection();
                beans = connection;
            }
            return ManagementFactory.newPlatformMXBeanProxy(connection, name, type);
        } catch (IOException | AttachNotSupportedException fault) {
            throw new BenchException("allo's heap can't be read: " + fault, fault);
        }
    }

    @Override
    public void close() {
        try {
            if (connector != null) {
                connector.close();
            }
        } catch (IOException gone) {
            System.err.println("the management connection did not close: " + gone);
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            throw new BenchException("interrupted", hurried);
        }
    }

    private static final int READY_TRIES = 1_500;
    private static final int READY_STEP_MS = 20;
    private static final int STOP_SECONDS = 10;
}
