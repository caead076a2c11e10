package io.allo.conformance.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One machine of the laboratory: a network namespace with the interface eth0, and a directory for its files.
 *
 * @param name what the test calls it
 * @param namespace the kernel's name of its network namespace
 * @param address its IPv4 address on the lab's network
 * @param directory an empty directory of its own
 */
public record LabHost(String name, String namespace, String address, Path directory) {
    /**
     * Puts a program above others of the machine: a gap in the sound is to be allo's or the phone's, not the neighbour's. Where the kernel
     * groups programs by session (autogroup), it is the group that counts, so each gets a session of its own.
     */
    private static final String AHEAD = "{ echo -15 >/proc/self/autogroup; } 2>/dev/null; exec nice -n -15 \"$@\"";

    /** The command line that runs {@code command} on this host. The process that starts is the program itself. */
    public List<String> command(List<String> command) {
        var whole = new ArrayList<>(
                List.of(Tools.IP.command(), "netns", "exec", namespace, "setsid", "sh", "-c", AHEAD, "lab"));
        whole.addAll(command);
        return whole;
    }

    /** The same for a program whose start is work: it is one among others until it is put {@link #ahead}. */
    public List<String> commandBehind(List<String> command) {
        var whole = new ArrayList<>(List.of(Tools.IP.command(), "netns", "exec", namespace, "setsid"));
        whole.addAll(command);
        return whole;
    }

    /** Puts a running program, all its threads, above others of the machine. */
    static void ahead(long pid) {
        Tools.run(
                "sh",
                "-c",
                "{ echo -15 >/proc/$0/autogroup; } 2>/dev/null; renice -n -15 -p $(ls /proc/$0/task) 2>/dev/null; true",
                Long.toString(pid));
    }

    /**
     * A port that nothing on this host uses: even, between 20000 and 29998, out of the way of RTP (10000-19999) and of
     * the kernel's own choices (32768 up). The namespace is empty, so a random one is free.
     */
    public int freePort() {
        return 20000 + 2 * ThreadLocalRandom.current().nextInt(5000);
    }
}
