package io.allo.conformance.sound;

import io.allo.conformance.lab.LabHost;
import io.allo.conformance.lab.LoggedProcess;
import io.allo.conformance.lab.NetworkLab;
import io.allo.conformance.lab.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The packets at one host's interface, taken by dumpcap from {@link #start} to {@link #stop}. One test thread. */
public final class PacketCapture implements AutoCloseable {
    private final LoggedProcess dumpcap;
    private final Path file;

    private PacketCapture(LoggedProcess dumpcap, Path file) {
        this.dumpcap = dumpcap;
        this.file = file;
    }

    /** Captures from now on: returns when the kernel hands packets over. Skips the test where dumpcap is missing. */
    public static PacketCapture start(NetworkLab lab, LabHost host) {
        return start(lab, host, "udp");
    }

    /** The same, with what goes over connections, which only the file shows. */
    public static PacketCapture everything(NetworkLab lab, LabHost host) {
        return start(lab, host, "udp or tcp");
    }

    private static PacketCapture start(NetworkLab lab, LabHost host, String filter) {
        Tools.need(Tools.DUMPCAP);
        Path file = host.directory().resolve("capture-" + System.nanoTime() + ".pcap");
        var dumpcap = LoggedProcess.start(
                "dumpcap",
                host.directory(),
                Map.of(),
                host.command(
                        List.of(Tools.DUMPCAP.command(), "-i", "eth0", "-P", "-f", filter, "-w", file.toString())));
        lab.running(dumpcap);
        dumpcap.awaitLine(Pattern.compile("File: "), 0, Duration.ofSeconds(10));
        return new PacketCapture(dumpcap, file);
    }

    /** The packets so far; dumpcap writes them down within a fraction of a second. */
    public List<CapturedPacket> packets() {
        return PcapFile.read(file);
    }

    /** Ends the capture and gives all packets. */
    public List<CapturedPacket> stop() {
        dumpcap.terminate();
        dumpcap.awaitExit(Duration.ofSeconds(10));
        return packets();
    }

    /** Where the packets are written, in libpcap's format. */
    public Path file() {
        return file;
    }

    @Override
    public void close() {
        dumpcap.close();
    }
}
