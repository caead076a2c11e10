package io.allo.conformance.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that runs, what it has printed so far (both streams, line by line, also kept in a file) and a way to type to
 * it. The lines are guarded by this object's lock: one reader thread writes them, the test waits on them.
 */
public final class LoggedProcess implements AutoCloseable {
    private static final Pattern TERMINAL_CODES = Pattern.compile("\\u001b?\\[[0-9;]*m|\\[\\d+;\\d+\\]");

    /** What linphone's libraries say about their own insides. */
    private static final Pattern NOISE =
            Pattern.compile("(mediastreamer|ortp|belle-sip|bctbx|liblinphone)-message-|^Stream #|jitter buffer size");

    private final String name;
    private final Process process;
    private final Path logFile;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    private LoggedProcess(String name, Process process, Path logFile) {
        this.name = name;
        this.process = process;
        this.logFile = logFile;
        this.reader = Thread.ofVirtual().name("log of " + name).start(this::readAll);
    }

    /** Starts {@code command} in {@code directory}; what it prints goes to NAME.log there too. */
    public static LoggedProcess start(
            String name, Path directory, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new LoggedProcess(name, builder.start(), directory.resolve(name + ".log"));
        } catch (IOException problem) {
            throw new LabException(name + " could not be started: " + command, problem);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Writes these characters to its standard input, as if typed. */
    public void type(String text) {
        try {
            OutputStream input = process.getOutputStream();
            input.write(text.getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException problem) {
            throw new LabException(name + " no longer reads its input\n" + tail(), problem);
        }
    }

    /** How many lines there are now: a later wait can start from here. */
    public synchronized int mark() {
        return lines.size();
    }

    /** Waits for a line from number {@code from} on that contains the pattern; fails with the last lines printed. */
    public Matcher awaitLine(Pattern pattern, int from, Duration patience) {
        return awaitLines(pattern, 1, from, patience);
    }

    /** Waits for the {@code count}th line from number {@code from} on that contains the pattern. */
    public synchronized Matcher awaitLines(Pattern pattern, int count, int from, Duration patience) {
        long limitNanos = System.nanoTime() + patience.toNanos();
        int seen = 0;
        int next = from;
        while (true) {
            for (; next < lines.size(); next++) {
                Matcher matcher = pattern.matcher(lines.get(next));
                if (matcher.find() && ++seen == count) {
                    return matcher;
                }
            }
            long leftNanos = limitNanos - System.nanoTime();
            if (leftNanos <= 0 || ended) {
                throw new AssertionError(name + (ended ? " ended" : " did not print in " + patience) + ": /" + pattern
                        + "/ (" + seen + " of " + count + ")\n" + tail());
            }
            pause(leftNanos);
        }
    }

    /** Is there such a line already, from number {@code from} on? */
    public synchronized boolean hasLine(Pattern pattern, int from) {
        return lines.stream().skip(from).anyMatch(line -> pattern.matcher(line).find());
    }

    /** Everything it has printed. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until it has ended by itself, and gives its exit status. */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end in " + patience + "\n" + tail());
            }
            reader.join(Duration.ofSeconds(5));
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for " + name, interrupted);
        }
    }

    /** SIGTERM. By its handle, because {@link Process#destroy} would also close the streams that are being read. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL, as if the plug were pulled; returns when it is gone. */
    public void kill() {
        process.toHandle().destroyForcibly();
        awaitExit(Duration.ofSeconds(5));
    }

    /** SIGTERM, and SIGKILL to a process that does not care. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.toHandle().destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.toHandle().destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.toHandle().destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The last 60 lines, for a failure's message. */
    public synchronized String tail() {
        var spoken = lines.stream().filter(line -> !NOISE.matcher(line).find()).toList();
        var last = spoken.subList(Math.max(0, spoken.size() - 60), spoken.size());
        return "--- " + name + " (" + logFile + ")\n" + String.join("\n", last) + "\n---";
    }

    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for " + name, interrupted);
        }
    }

    private void readAll() {
        try (InputStream printed = process.getInputStream();
                OutputStream copy = Files.newOutputStream(logFile)) {
            var line = new StringBuilder();
            var bytes = new byte[8192];
            for (int n = printed.read(bytes); n >= 0; n = printed.read(bytes)) {
                copy.write(bytes, 0, n);
                for (int i = 0; i < n; i++) {
                    if (bytes[i] == '\n' || bytes[i] == '\r') {
                        add(line);
                    } else {
                        line.append((char) (bytes[i] & 0xff));
                    }
                }
            }
            add(line);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    private synchronized void add(StringBuilder line) {
        String clean = TERMINAL_CODES.matcher(line).replaceAll("").strip();
        line.setLength(0);
        if (!clean.isEmpty() && !clean.endsWith("(bit/s)")) {
            lines.add(clean);
            notifyAll();
        }
    }
}
