package io.allo.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.pbx.event.CallEvent.ConferenceFact;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimTest {

    @Test
    void twoPhonesRegisterAndOneCallsTheOther() {
        var world = new SimWorld(1, WorldSettings.QUIET);

        world.inTurn(() -> {
            world.registerAll();
            var alice = world.phones().get(0);
            var bob = world.phones().get(1);
            assertTrue(alice.isRegistered());
            assertTrue(bob.isRegistered());
            alice.call("101");
            world.passMillis(12_000);
            assertEquals(1, alice.answeredCalls());
            assertEquals(1, bob.answeredCalls());
            world.end();
        });

        assertTrue(world.invariants().listened() > 0);
    }

    @Test
    void thousandsOfCallsHoldEveryInvariant() {
        var placed = 0;
        var listened = 0L;
        var inRooms = 0L;
        var facts = new EnumMap<ConferenceFact, Integer>(ConferenceFact.class);
        for (var seed = 1; seed <= 150; seed++) {
            var world = new SimWorld(seed, WorldSettings.drawn(seed, 15));
            world.run();
            placed += world.placed();
            listened += world.invariants().listened();
            inRooms += world.invariants().listenedInRooms();
            world.invariants().roomFacts().forEach((what, count) -> facts.merge(what, count, Integer::sum));
        }

        assertEquals(2_250, placed);
        assertTrue(listened > 2_000, "pairs listened to: " + listened);
        assertTrue(inRooms > 1_000, "rooms with several listened to: " + inRooms);
        assertTrue(facts.getOrDefault(ConferenceFact.JOINED, 0) > 500, facts.toString());
        assertTrue(
                facts.keySet().containsAll(List.of(ConferenceFact.KICKED, ConferenceFact.MUTED, ConferenceFact.LOCKED)),
                facts.toString());
    }

    @Test
    void aSeedRunsTheSameWayAgain() {
        for (var seed = 1; seed <= 5; seed++) {
            var first = new SimWorld(seed, WorldSettings.drawn(seed, 20));
            var second = new SimWorld(seed, WorldSettings.drawn(seed, 20));
            first.run();
            second.run();

            assertEquals(first.trace().fingerprint(), second.trace().fingerprint(), "seed " + seed);
        }
    }

    @Test
    void anotherSeedRunsAnotherWay() {
        var first = new SimWorld(1, WorldSettings.QUIET);
        var second = new SimWorld(2, WorldSettings.QUIET);
        first.run();
        second.run();

        assertNotEquals(first.trace().fingerprint(), second.trace().fingerprint());
    }
}
