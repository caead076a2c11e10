package io.allo.sip.locate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import io.allo.sip.flow.Flow;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class FailoverTest {
    private static ServerAddress server(String transport, int last) {
        return new ServerAddress(transport, new HostPort("192.0.2." + last, 5060), "example.com");
    }

    @Test
    void eachServerIsTriedOnceInOrder() {
        var failover = new Failover(List.of(server(Flow.UDP, 1), server(Flow.TCP, 2)));
        assertEquals(server(Flow.UDP, 1), failover.current());
        assertTrue(failover.hasNext());
        assertEquals(server(Flow.TCP, 2), failover.next());
        assertEquals(server(Flow.TCP, 2), failover.current());
        assertFalse(failover.hasNext());
        assertThrows(NoSuchElementException.class, failover::next);
        assertThrows(IllegalArgumentException.class, () -> new Failover(List.of()));
    }

    @Test
    void only503AmongResponsesFailsOver() {
        assertTrue(Failover.failsOver(503));
        for (int status : new int[] {200, 302, 404, 408, 486, 500, 504, 603}) {
            assertFalse(Failover.failsOver(status));
        }
    }

    @Test
    void largeRequestOverUdpTriesTcpFirst() {
        ServerAddress udp = server(Flow.UDP, 1);
        assertEquals(List.of(udp), udp.forRequestOf(1300));
        assertEquals(List.of(server(Flow.TCP, 1), udp), udp.forRequestOf(1301));
        assertEquals(List.of(server(Flow.TLS, 1)), server(Flow.TLS, 1).forRequestOf(60_000));
    }
}
