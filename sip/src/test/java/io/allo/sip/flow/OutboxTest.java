package io.allo.sip.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.sip.address.HostPort;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

    @Test
    void isDrainedInOrderAndEmptyAfter() {
        var outbox = new Outbox<Integer>();
        var drained = new ArrayList<Integer>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 40; i++) {
                outbox.add(i);
            }
            assertEquals(40, outbox.size());
            assertEquals(39, outbox.at(39));
            outbox.drain(drained::add);
            assertTrue(outbox.isEmpty());
        }
        assertEquals(120, drained.size());
        assertEquals(39, drained.get(119));
        assertThrows(IndexOutOfBoundsException.class, () -> outbox.at(0));
    }

    @Test
    void whatIsAddedWhileItIsDrainedIsDrainedToo() {
        var outbox = new Outbox<String>();
        var drained = new ArrayList<String>();
        outbox.add("a");
        outbox.drain(item -> {
            drained.add(item);
            if (item.length() < 3) {
                outbox.add(item + "a");
            }
        });
        assertEquals(List.of("a", "aa", "aaa"), drained);
    }

    @Test
    void isEmptyAfterAnActionThrew() {
        var outbox = new Outbox<String>();
        outbox.add("a");
        outbox.add("b");
        assertThrows(
                IllegalStateException.class,
                () -> outbox.drain(item -> {
                    throw new IllegalStateException(item);
                }));
        assertTrue(outbox.isEmpty());
    }

    @Test
    void aFlowKnowsItsTransport() {
        var local = new HostPort("192.0.2.1", 5060);
        assertFalse(new Flow(Flow.UDP, local, local, 1).isReliable());
        assertTrue(new Flow(Flow.WS, local, local, 1).isReliable());
        assertFalse(new Flow(Flow.WS, local, local, 1).isStream());
        assertTrue(new Flow(Flow.WSS, local, local, 1).isSecure());
        assertEquals(5061, new Flow(Flow.TLS, local, local, 1).defaultPort());
        assertEquals(443, new Flow(Flow.WSS, local, local, 1).defaultPort());
    }
}
