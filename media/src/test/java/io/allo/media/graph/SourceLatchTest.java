package io.allo.media.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceLatchTest {

    private static final long MS = 1_000_000L;
    private static final InetSocketAddress NAMED = address("192.0.2.1", 4_000);
    private static final InetSocketAddress BEHIND_NAT = address("198.51.100.7", 61_000);
    private static final InetSocketAddress STRANGER = address("203.0.113.9", 4_000);

    private final SourceLatch latch = new SourceLatch();

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    @BeforeEach
    void theCallNamesOneAddressAndShowsAnother() {
        latch.name(NAMED, BEHIND_NAT.getAddress(), true);
    }

    @Test
    void aStrangerIsRefusedBeforeAndAfterTheStreamIsThere() {
        assertFalse(latch.accepts(STRANGER, 1, 0));
        assertTrue(latch.accepts(NAMED, 1, 0));
        assertFalse(latch.accepts(STRANGER, 1, 10_000 * MS));
    }

    @Test
    void theAddressThatTheCallShowsLocks() {
        assertTrue(latch.accepts(BEHIND_NAT, 1, 0));
        assertEquals(BEHIND_NAT, latch.target());
        assertFalse(latch.accepts(address("198.51.100.7", 61_002), 1, 500 * MS));
    }

    @Test
    void theNamedAddressStillWinsInTheFirstSecond() {
        assertTrue(latch.accepts(BEHIND_NAT, 1, 0));
        assertTrue(latch.accepts(NAMED, 2, 900 * MS));
        assertEquals(NAMED, latch.target());
    }

    @Test
    void theNamedAddressDoesNotTakeOverAStreamThatIsUp() {
        assertTrue(latch.accepts(BEHIND_NAT, 1, 0));
        assertTrue(latch.accepts(BEHIND_NAT, 1, 4_000 * MS));
        assertFalse(latch.accepts(NAMED, 2, 4_020 * MS));
    }

    @Test
    void theNamedAddressGoesOnWhereTheLockedOneHasFallenSilent() {
        assertTrue(latch.accepts(BEHIND_NAT, 1, 0));
        assertTrue(latch.accepts(NAMED, 2, 3_100 * MS));
        assertEquals(NAMED, latch.target());
    }

    @Test
    void aStreamThatKeepsItsSsrcMayChangeItsPortAfterASilence() {
        var moved = address("198.51.100.7", 61_002);
        assertTrue(latch.accepts(BEHIND_NAT, 1, 0));
        assertFalse(latch.accepts(moved, 1, 2_900 * MS));
        assertFalse(latch.accepts(moved, 2, 3_100 * MS));
        assertTrue(latch.accepts(moved, 1, 3_100 * MS));
        assertEquals(moved, latch.target());
    }

    @Test
    void anAddressNamedAnewOpensTheLatch() {
        assertTrue(latch.accepts(NAMED, 1, 0));
        var next = address("192.0.2.1", 5_000);
        latch.name(next, null, true);
        assertTrue(latch.accepts(next, 9, 20 * MS));
    }

    @Test
    void withoutSymmetryTheNamedAddressIsSentToWhateverIsHeard() {
        latch.name(NAMED, BEHIND_NAT.getAddress(), false);
        assertTrue(latch.accepts(BEHIND_NAT, 1, 0));
        assertEquals(NAMED, latch.target());
    }
}
