package io.allo.conformance.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An Asterisk configuration directory in the making: pjsip.conf, extensions.conf and rtp.conf as an administrator would
 * write them, with transports on free ports of one host. {@link #write()} may be called again after changes.
 */
public final class AsteriskConfig {
    private final LabHost host;
    private final Path directory;
    private final int udpPort;
    private final int tcpPort;
    private final int tlsPort;
    private boolean everywhere;
    private String transportLines = "";
    private final Map<String, String> sections = new LinkedHashMap<>();
    private boolean ownCertificate;
    private String dialplan = """
            [phones]
            exten => _[a-z].,1,Dial(PJSIP/${EXTEN},30)
             same => n,Hangup()
            """;

    private AsteriskConfig(LabHost host, Path directory) {
        this.host = host;
        this.directory = directory;
        this.udpPort = host.freePort();
        this.tcpPort = host.freePort() + 1;
        int tls = host.freePort();
        while (tls == udpPort || tls == tcpPort - 1) {
            tls = host.freePort();
        }
        this.tlsPort = tls;
    }

    /** For a server on this host: three transports, no users, and a dialplan that dials users by name. */
    public static AsteriskConfig of(LabHost host) {
        return new AsteriskConfig(host, host.directory().resolve("etc"));
    }

    /**
     * A user with a password: endpoint, auth and aor of one name. More lines for the endpoint ("rtp_timeout=5") may be
     * given, each ended by a newline. It allows all four codecs unless a line says otherwise.
     */
    public AsteriskConfig user(String name, String password, String endpointLines) {
        String codecs = endpointLines.contains("allow=") ? "" : "disallow=all\nallow=ulaw,alaw,g722,gsm\n";
        sections.put(name, """
                [%s]
                type=endpoint
                context=phones
                auth=%s
                aors=%s
                direct_media=no
                %s%s
                [%s]
                type=auth
                auth_type=userpass
                username=%s
                password=%s

                [%s]
                type=aor
                max_contacts=3
                remove_existing=yes
                minimum_expiration=30
                """.formatted(name, name, name, codecs, endpointLines, name, name, password, name));
        return this;
    }

    /** A peer without a password, known by its address, called at a fixed contact: for sipp. */
    public AsteriskConfig peer(String name, LabHost peer, int port, String transport, String endpointLines) {
        String codecs = endpointLines.contains("allow=") ? "" : "disallow=all\nallow=ulaw\n";
        sections.put(name, """
                [%s]
                type=endpoint
                context=phones
                aors=%s
                direct_media=no
                %s%s
                [%s]
                type=aor
                contact=sip:%s@%s:%d;transport=%s

                [%s]
                type=identify
                endpoint=%s
                match=%s
                """.formatted(
                        name,
                        name,
                        codecs,
                        endpointLines,
                        name,
                        name,
                        peer.address(),
                        port,
                        transport,
                        name,
                        name,
                        peer.address()));
        return this;
    }

    /** Listens on every address; these lines ("local_net=...") go to each transport. */
    public AsteriskConfig everywhere(String... lines) {
        everywhere = true;
        transportLines = String.join("\n", lines);
        return this;
    }

    /** The whole of extensions.conf. */
    public AsteriskConfig dialplan(String text) {
        dialplan = text;
        return this;
    }

    /** Further whole sections of pjsip.conf, under a name that a second call replaces. */
    public AsteriskConfig section(String key, String text) {
        sections.put(key, text);
        return this;
    }

    /** No certificate is named: allo makes its own. */
    public AsteriskConfig ownCertificate() {
        ownCertificate = true;
        return this;
    }

    /** RFC 3261's T1 in milliseconds (500 by default), and B with it: for tests that wait for a transaction's end. */
    public AsteriskConfig timerT1(int ms) {
        return section("system", "[system]\ntype=system\ntimer_t1=%d\ntimer_b=%d\n".formatted(ms, 64 * ms));
    }

    /** Where the server listens for this transport. */
    public int port(String transport) {
        return switch (transport) {
            case "udp" -> udpPort;
            case "tcp" -> tcpPort;
            case "tls" -> tlsPort;
            default -> throw new IllegalArgumentException(transport);
        };
    }

    /** "address:port" for this transport. */
    public String target(String transport) {
        return host.address() + ":" + port(transport);
    }

    /** Writes the directory and makes the server's certificate. */
    public Path write() {
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("pjsip.conf"), transports() + "\n" + String.join("\n", sections.values()));
            Files.writeString(directory.resolve("extensions.conf"), dialplan);
            Files.writeString(directory.resolve("rtp.conf"), "[general]\nrtpstart=10000\nrtpend=19999\n");
            if (!ownCertificate && !Files.exists(directory.resolve("server.crt"))) {
                makeCertificate();
            }
            return directory;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private String transports() {
        String address = everywhere ? "0.0.0.0" : host.address();
        return """
                [transport-udp]
                type=transport
                protocol=udp
                bind=%s:%d
                %s

                [transport-tcp]
                type=transport
                protocol=tcp
                bind=%s:%d
                %s

                [transport-tls]
                type=transport
                protocol=tls
                bind=%s:%d
                %s
                %s
                """.formatted(
                        address,
                        udpPort,
                        transportLines,
                        address,
                        tcpPort,
                        transportLines,
                        address,
                        tlsPort,
                        transportLines,
                        ownCertificate
                                ? ""
                                : "cert_file=" + directory.resolve("server.crt") + "\npriv_key_file="
                                        + directory.resolve("server.key") + "\nmethod=tlsv1_2");
    }

    private void makeCertificate() {
        Tools.need(Tools.OPENSSL);
        Tools.run(
                Tools.OPENSSL.command(),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + host.address(),
                "-addext",
                "subjectAltName=IP:" + host.address(),
                "-keyout",
                directory.resolve("server.key").toString(),
                "-out",
                directory.resolve("server.crt").toString());
    }
}
