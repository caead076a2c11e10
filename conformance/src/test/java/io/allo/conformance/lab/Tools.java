package io.allo.conformance.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;

/**
 * Which outside programs this machine has. A test names those it needs first; where one is missing the test is skipped
 * with the program's name, and the list of all that were skipped is printed when the tests end. Any thread.
 */
public enum Tools {
    BARESIP("baresip", "baresip"),
    LINPHONE("linphonec", "linphone-cli"),
    SIPP("sipp", "sip-tester"),
    SOX("sox", "sox"),
    DUMPCAP("dumpcap", "wireshark-common"),
    TSHARK("tshark", "tshark"),
    IP("ip", "iproute2"),
    OPENSSL("openssl", "openssl"),
    ESPEAK("espeak-ng", "espeak-ng"),
    NFT("nft", "nftables"),
    CONNTRACK("conntrack", "conntrack"),
    WIREGUARD("wireguard-go", "wireguard-go"),
    WG("wg", "wireguard-tools"),
    SVMAP("svmap", "sipvicious"),
    SVWAR("svwar", "sipvicious"),
    SVCRACK("svcrack", "sipvicious"),
    FAIL2BAN("fail2ban-regex", "fail2ban"),
    PEBBLE("pebble", "pebble");

    private static final Collection<String> SKIPPED = new ConcurrentSkipListSet<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> SKIPPED.forEach(line -> System.out.println("skipped: " + line))));
    }

    private final String program;
    private final String debianPackage;

    Tools(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** Skips the calling test unless all of these programs are installed. */
    public static void need(Tools... needed) {
        var missing = new TreeSet<String>();
        for (Tools tool : needed) {
            if (tool.path().isEmpty()) {
                missing.add(tool.program + " (Debian: " + tool.debianPackage + ")");
            }
        }
        skipUnless(missing.isEmpty(), "not installed: " + String.join(", ", missing));
    }

    /** Skips the calling test unless {@code holds}, remembering the reason for the list at the end. */
    static void skipUnless(boolean holds, String reason) {
        if (!holds) {
            SKIPPED.add(caller() + ": " + reason);
        }
        assumeTrue(holds, reason);
    }

    /** Where the program is, by PATH and by the system's directories. */
    public Optional<Path> path() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/bin:/usr/sbin:/sbin:/bin";
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Its whole path, for a command line. */
    public String command() {
        return path().map(Path::toString).orElse(program);
    }

    /** Runs a short command to its end. Throws with what it printed if its exit status isn't 0. */
    public static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new LabException(String.join(" ", command) + " failed: " + said);
            }
            return said;
        } catch (IOException problem) {
            throw new LabException(String.join(" ", command) + " could not be run", problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted in " + String.join(" ", command), interrupted);
        }
    }

    private static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> name.endsWith("Test"))
                        .findFirst()
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .orElse("a test"));
    }
}
