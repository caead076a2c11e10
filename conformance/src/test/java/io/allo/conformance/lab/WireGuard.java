package io.allo.conformance.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A WireGuard tunnel between two hosts, by wireguard-go, which needs no kernel module but /dev/net/tun. Each side is a host and its
 * address in the tunnel. Owned by the test thread; ends with the lab.
 */
public final class WireGuard {
    private static final int PORT = 51820;

    private final NetworkLab lab;
    private final Side server;
    private final Side client;

    private record Side(LabHost host, String device, String address, Path privateKey, String publicKey) {}

    private WireGuard(NetworkLab lab, Side server, Side client) {
        this.lab = lab;
        this.server = server;
        this.client = client;
    }

    /**
     * Brings the tunnel up and returns when it has shaken hands.
     *
     * @param endpoint where the client finds the server (an address of the server or of the router that forwards to it)
     * @param behind the nets that the server finds behind the client, beside its tunnel address
     */
    public static WireGuard up(
            NetworkLab lab,
            LabHost serverHost,
            String serverAddress,
            String endpoint,
            LabHost clientHost,
            String clientAddress,
            List<String> behind) {
        Tools.need(Tools.WIREGUARD, Tools.WG);
        var tunnel = new WireGuard(lab, side(lab, serverHost, serverAddress), side(lab, clientHost, clientAddress));
        tunnel.connect(endpoint, behind);
        return tunnel;
    }

    private void connect(String endpoint, List<String> behind) {
        String toClient = String.join(",", behind) + (behind.isEmpty() ? "" : ",") + client.address + "/32";
        set(server, "listen-port", String.valueOf(PORT), "peer", client.publicKey, "allowed-ips", toClient);
        set(
                client,
                "peer",
                server.publicKey,
                "allowed-ips",
                server.address + "/32",
                "endpoint",
                endpoint + ":" + PORT,
                "persistent-keepalive",
                "25");
        for (String net : behind) {
            lab.inside(server.host, Tools.IP, "route", "add", net, "dev", server.device);
        }
        Awaitility.await("the tunnel's first handshake")
                .atMost(Duration.ofSeconds(15))
                .until(() -> !lab.inside(server.host, Tools.WG, "show", server.device, "latest-handshakes")
                        .strip()
                        .endsWith("\t0"));
    }

    private static Side side(NetworkLab lab, LabHost host, String address) {
        String device = lab.uniqueDevice();
        var process = LoggedProcess.start(
                "wireguard",
                host.directory(),
                Map.of(),
                host.command(List.of(Tools.WIREGUARD.command(), "-f", device)));
        lab.running(process);
        Awaitility.await("wireguard-go's device")
                .atMost(Duration.ofSeconds(10))
                .until(() -> Files.exists(Path.of("/run/wireguard", device + ".sock")));
        lab.inside(host, Tools.IP, "addr", "add", address + "/24", "dev", device);
        lab.inside(host, Tools.IP, "link", "set", device, "mtu", "1420", "up");
        String privateKey = Tools.run(Tools.WG.command(), "genkey").strip();
        Path file = host.directory().resolve("wireguard.key");
        try {
            Files.writeString(file, privateKey + "\n");
            String publicKey = Tools.run("sh", "-c", "exec \"$0\" pubkey <\"$1\"", Tools.WG.command(), file.toString())
                    .strip();
            lab.inside(host, Tools.WG, "set", device, "private-key", file.toString());
            return new Side(host, device, address, file, publicKey);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void set(Side side, String... words) {
        var whole = new String[words.length + 2];
        whole[0] = "set";
        whole[1] = side.device;
        System.arraycopy(words, 0, whole, 2, words.length);
        lab.inside(side.host, Tools.WG, whole);
    }
}
