package io.allo.io.agi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A script as a process of its own session. Its standard output is read by one thread, its standard error by a second, which
 * logs it, and its standard input is written by a third: threads of the platform, since pipes would hold the carriers of
 * virtual ones. Owned by the call.
 */
final class AgiProcess implements AgiLink {

    private static final Logger LOG = LoggerFactory.getLogger("agi");

    /** What a script that was told to end has until it is killed. */
    private static final long GRACE_MS = 5_000;

    /** How long its output may stay open by a child when the script itself has ended. */
    private static final long DRAIN_MS = 300;

    /** Lines of standard error that are logged. */
    private static final int MOST_ERRORS = 200;

    private final String name;
    private final Process process;
    private final boolean ownSession;
    private final LineTraffic traffic;
    private final @Nullable SoundPipe sound;
    private final Runnable released;

    /** Takes a process that was just started; {@code released} is called once it is gone. */
    AgiProcess(
            String name,
            Process process,
            boolean ownSession,
            @Nullable SoundPipe sound,
            Runnable wake,
            Runnable released) {
        this.name = name;
        this.process = process;
        this.ownSession = ownSession;
        this.sound = sound;
        this.released = released;
        traffic = new LineTraffic(wake);
    }

    AgiProcess start() {
        thread("out", this::read);
        thread("err", this::log);
        thread("in", this::write);
        Thread.ofVirtual().name("agi-exit " + name).start(this::awaitExit);
        return this;
    }

    private void thread(String what, Runnable body) {
        Thread.ofPlatform().daemon().name("agi-" + what + " " + name).start(body);
    }

    private void read() {
        var how = "";
        try (var out = process.getInputStream()) {
            traffic.readAll(out);
        } catch (IOException broken) {
            how = "its output broke: " + broken.getMessage();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        traffic.end(new AgiInput.Ended(how.isEmpty() ? status() : how));
    }

    /** The exit status, if it comes soon after the end of the output. */
    private String status() {
        try {
            return process.waitFor(DRAIN_MS, TimeUnit.MILLISECONDS)
                    ? "exit status " + process.exitValue()
                    : "its output was closed";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "stopped";
        }
    }

    private void awaitExit() {
        try {
            process.waitFor();
            released.run();
            TimeUnit.MILLISECONDS.sleep(DRAIN_MS); // a child may still hold its output open
            traffic.end(new AgiInput.Ended("exit status " + process.exitValue()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void log() {
        var lines = 0;
        try (var err = new BufferedReader(
                new InputStreamReader(new LimitedLines(process.getErrorStream()), StandardCharsets.UTF_8))) {
            for (var line = err.readLine(); line != null; line = err.readLine()) {
                if (lines++ < MOST_ERRORS) {
                    LOG.warn("{} writes: {}", name, line.replaceAll("\\p{Cntrl}", " "));
                } else if (lines == MOST_ERRORS + 1) {
                    LOG.warn("{} writes more than {} lines of errors; the rest is dropped", name, MOST_ERRORS);
                }
            }
        } catch (IOException broken) {
            LOG.debug("{}: its errors can't be read any more: {}", name, broken.getMessage());
        }
    }

    private void write() {
        try (var in = process.getOutputStream()) {
            traffic.writeAll(in);
        } catch (IOException gone) {
            LOG.debug("{} does not read any more: {}", name, gone.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable AgiInput next() {
        return traffic.next();
    }

    @Override
    public boolean send(String text) {
        return traffic.send(text);
    }

    @Override
    public void hangUp() {
        if (process.isAlive()) {
            signal("HUP", String.valueOf(process.pid()));
        }
    }

    @Override
    public void hear(short[] samples, int count) {
        if (sound != null) {
            sound.write(samples, count);
        }
    }

    @Override
    public void close() {
        traffic.close();
        if (sound != null) {
            sound.close();
        }
        if (process.isAlive()) {
            Thread.ofVirtual().name("agi-end " + name).start(this::end);
        }
    }

    /** Asks it to end, and after the grace kills it and what it has started. */
    private void end() {
        var family = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(GRACE_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("{} did not end when told to; it is killed", name);
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (ownSession) {
            signal("KILL", "-" + process.pid());
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    /** Java can send neither SIGHUP nor a signal to a group; the shell's kill can. Its arguments are ours alone. */
    private static void signal(String signal, String target) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", signal, target)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noShell) {
            LOG.warn("SIG{} can't be sent: {}", signal, noShell.getMessage());
        }
    }
}
