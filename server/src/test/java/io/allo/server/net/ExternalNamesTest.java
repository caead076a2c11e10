package io.allo.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import io.allo.pbx.endpoint.PjsipConf;
import io.allo.sip.address.HostPort;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalNamesTest {
    private final Map<String, String> zone = new HashMap<>();
    private final ExternalNames names = new ExternalNames(this::look);

    private String look(String name) throws UnknownHostException {
        var address = zone.get(name);
        if (address == null) {
            throw new UnknownHostException(name);
        }
        return address;
    }

    private static PjsipConf conf(String... lines) {
        var text = "[udp]\ntype=transport\nprotocol=udp\nbind=0.0.0.0\n" + String.join("\n", lines) + "\n";
        return PjsipConf.read(new ConfParser(ConfSource.of(Map.of("pjsip.conf", text))).parse("pjsip.conf"), p -> {});
    }

    private static final PjsipConf DYNAMIC = conf(
            "external_signaling_address=office.dyndns.example",
            "external_signaling_port=5080",
            "external_media_address=office.dyndns.example");

    @Test
    void aNameIsReplacedByItsAddressForSignallingAndSound() {
        zone.put("office.dyndns.example", "203.0.113.7");
        var udp = names.resolved(DYNAMIC).transports().get("udp");
        assertEquals(new HostPort("203.0.113.7", 5080), udp.externalSignaling());
        assertEquals("203.0.113.7", udp.externalMedia());
    }

    @Test
    void theNextLookFindsTheNewAddress() {
        zone.put("office.dyndns.example", "203.0.113.7");
        names.resolved(DYNAMIC);
        assertFalse(names.refresh());
        zone.put("office.dyndns.example", "198.51.100.9");
        assertTrue(names.refresh());
        assertEquals(
                "198.51.100.9", names.resolved(DYNAMIC).transports().get("udp").externalMedia());
    }

    @Test
    void whereTheNameServerIsSilentTheOldAddressStays() {
        zone.put("office.dyndns.example", "203.0.113.7");
        names.resolved(DYNAMIC);
        zone.clear();
        assertFalse(names.refresh());
        assertEquals(
                "203.0.113.7", names.resolved(DYNAMIC).transports().get("udp").externalMedia());
    }

    @Test
    void aNameWithoutAddressLeavesOurOwnUntilItHasOne() {
        var udp = names.resolved(DYNAMIC).transports().get("udp");
        assertNull(udp.externalSignaling());
        assertEquals("", udp.externalMedia());
        zone.put("office.dyndns.example", "203.0.113.7");
        assertTrue(names.refresh());
        assertEquals(
                "203.0.113.7", names.resolved(DYNAMIC).transports().get("udp").externalMedia());
    }

    @Test
    void addressesAreLeftAlone() {
        var fixed = conf("external_signaling_address=203.0.113.7", "external_media_address=203.0.113.7");
        assertSame(fixed, names.resolved(fixed));
    }
}
