package io.allo.io.agi;

import io.allo.io.dns.DnsResolver;
import io.allo.sip.locate.DnsQuestion;
import io.allo.sip.locate.DnsRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Scripts as real processes, and real servers. Any thread. A script gets an argument vector, never a command line; it runs in
 * the directory of scripts, in a session of its own where {@code setsid} is there, so that it can be ended with its children.
 */
public final class SystemAgi implements AgiLauncher {

    /** Scripts that may run at one time. */
    public static final int MOST_SCRIPTS = 500;

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    /** An allo that was started with nohup ignores SIGHUP, and so would its scripts: env of GNU (8.31 and later) undoes that. */
    private static final List<String> HEARS_HANGUP = hearsHangup(List.of("/usr/bin/env", "--default-signal=HUP"));

    private final Supplier<Path> directory;
    private final Supplier<Map<String, String>> environment;
    private final DnsResolver dns;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * With scripts in this directory, as configured now.
     *
     * @param environment variables that each script gets beside ours (AST_AGI_DIR and its like)
     */
    public SystemAgi(Supplier<Path> directory, Supplier<Map<String, String>> environment, DnsResolver dns) {
        this.directory = directory;
        this.environment = environment;
        this.dns = dns;
    }

    private static List<String> hearsHangup(List<String> command) {
        try {
            var tried = new ArrayList<>(command);
            tried.add("true");
            var process = new ProcessBuilder(tried).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return process.waitFor() == 0 ? command : List.of();
        } catch (IOException otherEnv) {
            return List.of(); // no such env: scripts hear SIGHUP unless allo was told to ignore it
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Scripts that run now. */
    public int running() {
        return running.get();
    }

    @Override
    public boolean hasScript(String name) {
        return new ScriptDirectory(directory.get()).find(name) instanceof ScriptDirectory.Found.Script;
    }

    @Override
    public Launched script(String name, List<String> arguments, String text, boolean sound, Runnable wake) {
        var scripts = new ScriptDirectory(directory.get());
        return switch (scripts.find(name)) {
            case ScriptDirectory.Found.Script(Path file) -> start(name, file, arguments, text, sound, wake);
            case ScriptDirectory.Found.Missing(Path place) ->
                new Launched.Missing("there is no script " + place, "il n'y a pas de script " + place);
            case ScriptDirectory.Found.Outside(Path place) ->
                new Launched.Refused(
                        place + " is not run: scripts run only from " + scripts.directory()
                                + " (astagidir); copy it there",
                        place + " n'est pas lancé : les scripts ne tournent que depuis " + scripts.directory()
                                + " (astagidir) ; copiez-le là");
            case ScriptDirectory.Found.NotExecutable(Path file) ->
                new Launched.Refused(
                        file + " may not be executed: chmod +x " + file,
                        file + " n'est pas exécutable : chmod +x " + file);
        };
    }

    private Launched start(String name, Path file, List<String> arguments, String text, boolean sound, Runnable wake) {
        if (running.incrementAndGet() > MOST_SCRIPTS) {
            running.decrementAndGet();
            return new Launched.Refused(
                    name + " is not started: " + MOST_SCRIPTS + " scripts run already",
                    name + " n'est pas lancé : " + MOST_SCRIPTS + " scripts tournent déjà");
        }
        SoundPipe pipe = null;
        try {
            pipe = sound ? SoundPipe.open() : null;
            var command = new ArrayList<String>();
            var session = SETSID.stream().filter(Files::isExecutable).findFirst();
            session.ifPresent(setsid -> command.add(setsid.toString()));
            command.addAll(HEARS_HANGUP);
            if (pipe != null) {
                command.addAll(List.of("/bin/sh", "-c", "exec 3<\"$1\"; shift; exec \"$@\"", "eagi"));
                command.add(pipe.path().toString());
            }
            command.add(file.toString());
            command.addAll(arguments);
            var builder = new ProcessBuilder(command).directory(directory.get().toFile());
            builder.environment().putAll(environment.get());
            var link = new AgiProcess(name, builder.start(), session.isPresent(), pipe, wake, running::decrementAndGet);
            link.send(text);
            return new Launched.Running(link.start());
        } catch (IOException failed) {
            running.decrementAndGet();
            if (pipe != null) {
                pipe.close();
            }
            return new Launched.Refused(
                    name + " can't be started: " + failed.getMessage(),
                    name + " ne peut être lancé : " + failed.getMessage());
        }
    }

    @Override
    public AgiLink connect(URI url, String text, Runnable wake) {
        var link = new AgiConnection(url.toString(), () -> servers(url), wake);
        link.send(text);
        return link.start();
    }

    private List<InetSocketAddress> servers(URI url) {
        var host = url.getHost();
        if (host == null) {
            return List.of();
        }
        if (!"hagi".equalsIgnoreCase(url.getScheme())) {
            return List.of(InetSocketAddress.createUnresolved(bare(host), url.getPort() < 0 ? PORT : url.getPort()));
        }
        var question = new DnsQuestion("_agi._tcp." + host, DnsQuestion.Type.SRV);
        return dns.resolve(question).records().stream()
                .filter(DnsRecord.Srv.class::isInstance)
                .map(DnsRecord.Srv.class::cast)
                .filter(record -> !record.target().isEmpty())
                .sorted(Comparator.comparingInt(DnsRecord.Srv::priority)
                        .thenComparing(
                                Comparator.comparingInt(DnsRecord.Srv::weight).reversed()))
                .map(record -> InetSocketAddress.createUnresolved(record.target(), record.port()))
                .toList();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
