package io.allo.conformance.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A private network: every host is a network namespace joined by a veth pair to a bridge, and the bridge is in a
 * namespace of its own, so that nothing is seen outside, addresses of two labs never meet, and suites run side by side.
 * Owned by the test thread. {@link #close()} ends what was started in it and removes it.
 */
public final class NetworkLab implements AutoCloseable {
    private static final AtomicInteger LABS = new AtomicInteger();

    private final String prefix = "allo" + ProcessHandle.current().pid() + "n" + LABS.incrementAndGet();
    private final String hub = prefix + "hub";
    private final Path directory;
    private final Map<String, LabHost> hosts = new LinkedHashMap<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::removeNamespaces);

    private NetworkLab(Path directory) {
        this.directory = directory;
    }

    /** Makes an empty network. Skips the calling test where this user may not. Files go below {@code directory}. */
    public static NetworkLab open(Path directory) {
        Tools.need(Tools.IP);
        var lab = new NetworkLab(directory);
        Runtime.getRuntime().addShutdownHook(lab.atExit);
        boolean allowed = true;
        try {
            Tools.run(Tools.IP.command(), "netns", "add", lab.hub);
        } catch (LabException refused) {
            allowed = false;
            lab.close();
        }
        Tools.skipUnless(allowed, "network namespaces can't be made here (root with CAP_SYS_ADMIN is needed)");
        lab.in(lab.hub, "link", "add", "br0", "type", "bridge");
        lab.in(lab.hub, "link", "set", "br0", "up");
        return lab;
    }

    /** The host of this name; made on first use, with loopback, eth0 and a default route. */
    public LabHost host(String name) {
        return hosts.computeIfAbsent(name, this::makeHost);
    }

    /** Closed before the network goes, the newest first. */
    public <T extends AutoCloseable> T running(T process) {
        running.push(process);
        return process;
    }

    /** Cuts or mends the cable of a host: nothing passes in either direction while it is cut. */
    public void cable(LabHost host, boolean connected) {
        in(hub, "link", "set", "v" + host.name(), connected ? "up" : "down");
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (AutoCloseable process : running) {
            try {
                process.close();
            } catch (Exception problem) {
                first = first == null ? new LabException("closing " + process, problem) : first;
            }
        }
        removeNamespaces();
        Runtime.getRuntime().removeShutdownHook(atExit);
        if (first != null) {
            throw first;
        }
    }

    private LabHost makeHost(String name) {
        if (!name.matches("[a-z0-9]{1,12}")) {
            throw new IllegalArgumentException("a host's name is 1 to 12 letters and digits: " + name);
        }
        String namespace = prefix + name;
        String address = "10.77.0." + (hosts.size() + 11);
        Tools.run(Tools.IP.command(), "netns", "add", namespace);
        in(hub, "link", "add", "v" + name, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        in(hub, "link", "set", "v" + name, "master", "br0", "up");
        in(namespace, "link", "set", "lo", "up");
        in(namespace, "addr", "add", address + "/24", "dev", "eth0");
        in(namespace, "link", "set", "eth0", "up");
        in(namespace, "route", "add", "default", "dev", "eth0");
        try {
            return new LabHost(name, namespace, address, Files.createDirectories(directory.resolve(name)));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void in(String namespace, String... command) {
        var whole = new String[command.length + 3];
        whole[0] = Tools.IP.command();
        whole[1] = "-n";
        whole[2] = namespace;
        System.arraycopy(command, 0, whole, 3, command.length);
        Tools.run(whole);
    }

    private void removeNamespaces() {
        for (LabHost host : hosts.values()) {
            remove(host.namespace());
        }
        remove(hub);
    }

    private static void remove(String namespace) {
        if (Files.exists(Path.of("/run/netns", namespace))) {
            Tools.run(Tools.IP.command(), "netns", "del", namespace);
        }
    }
}
