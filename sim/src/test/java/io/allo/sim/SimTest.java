package io.allo.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
