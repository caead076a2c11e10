package io.allo.conformance.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A private network: every host is a network namespace joined by a veth pair to a bridge, and the bridge is in a
 * namespace of its own, so that nothing is seen outside, addresses of two labs never meet, and suites run side by side.
 * Owned by the test thread. {@link #close()} ends what was started in it and removes it.
 */
public final class NetworkLab implements AutoCloseable {
    private static final AtomicInteger LABS = new AtomicInteger();
    private static final AtomicInteger DEVICES = new AtomicInteger();

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

    /** Gives a host further addresses of the lab's network, from 10.77.1.1 on: one attacker who looks like many. */
    public List<String> addAddresses(LabHost host, int count) {
        var added = new ArrayList<String>();
        for (int i = 1; i <= count; i++) {
            String address = "10.77.1." + i;
            in(host.namespace(), "addr", "add", address + "/32", "dev", "eth0");
            added.add(address);
        }
        return added;
    }

    /** Makes all of 10.78.0.0/16 addresses of this host, for which the other one asks nobody the way: an attacker of thousands of addresses. */
    public void isWholeNetwork(LabHost host, LabHost seenBy) {
        in(host.namespace(), "route", "add", "local", "10.78.0.0/16", "dev", "lo");
        in(seenBy.namespace(), "route", "add", "10.78.0.0/16", "via", host.address());
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

    /** A router of this name with the LAN {@code net}.0/24 behind it; {@code net} is three numbers, as 192.168.1. */
    public Router router(String name, String net) {
        return new Router(this, host(name), net);
    }

    /** One more address for a host, as 192.168.1.3/24. */
    public void address(LabHost host, String address) {
        inside(host, Tools.IP, "addr", "add", address, "dev", "eth0");
    }

    /** Runs a short program on a host. */
    String inside(LabHost host, Tools tool, String... words) {
        var whole = new String[words.length + 5];
        whole[0] = Tools.IP.command();
        whole[1] = "netns";
        whole[2] = "exec";
        whole[3] = host.namespace();
        whole[4] = tool.command();
        System.arraycopy(words, 0, whole, 5, words.length);
        return Tools.run(whole);
    }

    /** Sets a file below /proc/sys of a host. */
    void setting(LabHost host, String name, String value) {
        Tools.run(
                Tools.IP.command(),
                "netns",
                "exec",
                host.namespace(),
                "sh",
                "-c",
                "echo " + value + " >/proc/sys/" + name);
    }

    /** A name for a network device that no other lab uses: programs of several namespaces share /run. */
    String uniqueDevice() {
        return "w" + ProcessHandle.current().pid() + "n" + DEVICES.incrementAndGet();
    }

    /** A host on the LAN of a router. */
    LabHost hostBehind(String name, LabHost router, String address, String gateway) {
        String namespace = prefix + checked(name);
        Tools.run(Tools.IP.command(), "netns", "add", namespace);
        in(router.namespace(), "link", "add", "v" + name, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        in(router.namespace(), "link", "set", "v" + name, "master", "br0", "up");
        LabHost host = started(name, namespace, address, gateway);
        hosts.put(name, host);
        return host;
    }

    private static String checked(String name) {
        if (!name.matches("[a-z0-9]{1,12}")) {
            throw new IllegalArgumentException("a host's name is 1 to 12 letters and digits: " + name);
        }
        return name;
    }

    private LabHost makeHost(String name) {
        String namespace = prefix + checked(name);
        String address = "10.77.0." + (hosts.size() + 11);
        Tools.run(Tools.IP.command(), "netns", "add", namespace);
        in(hub, "link", "add", "v" + name, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        in(hub, "link", "set", "v" + name, "master", "br0", "up");
        return started(name, namespace, address, null);
    }

    /** @param gateway of the default route; null to look for everybody on eth0 itself */
    private LabHost started(String name, String namespace, String address, String gateway) {
        in(namespace, "link", "set", "lo", "up");
        in(namespace, "addr", "add", address + "/24", "dev", "eth0");
        in(namespace, "link", "set", "eth0", "up");
        if (gateway == null) {
            in(namespace, "route", "add", "default", "dev", "eth0");
        } else {
            in(namespace, "route", "add", "default", "via", gateway);
        }
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
