package io.allo.media.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    @Test
    void theWindowReaches127IndexesBackAndNoFurther() {
        var window = new ReplayWindow();
        assertEquals(-1, window.highest());
        window.mark(1_000);
        assertTrue(window.wasSeen(1_000));
        assertFalse(window.wasSeen(1_001));
        assertFalse(window.isTooOld(1_000 - 127));
        assertFalse(window.wasSeen(1_000 - 127));
        assertTrue(window.isTooOld(1_000 - 128));
        window.mark(1_000 - 127);
        assertTrue(window.wasSeen(1_000 - 127));
        assertEquals(1_000, window.highest());
    }

    @Test
    void aJumpForgetsAllThatWasSeen() {
        var window = new ReplayWindow();
        for (var i = 0; i < 128; i++) {
            window.mark(i);
        }
        window.mark(1L << 40);
        for (var i = 1; i < 128; i++) {
            assertFalse(window.wasSeen((1L << 40) - i));
        }
    }

    @Test
    void itAgreesWithASetInAnyOrder() {
        var random = new Random(11);
        var window = new ReplayWindow();
        var seen = new HashSet<Long>();
        var base = 0L;
        for (var i = 0; i < 20_000; i++) {
            base += random.nextInt(4);
            var index = Math.max(0, base - random.nextInt(140));
            if (index > window.highest() || !window.isTooOld(index)) {
                assertEquals(seen.contains(index), window.wasSeen(index));
                if (seen.add(index)) {
                    window.mark(index);
                }
            }
        }
    }
}
