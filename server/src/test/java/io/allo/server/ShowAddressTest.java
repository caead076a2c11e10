package io.allo.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.gate.cli.CliClient;
import io.allo.gate.cli.CliServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which address is named to whom, as the command line says it. */
class ShowAddressTest {

    private static final String PJSIP = """
            [everywhere]
            type=transport
            protocol=udp
            bind=0.0.0.0:0
            external_signaling_address=203.0.113.7
            external_signaling_port=5080
            external_media_address=203.0.113.8
            local_net=127.0.0.0/8
            """;

    @TempDir
    Path directory;

    private PhoneSystem system;
    private CliServer server;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("pjsip.conf"), PJSIP);
        Files.writeString(directory.resolve("extensions.conf"), "[office]\nexten => 600,1,Answer()\n");
        system = PhoneSystem.start(Configuration.read(directory, directory), directory);
        server = CliServer.open(directory.resolve("s"), system.desk(List::of, how -> {}));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        system.stop(0);
    }

    private List<String> ask(String command) throws IOException {
        var lines = new ArrayList<String>();
        CliClient.ask(directory.resolve("s"), "en", command, lines::add);
        return lines;
    }

    @Test
    void transportsAreShownWithWhatTheyListenOnAndName() throws IOException {
        var lines = ask("show transports");
        assertTrue(
                lines.get(1).matches("everywhere +UDP +0\\.0\\.0\\.0:\\d+ +203.0.113.7 +203.0.113.8 +127.0.0.0/8"),
                lines::toString);
        assertTrue(lines.get(2).matches("addresses of this machine: .*127\\.0\\.0\\.1.*"), lines::toString);
    }

    @Test
    void whoIsInALocalNetIsToldOurOwnAddressAndWhoIsOutsideTheExternalOne() throws IOException {
        var inside = ask("show address 127.0.0.9");
        assertTrue(
                inside.getFirst().matches("everywhere: 127.0.0.9 is told 127.0.0.1:\\d+ for SIP, 127.0.0.1 for sound"),
                inside::toString);
        assertTrue(inside.getLast().contains("lies in a local_net (127.0.0.0/8)"), inside::toString);
        var outside = ask("show address 198.51.100.3");
        assertEquals(
                "everywhere: 198.51.100.3 is told 203.0.113.7:5080 for SIP, 203.0.113.8 for sound", outside.getFirst());
        assertTrue(outside.getLast().contains("counts as outside"), outside::toString);
    }

    @Test
    void anAddressIsAskedFor() throws IOException {
        assertEquals(List.of("say which address: show address 10.8.0.5"), ask("show address office"));
    }
}
