package io.allo.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.endpoint.PjsipConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentifiedHostsTest {

    @TempDir
    Path directory;

    @Test
    void aHostNameIdentifiesByTheAddressesItHas() throws IOException {
        var identify = identify("match=localhost");
        assertTrue(identify.matches().stream().anyMatch(range -> range.contains("127.0.0.1")));
    }

    @Test
    void aNameWithoutAnAddressLeavesTheOthers() throws IOException {
        var identify = identify("match=no-such-host.invalid,192.0.2.0/24");
        assertEquals(1, identify.matches().size());
        assertTrue(identify.matches().getFirst().contains("192.0.2.77"));
    }

    private io.allo.pbx.endpoint.IdentifySettings identify(String match) throws IOException {
        Files.writeString(
                directory.resolve("pjsip.conf"),
                "[trunk]\ntype=endpoint\ncontext=in\ndisallow=all\nallow=ulaw\n[trunk]\ntype=identify\nendpoint=trunk\n"
                        + match + "\n");
        var file = new ConfParser(ConfSource.directory(directory)).parse("pjsip.conf");
        var problems = new ArrayList<>();
        return IdentifiedHosts.directory(PjsipConf.read(file, problems::add))
                .conf()
                .identifies()
                .getFirst();
    }
}
